using System.Text.Json.Serialization;
using Seal.Domain.Deciding;

namespace Seal.Domain.MasterKeys;

/// <summary>The id of a master key of the vault: it stands in all that the key wraps.</summary>
/// <param name="Value">24 lower-case hexadecimal digits; <c>first</c> for the one that the vault began with.</param>
[JsonConverter(typeof(KeyJsonConverter<MasterKeyId>))]
public readonly record struct MasterKeyId(string Value) : IKey<MasterKeyId>
{
    /// <inheritdoc/>
    public static string StreamType => "master-key";

    /// <summary>The key that the vault began with.</summary>
    public static MasterKeyId First => new("first");

    /// <inheritdoc/>
    public static MasterKeyId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
