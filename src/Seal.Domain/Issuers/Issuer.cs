using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;

namespace Seal.Domain.Issuers;

/// <summary>The embedded authority for one algorithm as its events have it.</summary>
public sealed record Issuer : IState<Issuer>
{
    /// <inheritdoc/>
    public static string StreamType => IssuerId.StreamType;

    /// <inheritdoc/>
    public static Issuer Initial { get; } = new();

    /// <summary>The published names of the issuing authorities that followed the first one, in order; that one was there from the start.</summary>
    public IReadOnlyList<string> Followers { get; init; } = [];

    /// <summary>The published name of the present root; empty for the first one.</summary>
    public string RootName { get; init; } = "";

    /// <summary>The numbers of the generations whose issuing authority its root has revoked.</summary>
    public IReadOnlyList<int> Revoked { get; init; } = [];

    /// <summary>A revocation that one person has ordered and another is to carry out; <c>null</c> when there is none.</summary>
    public OrderedRevocation? Ordered { get; init; }

    /// <summary>The number of the present generation: 1 for the one there was from the start.</summary>
    public int Generation => Followers.Count + 1;

    /// <summary>Why nothing may be signed with a certificate of this authority's: the issuing authority in question is revoked. <c>null</c> when it is not, and for those of others.</summary>
    public Rejection? WhyNotInForce(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (Revoked.Count == 0 || certificate.Authority != DomainSettings.EmbeddedAuthority)
        {
            return null;
        }

        // What was certified before there was a second generation names none.
        var generation = 2 + Followers.TakeWhile(name => name != certificate.Issuer).Count();
        return Revoked.Contains(generation > Generation ? 1 : generation) ? IssuerRejections.IssuerRevoked : null;
    }

    /// <inheritdoc/>
    public Issuer Apply(IEvent happened) => happened switch
    {
        IssuerRolled e => this with { Followers = [.. Followers, e.Name], RootName = e.RootName },
        IssuerRevocationOrdered e => this with { Ordered = new(e.Generation, e.Reason, e.By, e.Until) },
        IssuerRevoked e => this with { Revoked = [.. Revoked, e.Generation], Ordered = null },
        _ => this,
    };
}

/// <summary>A revocation of an issuing authority that one person has ordered.</summary>
/// <param name="Generation">The number of its generation.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who ordered it.</param>
/// <param name="Until">Until when another may carry it out (UTC).</param>
public sealed record OrderedRevocation(int Generation, RevocationReason Reason, PersonId By, DateTimeOffset Until);
