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
    private const int MostRepeats = 100_000;

    /// <summary>The characters in the order of the content.</summary>
    /// <exception cref="OfdFormatException">The page cannot be read.</exception>
    public static IReadOnlyList<PlacedCharacter> Of(OfdPackage package, OfdPage page)
    {
        List<PlacedCharacter> placed = [];
        if (page.Content is { } content)
        {
            foreach (var layer in OfdXml.Load(package, content).All("Content").SelectMany(static content => content.All("Layer")))
            {
                Read(layer, placed);
            }
        }

        return placed;
    }

    private static void Read(OfdElement parent, List<PlacedCharacter> placed)
    {
        foreach (var child in parent.Children)
        {
            if (child.Name == "PageBlock")
            {
                Read(child, placed);
            }
            else if (child.Name == "TextObject" && OfdBox.Parse(child["Boundary"]) is { } boundary)
            {
                ReadText(child, boundary, placed);
            }
        }
    }

    private static void ReadText(OfdElement text, OfdBox boundary, List<PlacedCharacter> placed)
    {
        var matrix = Numbers(text["CTM"]) is [var a, var b, var c, var d, var e, var f] ? (a, b, c, d, e, f) : (1, 0, 0, 1, 0, 0);
        var size = Number(text["Size"]) ?? 0;
        (var lastX, var lastY) = (0d, 0d);
        foreach (var code in text.All("TextCode"))
        {
            // X and Y that are left out are those of the TextCode before.
            (var x, var y) = (Number(code["X"]) ?? lastX, Number(code["Y"]) ?? lastY);
            (lastX, lastY) = (x, y);
            (var right, var down) = (Deltas(code["DeltaX"]), Deltas(code["DeltaY"]));
            var index = 0;
            foreach (var rune in code.Text.EnumerateRunes())
            {
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

    /// <summary>ST_Array of deltas, in which <c>g n d</c> stands for n times d.</summary>
    private static List<double> Deltas(string? text)
    {
        List<double> deltas = [];
        var parts = text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] == "g" && i + 2 < parts.Length && int.TryParse(parts[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var times))
            {
                deltas.AddRange(Enumerable.Repeat(Number(parts[i + 2]) ?? 0, Math.Min(times, MostRepeats - Math.Min(deltas.Count, MostRepeats))));
                i += 2;
            }
            else
            {
                deltas.Add(Number(parts[i]) ?? 0);
            }
        }

        return deltas;
    }

    private static double[] Numbers(string? text) =>
        [.. (text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? []).Select(part => Number(part) ?? double.NaN)];

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
