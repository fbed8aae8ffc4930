using System.Text.Json.Serialization;
using Seal.Domain.Deciding;

namespace Seal.Domain.Signings;

/// <summary>One use of one seal on one document.</summary>
/// <param name="Value">Unguessable text.</param>
[JsonConverter(typeof(KeyJsonConverter<SigningId>))]
public readonly record struct SigningId(string Value) : IKey<SigningId>
{
    /// <inheritdoc/>
    public static string StreamType => "signing";

    /// <inheritdoc/>
    public static SigningId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
