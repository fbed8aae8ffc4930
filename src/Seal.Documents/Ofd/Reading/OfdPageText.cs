using System.Globalization;
using Seal.Documents.Impressions;
using Seal.Documents.Pdf;

namespace Seal.Documents.Ofd;

/// <summary>
/// Where the characters of a page's own content stand (GB/T 33190 §11), in mm from the page's top left corner, y downwards.
/// Templates are not read, nor glyphs that replace characters: what is looked for are the words that the file says.
/// </summary>
internal static class OfdPageText
{
    // A character whose successor does not say where it begins takes a square if it is a wide one, else half of it.
    private const int FirstWide = 0x2E80;

    /// <summary>The characters in the order of the content.</summary>
    /// <param name="package">The package that the page is in.</param>
    /// <param name="page">The page.</param>
    /// <param name="most">How many there may be.</param>
    /// <exception cref="OfdFormatException">The page cannot be read, or has more.</exception>
    public static IReadOnlyList<PlacedCharacter> Of(OfdPackage package, OfdPage page, int most)
    {
        List<PlacedCharacter> placed = [];
        if (page.Content is { } content)
        {
            foreach (var layer in OfdXml.Load(package, content).All("Content").SelectMany(static content => content.All("Layer")))
            {
                Read(layer, placed, package.Budget, most);
            }
        }

        return placed;
    }

    private static void Read(OfdElement parent, List<PlacedCharacter> placed, OfdBudget budget, int most)
    {
        foreach (var child in parent.Children)
        {
            if (child.Name == "PageBlock")
            {
                Read(child, placed, budget, most);
            }
            else if (child.Name == "TextObject" && OfdBox.Parse(child["Boundary"]) is { } boundary)
            {
                ReadText(child, boundary, placed, budget, most);
            }
        }
    }

    private static void ReadText(OfdElement text, OfdBox boundary, List<PlacedCharacter> placed, OfdBudget budget, int most)
    {
        var matrix = Words(text["CTM"]).Take(7).Select(static word => Number(word) ?? double.NaN).ToArray() is [var a, var b, var c, var d, var e, var f] ? (a, b, c, d, e, f) : (1, 0, 0, 1, 0, 0);
        var size = Number(text["Size"]) ?? 0;
        (var lastX, var lastY) = (0d, 0d);
        foreach (var code in text.All("TextCode"))
        {
            // X and Y that are left out are those of the TextCode before.
            (var x, var y) = (Number(code["X"]) ?? lastX, Number(code["Y"]) ?? lastY);
            (lastX, lastY) = (x, y);
            (var right, var down) = (Deltas(code["DeltaX"], code.Text.Length, budget), Deltas(code["DeltaY"], code.Text.Length, budget));
            var index = 0;
            foreach (var rune in code.Text.EnumerateRunes())
            {
                budget.SpendTime(1);
                if (placed.Count >= most)
                {
                    throw new OfdFormatException(OfdProblem.TooComplex, $"more than {budget.Limits.MaxCharacters} characters", nameof(OfdLimits.MaxCharacters));
                }

                var isFollowed = index < right.Count || index < down.Count;
                var advance = isFollowed ? right.ElementAtOrDefault(index) : rune.Value >= FirstWide ? size : size / 2;
                placed.Add(new PlacedCharacter(rune.ToString(), At(x, y), At(x + (down.Count > 0 ? size : advance), y), At(x, y - size)));
                x += advance;
                y += down.ElementAtOrDefault(index);
                index++;
            }
        }

        Point At(double x, double y) => new(boundary.X + (matrix.Item1 * x) + (matrix.Item3 * y) + matrix.Item5, boundary.Y + (matrix.Item2 * x) + (matrix.Item4 * y) + matrix.Item6);
    }

    /// <summary>ST_Array of deltas, in which <c>g n d</c> stands for n times d; no more of them than there can be characters.</summary>
    private static List<double> Deltas(string? text, int most, OfdBudget budget)
    {
        List<double> deltas = [];
        using var words = Words(text).GetEnumerator();
        while (deltas.Count < most && words.MoveNext())
        {
            var times = 1;
            if (words.Current == "g" && !(words.MoveNext() && int.TryParse(words.Current, NumberStyles.None, CultureInfo.InvariantCulture, out times) && words.MoveNext()))
            {
                break; // a run without its count or delta
            }

            times = Math.Min(times, most - deltas.Count);
            budget.SpendTime(1 + times);
            deltas.AddRange(Enumerable.Repeat(Number(words.Current) ?? 0, times));
        }

        return deltas;
    }

    /// <summary>What stands between white space, one by one: a list may be as long as a file, and no more is made of it than is asked for.</summary>
    private static IEnumerable<string> Words(string? text)
    {
        for (int at = 0, end; at < text?.Length; at = end + 1)
        {
            for (end = at; end < text.Length && !char.IsWhiteSpace(text[end]); end++)
            {
            }

            if (end > at)
            {
                yield return text[at..end];
            }
        }
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
