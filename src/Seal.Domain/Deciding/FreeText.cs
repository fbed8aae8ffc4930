using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seal.Domain.Deciding;

/// <summary>
/// Something a person wrote in their own words (a reason, an opinion), or what is known about a person. It may hold personal
/// data, so the event never does: it holds the <see cref="Commitment"/>, and the words lie in the vault under it.
/// </summary>
/// <param name="Words">The text, 1–500 characters.</param>
[JsonConverter(typeof(FreeTextJsonConverter))]
public sealed record FreeText(string Words)
{
    /// <summary>Longest allowed text in characters.</summary>
    public const int MaximumLength = 500;

    /// <summary>The salted commitment to the words, set by the host before the decision.</summary>
    public Commitment Commitment { get; init; }

    /// <summary>The random salt of the commitment, 32 bytes; kept with the words in the vault and nowhere else.</summary>
    public ReadOnlyMemory<byte> Salt { get; init; }

    /// <summary>Whether there is a text of allowed length.</summary>
    public bool IsWellFormed => !string.IsNullOrWhiteSpace(Words) && Words.Length <= MaximumLength;

    /// <inheritdoc/>
    public override string ToString() => "(free text)";
}

/// <summary>Reads free text from a plain string and never writes it.</summary>
public sealed class FreeTextJsonConverter : JsonConverter<FreeText>
{
    /// <inheritdoc/>
    public override FreeText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, FreeText value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNullValue();
    }
}

/// <summary>A salted SHA-256 commitment to a vault row, in lower-case hex: erasing row and salt leaves a number without meaning.</summary>
/// <param name="Hex">64 hexadecimal digits.</param>
[JsonConverter(typeof(CommitmentJsonConverter))]
public readonly record struct Commitment(string Hex);

/// <summary>Writes a commitment as its digits.</summary>
public sealed class CommitmentJsonConverter : JsonConverter<Commitment>
{
    /// <inheritdoc/>
    public override Commitment Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Commitment value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Hex ?? "");
    }
}
