using System.Globalization;
using System.Text;

namespace Seal.Documents.Impressions;

/// <summary>What an <see cref="ImpressionDesign"/> must fulfil before anything is measured or drawn.</summary>
internal static class DesignRules
{
    // Bounds the work; whether a text really fits is found by measuring it.
    private const int MaximumCharacters = 60;

    public static void Check(ImpressionDesign design)
    {
        CheckSizes(design);
        CheckParts(design);
        CheckText(nameof(design.ArcText), design.ArcText);
        CheckText(nameof(design.CentreText), design.CentreText);
        CheckText(nameof(design.BottomText), design.BottomText);
        if (design.Code is { } code && (code.Length != 13 || !code.All(char.IsAsciiDigit)))
        {
            throw new ImpressionException(ImpressionProblem.TextInvalid, nameof(design.Code), "The code of a seal has 13 digits.");
        }
    }

    private static void CheckSizes(ImpressionDesign d)
    {
        CheckRange(nameof(d.WidthMm), d.WidthMm, 10, 60);
        CheckRange(nameof(d.HeightMm), d.HeightMm, 10, 60);
        CheckRange(nameof(d.BorderMm), d.BorderMm, 0.3, Math.Min(2.5, d.HeightMm / 12));
        if (d.CentreMark == CentreMark.FivePointStar)
        {
            CheckRange(nameof(d.StarMm), d.StarMm, 4, d.WidthMm * 0.4);
        }

        if (d.Shape == ImpressionShape.Oval)
        {
            CheckRange(nameof(d.HeightMm), d.HeightMm, d.WidthMm / 2, d.WidthMm);
        }
        else
        {
            CheckRange(nameof(d.HeightMm), d.HeightMm, d.WidthMm, d.WidthMm);
        }

        if (d.Shape != ImpressionShape.Square)
        {
            CheckRange(nameof(d.HeightMm), d.HeightMm, 20, 60);
        }
    }

    private static void CheckRange(string field, double value, double least, double most)
    {
        if (value >= least && value <= most)
        {
            return;
        }

        throw new ImpressionException(ImpressionProblem.SizeOutOfRange, field, string.Create(CultureInfo.InvariantCulture,
            $"{field} is {value:0.##} mm; with this design it must be {least:0.##}–{most:0.##} mm."));
    }

    private static void CheckParts(ImpressionDesign d)
    {
        var square = d.Shape == ImpressionShape.Square;
        Require(!square, nameof(d.ArcText), d.ArcText, "has no arc");
        Require(!square, nameof(d.BottomText), d.BottomText, "has no bottom line");
        Require(!square, nameof(d.Code), d.Code, "has no lower arc");
        if (d.CentreMark == CentreMark.None)
        {
            return;
        }

        if (d.Shape != ImpressionShape.Circle)
        {
            throw Disagree(nameof(d.CentreMark), $"A {d.Shape} has no star in its centre.");
        }

        if (d.CentreText is not null)
        {
            throw Disagree(nameof(d.CentreText), "A star and a text cannot both stand in the centre.");
        }

        void Require(bool allowed, string field, string? value, string why)
        {
            if (!allowed && value is not null)
            {
                throw Disagree(field, $"A {d.Shape} {why}.");
            }
        }
    }

    private static ImpressionException Disagree(string field, string message) => new(ImpressionProblem.PartsDisagree, field, message);

    private static void CheckText(string field, string? text)
    {
        if (text is null)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ImpressionException(ImpressionProblem.TextEmpty, field, $"{field} is blank.");
        }

        if (text.Length > 2 * MaximumCharacters || text.EnumerateRunes().Count() > MaximumCharacters)
        {
            throw new ImpressionException(ImpressionProblem.TextTooLong, field, $"{field} has more than {MaximumCharacters} characters.");
        }

        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                throw new ImpressionException(ImpressionProblem.TextInvalid, field, $"{field} has a character U+{rune.Value:X4} that cannot be printed.");
            }
        }
    }
}
