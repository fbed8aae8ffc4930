using Seal.Domain.Deciding;

namespace Seal.Domain.Issuers;

/// <summary>Refusals that have to do with the embedded certificate authorities.</summary>
[Rejections]
public static class IssuerRejections
{
    /// <summary>There is no authority for an algorithm of that name.</summary>
    public static Rejection IssuerUnknown => new("issuer-unknown", RejectionKind.NotFound);
}
