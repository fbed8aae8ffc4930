using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Seal.Ledger;

/// <summary>The canonical JSON of a whole event. Its members stand in RFC 8785 order, and its parts are canonical already.</summary>
internal static class EventEnvelope
{
    /// <summary>A tlog-tiles entry bundle prefixes each entry with its length in 16 bits.</summary>
    public const int MaximumLength = 65_535;

    public const string RecordedAtFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static byte[] Write(RecordedEvent recorded)
    {
        // One array of the right length in most cases: every event of every append and audit comes through here.
        var output = new ArrayBufferWriter<byte>(recorded.Body.Length + recorded.Metadata.Length + recorded.Stream.Length + recorded.Type.Length + 160);
        WriteTo(output, recorded);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes an envelope to a buffer that may be used again.</summary>
    public static void WriteTo(ArrayBufferWriter<byte> output, RecordedEvent recorded)
    {
        output.Write("{\"body\":"u8);
        output.Write(recorded.Body.Span);
        output.Write(",\"metadata\":"u8);
        output.Write(recorded.Metadata.Span);
        output.Write(",\"position\":"u8);
        WriteInteger(recorded.Position, output);
        output.Write(",\"recordedAt\":\""u8);
        WriteTime(recorded.RecordedAt, output);
        output.Write("\",\"stream\":"u8);
        CanonicalJson.WriteString(recorded.Stream, output);
        output.Write(",\"type\":"u8);
        CanonicalJson.WriteString(recorded.Type, output);
        output.Write(",\"version\":"u8);
        WriteInteger(recorded.Version, output);
        output.Write("}"u8);
    }

    /// <summary>Reads an envelope; body and metadata are the bytes as they stand in it.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static RecordedEvent Read(ReadOnlyMemory<byte> leaf)
    {
        try
        {
            using var document = JsonDocument.Parse(leaf, new JsonDocumentOptions { MaxDepth = CanonicalJson.MaximumDepth + 2, AllowDuplicateProperties = false });
            var envelope = document.RootElement;
            return new RecordedEvent(
                envelope.GetProperty("position").GetInt64(),
                envelope.GetProperty("stream").GetString() ?? throw new FormatException("An event without a stream."),
                envelope.GetProperty("version").GetInt64(),
                envelope.GetProperty("type").GetString() ?? throw new FormatException("An event without a type."),
                DateTimeOffset.ParseExact(
                    envelope.GetProperty("recordedAt").GetString() ?? "", RecordedAtFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                Encoding.UTF8.GetBytes(envelope.GetProperty("metadata").GetRawText()),
                Encoding.UTF8.GetBytes(envelope.GetProperty("body").GetRawText()));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("This is no event of a ledger.", e);
        }
    }

    private static void WriteTime(DateTimeOffset time, ArrayBufferWriter<byte> output)
    {
        // The round-trip format is much faster than one of our own, and has one more digit, which whole microseconds leave at 0.
        var text = output.GetSpan(32);
        time.UtcDateTime.TryFormat(text, out var written, "O", CultureInfo.InvariantCulture);
        text[written - 2] = (byte)'Z';
        output.Advance(written - 1);
    }

    private static void WriteInteger(long value, ArrayBufferWriter<byte> output)
    {
        value.TryFormat(output.GetSpan(20), out var written, default, CultureInfo.InvariantCulture);
        output.Advance(written);
    }
}
