using System.Text.Json.Serialization;
using Seal.Domain.Deciding;

namespace Seal.Domain.Seals;

/// <summary>The number under which this platform keeps a seal; not the 13-digit code cut into it.</summary>
/// <param name="Value">The application's key and the seal's number in it.</param>
[JsonConverter(typeof(KeyJsonConverter<SealId>))]
public readonly record struct SealId(string Value) : IKey<SealId>
{
    /// <inheritdoc/>
    public static string StreamType => "seal";

    /// <inheritdoc/>
    public static SealId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
