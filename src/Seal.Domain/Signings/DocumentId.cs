using System.Text.Json.Serialization;
using Seal.Domain.Deciding;

namespace Seal.Domain.Signings;

/// <summary>An uploaded file. It is no stream: the file is deleted once fetched or expired, its digest stays.</summary>
/// <param name="Value">Unguessable text.</param>
[JsonConverter(typeof(KeyJsonConverter<DocumentId>))]
public readonly record struct DocumentId(string Value) : IKey<DocumentId>
{
    /// <inheritdoc/>
    public static string StreamType => "document";

    /// <inheritdoc/>
    public static DocumentId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
