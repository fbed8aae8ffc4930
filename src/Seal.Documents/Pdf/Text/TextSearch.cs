using System.Text;
using Seal.Documents.Impressions;

namespace Seal.Documents.Pdf;

/// <summary>A text found on a page.</summary>
/// <param name="Page">The page.</param>
/// <param name="Centre">Its middle, in user space.</param>
/// <param name="Size">The height of its letters, in user space.</param>
internal sealed record TextHit(PdfPage Page, Point Centre, double Size)
{
    /// <summary>Its middle from the displayed page's upper left corner.</summary>
    public (double RightMm, double DownMm) CentreMm => Page.ToDisplayed(Centre.X, Centre.Y);
}

/// <summary>Finds text in the content of pages, however it is cut into pieces.</summary>
internal static class TextSearch
{
    /// <summary>How far apart two letters of one hit may stand, in heights of a letter: a title is often spaced out.</summary>
    private const double WidestGap = 4;

    /// <summary>How far the base line may differ, likewise.</summary>
    private const double MostRise = 0.5;

    /// <summary>The hits in the order of pages and content; no further page is searched once there are more than are of use.</summary>
    public static IReadOnlyList<TextHit> Find(PdfView view, IEnumerable<PdfPage> pages, string text, int most)
    {
        List<TextHit> hits = [];
        foreach (var page in pages.TakeWhile(_ => hits.Count <= most))
        {
            hits.AddRange(Match(TextWalker.Of(view, page), text, most, view.File.Budget.SpendTime).Select(hit => new TextHit(page, hit.Centre, hit.Size)));
        }

        return hits;
    }

    /// <summary>The hits among the characters of one page: their middle and the height of their letters, in the characters' own coordinates.</summary>
    /// <param name="characters">The characters.</param>
    /// <param name="text">What is looked for.</param>
    /// <param name="most">How many hits are of use: one more than that, and the search ends.</param>
    /// <param name="spend">Told the steps of work; ends it when there are too many.</param>
    public static IReadOnlyList<(Point Centre, double Size)> Match(IReadOnlyList<PlacedCharacter> characters, string text, int most, Action<long> spend)
    {
        var wanted = Plain(text);
        List<(Point Centre, double Size)> hits = [];
        if (wanted.Length == 0)
        {
            return hits;
        }

        foreach (var hit in All(characters, wanted, spend))
        {
            spend(1 + hits.Count);

            // Bold type is sometimes the same text drawn twice.
            if (!hits.Any(other => other.Centre.DistanceTo(hit.Centre) < other.Size / 2))
            {
                hits.Add(hit);
                if (hits.Count > most)
                {
                    break;
                }
            }
        }

        return hits;
    }

    private static IEnumerable<(Point Centre, double Size)> All(IReadOnlyList<PlacedCharacter> characters, string wanted, Action<long> spend)
    {
        StringBuilder all = new();
        List<int> owners = [];
        for (var i = 0; i < characters.Count; i++)
        {
            var plain = Plain(characters[i].Text ?? "\uFFFD");
            spend(1 + plain.Length);
            all.Append(plain);
            owners.AddRange(Enumerable.Repeat(i, plain.Length));
        }

        var whole = all.ToString();
        for (var at = whole.IndexOf(wanted, StringComparison.Ordinal); at >= 0; at = whole.IndexOf(wanted, at + 1, StringComparison.Ordinal))
        {
            spend(1 + wanted.Length);
            PlacedCharacter[] found = [.. owners.GetRange(at, wanted.Length).Distinct().Select(owner => characters[owner])];
            if (found.Zip(found.Skip(1)).All(pair => Neighbours(pair.First, pair.Second)))
            {
                yield return Hit(found);
            }
        }
    }

    /// <summary>What is compared: no white space, and letters of one width.</summary>
    private static string Plain(string text)
    {
        if (text.Length == 1 && char.IsAsciiLetterOrDigit(text[0]))
        {
            return text;
        }

        // Half a surrogate pair, which maps in files do contain, cannot be normalised.
        var whole = string.Concat(text.EnumerateRunes()).Normalize(NormalizationForm.FormKC);
        return string.Concat(whole.Where(letter => !char.IsWhiteSpace(letter) && !char.IsControl(letter) && letter != '\u200B'));
    }

    /// <summary>Whether a letter follows another on the same line, seen along the line of the first.</summary>
    private static bool Neighbours(PlacedCharacter first, PlacedCharacter second)
    {
        var height = first.Start.DistanceTo(first.Up);
        if (height == 0)
        {
            return false;
        }

        (var upX, var upY) = ((first.Up.X - first.Start.X) / height, (first.Up.Y - first.Start.Y) / height);
        (var dx, var dy) = (second.Start.X - first.End.X, second.Start.Y - first.End.Y);
        var rise = Math.Abs((dx * upX) + (dy * upY));
        var along = Math.Abs((dx * upY) - (dy * upX));

        // Downward writing goes along what is up, so either may be the direction of the line.
        return Math.Min(rise, along) <= MostRise * height && Math.Max(rise, along) <= WidestGap * height;
    }

    private static (Point Centre, double Size) Hit(PlacedCharacter[] found)
    {
        Point[] corners = [.. found.SelectMany(letter => new[] { letter.Start, letter.End, letter.Up, Beside(letter) })];
        Point centre = new((corners.Min(p => p.X) + corners.Max(p => p.X)) / 2, (corners.Min(p => p.Y) + corners.Max(p => p.Y)) / 2);
        return (centre, found[0].Start.DistanceTo(found[0].Up));
    }

    private static Point Beside(PlacedCharacter letter) =>
        new(letter.Up.X + letter.End.X - letter.Start.X, letter.Up.Y + letter.End.Y - letter.Start.Y);
}
