using Seal.Domain.Deciding;

namespace Seal.Domain.Issuers;

/// <summary>Refusals that have to do with the embedded certificate authorities.</summary>
[Rejections]
public static class IssuerRejections
{
    /// <summary>There is no authority for an algorithm of that name.</summary>
    public static Rejection IssuerUnknown => new("issuer-unknown", RejectionKind.NotFound);

    /// <summary>The authority has had no generation of that number.</summary>
    public static Rejection GenerationUnknown => new("generation-unknown", RejectionKind.Invalid, "generation");

    /// <summary>The issuing authority is revoked.</summary>
    public static Rejection IssuerRevoked => new("issuer-revoked", RejectionKind.Conflict);

    /// <summary>Nobody has ordered it, or too long ago.</summary>
    public static Rejection RevocationNotOrdered => new("revocation-not-ordered", RejectionKind.Conflict);

    /// <summary>Whoever ordered it cannot carry it out, too.</summary>
    public static Rejection RevocationOfOneself => new("revocation-of-oneself", RejectionKind.Forbidden);
}
