using System.Text.Json.Serialization;
using Seal.Domain.Deciding;

namespace Seal.Domain.Certificates;

/// <summary>A certificate's serial number (RFC 5280 §4.1.2.2), unique among all authorities of this platform.</summary>
/// <param name="Value">Lower-case hexadecimal digits.</param>
[JsonConverter(typeof(KeyJsonConverter<CertificateId>))]
public readonly record struct CertificateId(string Value) : IKey<CertificateId>
{
    /// <inheritdoc/>
    public static string StreamType => "certificate";

    /// <inheritdoc/>
    public static CertificateId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
