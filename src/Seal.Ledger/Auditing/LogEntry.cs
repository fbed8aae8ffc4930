using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Seal.Ledger.Auditing;

/// <summary>What an entry says of itself: the members of the canonical envelope that order is judged by.</summary>
internal readonly record struct LogEntry(long Position, string Stream, long Version, DateTimeOffset RecordedAt)
{
    /// <summary>Reads an entry.</summary>
    /// <returns>Whether it is an envelope.</returns>
    public static bool TryRead(ReadOnlySpan<byte> leaf, out LogEntry entry)
    {
        entry = default;
        try
        {
            var reader = new Utf8JsonReader(leaf, new JsonReaderOptions { MaxDepth = CanonicalJson.MaximumDepth + 2 });
            return TryRead(ref reader, out entry);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool TryRead(ref Utf8JsonReader reader, out LogEntry entry)
    {
        long? position = null, version = null;
        string? stream = null;
        DateTimeOffset? recordedAt = null;
        entry = default;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "position":
                    position = reader.GetInt64();
                    break;
                case "version":
                    version = reader.GetInt64();
                    break;
                case "stream":
                    stream = reader.GetString();
                    break;
                case "recordedAt":
                    recordedAt = DateTimeOffset.ParseExact(reader.GetString() ?? "", EventEnvelope.RecordedAtFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (position is null || version is null || stream is null || recordedAt is null || reader.Read())
        {
            return false;
        }

        entry = new LogEntry(position.Value, stream, version.Value, recordedAt.Value);
        return true;
    }
}
