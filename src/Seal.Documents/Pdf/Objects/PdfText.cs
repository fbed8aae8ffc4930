using System.Globalization;
using System.Text;

namespace Seal.Documents.Pdf;

/// <summary>Text strings and dates (ISO 32000-1 §7.9.2, §7.9.4).</summary>
internal static class PdfText
{
    private const int LongestShown = 4096;

    /// <summary>UTF-16BE or (PDF 2.0) UTF-8 with their marks, else one byte per character; long texts are cut.</summary>
    public static string Read(PdfString text)
    {
        ReadOnlySpan<byte> bytes = text.Value.AsSpan(0, Math.Min(text.Value.Length, LongestShown));
        return bytes switch
        {
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes[2..]),
            [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes[3..]),
            _ => Encoding.Latin1.GetString(bytes),
        };
    }

    public static PdfString Make(string text) => Ascii.IsValid(text)
        ? new PdfString(Encoding.ASCII.GetBytes(text), false)
        : new PdfString([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)], true);

    public static PdfString MakeDate(DateTimeOffset time) =>
        new(Encoding.ASCII.GetBytes(time.UtcDateTime.ToString("'D:'yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture)), false);

    /// <summary>
    /// <c>D:YYYYMMDDHHmmSSOHH'mm'</c>, everything after the year optional; null when it is no date. Without an offset
    /// the time is taken for UTC.
    /// </summary>
    public static DateTimeOffset? ReadDate(PdfString text)
    {
        var date = Encoding.Latin1.GetString(text.Value.AsSpan(0, Math.Min(text.Value.Length, 32)));
        date = date.StartsWith("D:", StringComparison.Ordinal) ? date[2..] : date;
        var digits = date.TakeWhile(char.IsAsciiDigit).Count();
        if (digits is < 4 or > 14 || (digits & 1) == 1)
        {
            return null;
        }

        var full = date[..digits] + "0101000000"[(digits - 4)..];
        if (!DateTime.TryParseExact(full, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            || Offset(date[digits..]) is not { } offset
            || time.Year is < 2 or > 9998)
        {
            return null;
        }

        return new DateTimeOffset(time, offset).ToUniversalTime();
    }

    private static TimeSpan? Offset(string text)
    {
        if (text.Length == 0 || text[0] == 'Z')
        {
            return TimeSpan.Zero;
        }

        string digits = new([.. text.Skip(1).Where(char.IsAsciiDigit)]);
        if (text[0] is not ('+' or '-') || digits.Length is not (2 or 4))
        {
            return null;
        }

        var hours = int.Parse(digits[..2], CultureInfo.InvariantCulture);
        var minutes = digits.Length == 4 ? int.Parse(digits[2..], CultureInfo.InvariantCulture) : 0;
        TimeSpan offset = new(hours, minutes, 0);
        return offset > TimeSpan.FromHours(14) ? null : text[0] == '-' ? -offset : offset;
    }
}
