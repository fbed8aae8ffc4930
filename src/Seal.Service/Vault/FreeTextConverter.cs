using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Seal.Domain.Deciding;

namespace Seal.Service.Vault;

/// <summary>Reads a person's own words and commits to them under a fresh salt: SHA-256(salt ‖ UTF-8 of the words).</summary>
public sealed class FreeTextConverter : JsonConverter<FreeText>
{
    /// <summary>The commitment to a text under a salt.</summary>
    public static Commitment Commit(ReadOnlySpan<byte> salt, string words)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        hash.AppendData(Encoding.UTF8.GetBytes(words));
        return new Commitment(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>A text with its commitment.</summary>
    public static FreeText Make(string words)
    {
        var salt = RandomNumberGenerator.GetBytes(32);
        return new FreeText(words) { Salt = salt, Commitment = Commit(salt, words) };
    }

    /// <inheritdoc/>
    public override FreeText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Make(reader.GetString()!) : throw new JsonException("A text is expected.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, FreeText value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNullValue();
    }
}
