using Seal.Cryptography.Certificates;
using Seal.Cryptography.Timestamps;
using Seal.Service.Keys;
using Seal.Service.Settings;
using Seal.Service.Start;

namespace Seal.Service.Timestamps;

/// <summary>
/// The service's own time-stamping unit: its key, in the token where that can do the algorithm, and a certificate by the embedded authority.
/// Each generation of the authority has a unit of its own; the newest one stamps.
/// </summary>
public sealed class TimestampUnits(TimestampSettings settings, Authorities authorities, IssuerFollower follower, ServiceCertificates certificates, TimeProvider clock)
{
    private volatile Unit? _present;

    /// <summary>How every unit stamps.</summary>
    public TimestampOptions Options { get; } = new() { Policy = settings.Policy, Accuracy = settings.Accuracy };

    /// <summary>The certificate of the unit that stamped last, with its chain: what a token carries at least.</summary>
    public IReadOnlyList<Certificate> Certificates => _present is { } unit ? [unit.Authority.Certificate, .. unit.Chain.Certificates] : [];

    /// <summary>The unit that stamps now; <c>null</c> while the newest authority is revoked, or by the clock has not begun or has ended.</summary>
    /// <exception cref="StartupException">A setting is none.</exception>
    public async ValueTask<TimestampAuthority?> PresentAsync(CancellationToken cancellation)
    {
        await follower.FollowSoonAsync(cancellation);
        var chain = authorities.For(settings.Algorithm);
        if (chain.WhyNotIssuing(clock.GetUtcNow()) is not null)
        {
            return null;
        }

        var identity = await certificates.GetAsync(ServiceUse.Timestamps, chain, cancellation);
        if (_present is not { } unit || !ReferenceEquals(unit.Identity, identity))
        {
            _present = unit = new Unit(identity, chain, Open(identity, chain));
        }

        return unit.Authority;
    }

    private TimestampAuthority Open(ServiceIdentity identity, AuthorityChain chain)
    {
        try
        {
            return new TimestampAuthority(identity.Certificate, identity.Key, chain.Certificates, Options);
        }
        catch (ArgumentException wrong)
        {
            throw new StartupException($"Seal:Timestamps cannot be followed: {wrong.Message}", wrong);
        }
    }

    private sealed record Unit(ServiceIdentity Identity, AuthorityChain Chain, TimestampAuthority Authority);
}
