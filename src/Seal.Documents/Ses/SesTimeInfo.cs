using System.Formats.Asn1;
using System.Globalization;
using System.Text;

namespace Seal.Documents.Ses;

/// <summary>timeInfo as it stands, and the time in it if it is one.</summary>
internal readonly record struct SesTimeInfo(ReadOnlyMemory<byte> Content, DateTimeOffset? Time)
{
    // Seen or plausible as text in version 1; only times that say they are UTC.
    private static readonly string[] TextFormats =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyyMMddHHmmss.FFFFFFF'Z'", "yyMMddHHmmss'Z'"];

    /// <summary>GeneralizedTime (versions 4 and 5).</summary>
    public static SesTimeInfo ReadTime(AsnReader reader) => new(reader.PeekEncodedValue(), SesReader.ReadTime(reader));

    /// <summary>BIT STRING of version 1: "timestamp token or UTCTime" in the standard, text in files.</summary>
    public static SesTimeInfo ReadBits(AsnReader reader)
    {
        var content = SesReader.ReadBits(reader, "timeInfo");
        return new(content, FromEncoding(content) ?? FromText(content.Span));
    }

    private static DateTimeOffset? FromEncoding(ReadOnlyMemory<byte> content)
    {
        try
        {
            var reader = new AsnReader(content, AsnEncodingRules.DER);
            var time = SesReader.ReadTime(reader);
            reader.ThrowIfNotEmpty();
            return time;
        }
        catch (AsnContentException)
        {
            // Text or a token; an unreadable time is an answer of its own, not a failure to read the structure.
            return null;
        }
    }

    private static DateTimeOffset? FromText(ReadOnlySpan<byte> content) =>
        content.Length <= 40 && DateTimeOffset.TryParseExact(
            Encoding.Latin1.GetString(content), TextFormats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
}
