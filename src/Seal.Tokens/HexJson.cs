using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seal.Tokens;

/// <summary>A number as makers' headers print it, such as "0x80008101".</summary>
internal sealed class HexNumber : JsonConverter<ulong>
{
    public override ulong Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out var plain))
        {
            return plain;
        }

        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : "";
        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
               && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new JsonException("A number is wanted here, such as \"0x80008101\".");
    }

    public override void Write(Utf8JsonWriter writer, ulong value, JsonSerializerOptions options) => writer.WriteStringValue($"0x{value:x}");
}

/// <summary>Bytes as hexadecimal text.</summary>
internal sealed class HexBytes : JsonConverter<ReadOnlyMemory<byte>>
{
    public override ReadOnlyMemory<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Convert.FromHexString(reader.GetString() ?? throw new JsonException("Bytes are wanted here, as hexadecimal text."));
        }
        catch (Exception other) when (other is FormatException or InvalidOperationException)
        {
            throw new JsonException("Bytes are wanted here, as hexadecimal text.", other);
        }
    }

    public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Convert.ToHexStringLower(value.Span));
}
