using System.Text.Json.Serialization;
using Seal.Domain.Deciding;

namespace Seal.Domain.CertificateOrders;

/// <summary>An order for a certificate, or for work on its medium.</summary>
/// <param name="Value">Unguessable text.</param>
[JsonConverter(typeof(KeyJsonConverter<CertificateOrderId>))]
public readonly record struct CertificateOrderId(string Value) : IKey<CertificateOrderId>
{
    /// <inheritdoc/>
    public static string StreamType => "certificate-order";

    /// <inheritdoc/>
    public static CertificateOrderId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
