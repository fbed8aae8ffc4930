using Seal.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Service.Settings;
using Seal.Service.Start;

namespace Seal.Service.Verification;

/// <summary>Whom one policy trusts.</summary>
/// <param name="Signers">With signing documents.</param>
/// <param name="Timestamps">With time stamps.</param>
/// <param name="SealMakers">With making seal data.</param>
/// <param name="OwnAuthorities">This service's own authorities as well.</param>
public sealed record TrustPolicy(
    IReadOnlyList<Certificate> Signers, IReadOnlyList<Certificate> Timestamps, IReadOnlyList<Certificate> SealMakers, bool OwnAuthorities);

/// <summary>The policies that a verification may choose from.</summary>
public sealed class TrustPolicies
{
    private readonly TrustPolicy _unnamed;
    private readonly Dictionary<string, TrustPolicy> _named;

    private TrustPolicies(TrustPolicy unnamed, Dictionary<string, TrustPolicy> named) => (_unnamed, _named) = (unnamed, named);

    /// <summary>Reads the folders.</summary>
    /// <param name="settings">The named policies.</param>
    /// <param name="everywhere">The further roots of the policy without a name.</param>
    /// <exception cref="StartupException">A folder or a certificate in it cannot be read.</exception>
    public static TrustPolicies Load(TrustSettings settings, TrustedRoots everywhere)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(everywhere);
        return new TrustPolicies(
            new TrustPolicy(everywhere.Certificates, everywhere.Certificates, everywhere.Certificates, OwnAuthorities: true),
            settings.Policies.ToDictionary(
                static named => named.Key,
                static named => new TrustPolicy(
                    Read(named.Key, nameof(TrustPolicySettings.Signers), named.Value.Signers),
                    Read(named.Key, nameof(TrustPolicySettings.Timestamps), named.Value.Timestamps),
                    Read(named.Key, nameof(TrustPolicySettings.SealMakers), named.Value.SealMakers),
                    named.Value.OwnAuthorities),
                StringComparer.Ordinal));
    }

    /// <summary>The policy of this name, that without a name for an empty one; null if there is none.</summary>
    public TrustPolicy? Find(string? name) => string.IsNullOrEmpty(name) ? _unnamed : _named.GetValueOrDefault(name);

    private static IReadOnlyList<Certificate> Read(string policy, string part, string folder)
    {
        try
        {
            return TrustedRoots.Load(folder).Certificates;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or DerFormatException)
        {
            throw new StartupException($"The roots in Seal:Trust:Policies:{policy}:{part} cannot be read: {unreadable.Message}", unreadable);
        }
    }
}
