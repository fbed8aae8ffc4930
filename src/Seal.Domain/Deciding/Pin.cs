using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seal.Domain.Deciding;

/// <summary>
/// A signing password 签章密码. It travels only from the request to the effect that checks it: it never prints itself,
/// and writing it as JSON gives nothing.
/// </summary>
/// <param name="Digits">What the person typed.</param>
[JsonConverter(typeof(PinJsonConverter))]
public readonly record struct Pin(string Digits)
{
    /// <summary>Shortest allowed length in characters.</summary>
    public const int MinimumLength = 6;

    /// <summary>Longest allowed length in characters.</summary>
    public const int MaximumLength = 32;

    /// <summary>Whether it may be set as a PIN: 6–32 printable characters.</summary>
    public bool IsWellFormed =>
        Digits is { Length: >= MinimumLength and <= MaximumLength } && !Digits.Any(char.IsControl);

    /// <inheritdoc/>
    public override string ToString() => "(PIN)";
}

/// <summary>Reads a PIN and never writes one.</summary>
public sealed class PinJsonConverter : JsonConverter<Pin>
{
    /// <inheritdoc/>
    public override Pin Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? new(reader.GetString()!) : throw new JsonException("A PIN is a text.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Pin value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNullValue();
    }
}
