using System.Text.Json;
using System.Text.Json.Serialization;
using Seal.Domain.CertificateKinds;
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

    /// <summary>Why these are not enough, or too many; <c>null</c> when they are right.</summary>
    internal static Rejection? Judge(IReadOnlyList<OrderMaterial> materials, OrderBusiness business, CertificateKind kind)
    {
        if (materials.Count > MaximumCount || materials.Any(one => one is null))
        {
            return CertificateOrderRejections.MaterialsMalformed;
        }

        var missing = kind.Materials[business].Except(materials.Select(one => one.Kind)).ToList();
        return missing.Count == 0 ? null : CertificateOrderRejections.MaterialsMissing.With("missing", string.Join(", ", missing.Select(one => JsonNamingPolicy.KebabCaseLower.ConvertName(one.ToString()))));
    }
}

/// <summary>A paper as the ledger has it; the file itself lies in the vault.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Digest">SHA-256 (hex) of the file.</param>
public sealed record RecordedMaterial([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] MaterialKind Kind, string Digest);
