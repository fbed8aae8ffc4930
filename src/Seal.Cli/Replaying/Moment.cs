using System.Globalization;

namespace Seal.Cli.Replaying;

/// <summary>A version of the seal, or a time; one of the two.</summary>
internal sealed record Moment(long? Version, DateTimeOffset? Time)
{
    /// <summary>Reads one: digits are a version, anything else is a time (RFC 3339, or a date: its beginning in UTC).</summary>
    /// <returns>The moment; null if it is none.</returns>
    public static Moment? Read(string text)
    {
        if (text.Length is > 0 and < 19 && text.All(char.IsAsciiDigit))
        {
            return new(long.Parse(text, CultureInfo.InvariantCulture), null);
        }

        return DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new(null, time.ToUniversalTime())
            : null;
    }
}
