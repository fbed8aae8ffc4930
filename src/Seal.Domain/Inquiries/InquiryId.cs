using System.Text.Json.Serialization;
using Seal.Domain.Deciding;

namespace Seal.Domain.Inquiries;

/// <summary>The number of one look by an auditor or a regulator.</summary>
/// <param name="Value">Unguessable text without meaning.</param>
[JsonConverter(typeof(KeyJsonConverter<InquiryId>))]
public readonly record struct InquiryId(string Value) : IKey<InquiryId>
{
    /// <inheritdoc/>
    public static string StreamType => "inquiry";

    /// <inheritdoc/>
    public static InquiryId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
