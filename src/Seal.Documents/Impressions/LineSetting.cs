using System.Globalization;

namespace Seal.Documents.Impressions;

/// <summary>A straight line of text, centred, at its own width if it fits and squeezed if it does not.</summary>
internal static class LineSetting
{
    private const double LeastSqueeze = 0.3;

    public static Figure Set(Letter[] letters, string field, Point middle, double heightMm, double mostWidthMm)
    {
        var ems = letters.Sum(letter => letter.Advance);
        // Pitch is the em width and a little air.
        var pitch = Math.Min(0.86 * heightMm, mostWidthMm / ems);
        if (pitch < LeastSqueeze * heightMm)
        {
            var fits = (int)(mostWidthMm / (LeastSqueeze * heightMm));
            throw new ImpressionException(ImpressionProblem.TextTooLong, field,
                string.Create(CultureInfo.InvariantCulture, $"{field} has {letters.Length} characters; about {fits} fit on this line."));
        }

        var setting = new Setting(heightMm, 0.92 * pitch);
        var x = middle.X - ems * pitch / 2;
        foreach (var letter in letters)
        {
            setting.Set(letter, new Place(new Point(x + letter.Advance * pitch / 2, middle.Y), new Point(1, 0), new Point(0, -1)));
            x += letter.Advance * pitch;
        }

        return setting.Ink();
    }
}
