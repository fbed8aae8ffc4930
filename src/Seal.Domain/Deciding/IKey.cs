using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seal.Domain.Deciding;

/// <summary>The key of one kind of stream, so that a seal's key is never taken for a holding's.</summary>
/// <typeparam name="TSelf">The key type itself.</typeparam>
public interface IKey<TSelf> where TSelf : struct, IKey<TSelf>
{
    /// <summary>The type of the streams it names.</summary>
    static abstract string StreamType { get; }

    /// <summary>The key's text.</summary>
    string Value { get; }

    /// <summary>Takes a text as a key.</summary>
    static abstract TSelf From(string value);
}

/// <summary>What every key can do.</summary>
public static class Keys
{
    extension<TKey>(TKey key) where TKey : struct, IKey<TKey>
    {
        /// <summary>The stream this key names.</summary>
        public StreamId Stream => new(TKey.StreamType, key.Value ?? "");
    }
}

/// <summary>Writes a key as the plain text it is.</summary>
/// <typeparam name="TKey">The key type.</typeparam>
public sealed class KeyJsonConverter<TKey> : JsonConverter<TKey> where TKey : struct, IKey<TKey>
{
    /// <inheritdoc/>
    public override TKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Take(reader.GetString()!) : throw new JsonException("A key is a text.");

    /// <inheritdoc/>
    public override TKey ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Take(reader.GetString()!);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TKey value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Value);
    }

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, TKey value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(value.Value);
    }

    private static TKey Take(string text) => text.Length is > 0 and <= 200 && text.All(c => c > ' ' && c is not ('/' or '\\'))
        ? TKey.From(text)
        : throw new JsonException("A key is 1–200 characters without spaces and slashes.");
}
