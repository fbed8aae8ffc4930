using System.Text.Json;
using System.Text.Json.Serialization;
using Seal.Domain.Deciding;
using Seal.Domain.Signings;

namespace Seal.Domain.CertificateOrders;

/// <summary>A paper handed in with an order.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Document">The uploaded file.</param>
public sealed record OrderMaterial(MaterialKind Kind, DocumentId Document)
{
    /// <summary>The most that one order may have.</summary>
    public const int MaximumCount = 20;

    /// <summary>What has to be there: the form and the agent's identity always; the licence but for a renewal; the person's identity where the certificate is a person's (CA guide, part 4).</summary>
    public static IReadOnlyList<MaterialKind> Required(OrderBusiness business, CertificateKind kind) =>
    [
        MaterialKind.ApplicationForm,
        .. business == OrderBusiness.Renewal ? Array.Empty<MaterialKind>() : [MaterialKind.BusinessLicence],
        MaterialKind.AgentIdentity,
        .. kind is CertificateKind.OrganisationIndividual or CertificateKind.Personal ? [MaterialKind.ApplicantIdentity] : Array.Empty<MaterialKind>(),
    ];

    /// <summary>Why these are not enough, or too many; <c>null</c> when they are right.</summary>
    internal static Rejection? Judge(IReadOnlyList<OrderMaterial> materials, OrderBusiness business, CertificateKind kind)
    {
        if (materials.Count > MaximumCount || materials.Any(one => one is null))
        {
            return CertificateOrderRejections.MaterialsMalformed;
        }

        var missing = Required(business, kind).Except(materials.Select(one => one.Kind)).ToList();
        return missing.Count == 0 ? null : CertificateOrderRejections.MaterialsMissing.With("missing", string.Join(", ", missing.Select(one => JsonNamingPolicy.KebabCaseLower.ConvertName(one.ToString()))));
    }
}

/// <summary>A paper as the ledger has it; the file itself lies in the vault.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Digest">SHA-256 (hex) of the file.</param>
public sealed record RecordedMaterial([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] MaterialKind Kind, string Digest);
