namespace Seal.Documents.Impressions;

/// <summary>
/// A square name seal. Chinese names stand in columns read downwards, from the right, each character filling its cell;
/// a last cell left over is filled by 印, two by 之印, as name seals are cut (王芳之印, 李建国印).
/// Names in Latin letters stand in lines, one to a word.
/// </summary>
internal static class SquareLayout
{
    private const int MostCharacters = 12;

    public static IReadOnlyList<Figure> Draw(ImpressionDesign design, Lettering lettering)
    {
        var name = design.CentreText?.Trim() ?? throw new ImpressionException(ImpressionProblem.TextEmpty,
            nameof(design.CentreText), "A square has a name in its centre.");
        double side = design.WidthMm, half = design.BorderMm / 2;
        var border = VectorPath.Polygon([new(half, half), new(side - half, half), new(side - half, side - half), new(half, side - half)]);
        var margin = design.BorderMm + side * 0.035;
        var text = name.All(c => c < 0x2000 && c != '·')
            ? Lines(design, lettering, name, margin)
            : Columns(design, lettering, name, margin);
        return [new Figure(border, Filled: false, design.BorderMm), .. text];
    }

    private static List<Figure> Columns(ImpressionDesign design, Lettering lettering, string name, double margin)
    {
        var count = name.EnumerateRunes().Count();
        if (count > MostCharacters)
        {
            throw new ImpressionException(ImpressionProblem.TextTooLong, nameof(design.CentreText),
                $"CentreText has {count} characters; a square name seal has room for {MostCharacters}.");
        }

        var columns = count switch { 1 => 1, <= 8 => 2, _ => 3 };
        var rows = (count + columns - 1) / columns;
        if (count == 2)
        {
            rows = 2;
        }

        var completed = (columns * rows - count) switch { 0 => name, 1 => name + "印", _ => name + "之印" };
        var letters = lettering.Read(completed, nameof(design.CentreText));
        double room = design.WidthMm - 2 * margin, cellWidth = room / columns, cellHeight = room / rows;
        var setting = new Setting(0.94 * cellHeight, 0.96 * cellWidth);
        for (var i = 0; i < letters.Length; i++)
        {
            var middle = new Point(design.WidthMm - margin - (i / rows + 0.5) * cellWidth, margin + (i % rows + 0.5) * cellHeight);
            setting.Set(letters[i], new Place(middle, new Point(1, 0), new Point(0, -1)));
        }

        return [setting.Ink()];
    }

    private static List<Figure> Lines(ImpressionDesign design, Lettering lettering, string name, double margin)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 4)
        {
            throw new ImpressionException(ImpressionProblem.TextTooLong, nameof(design.CentreText), "CentreText has more than four words for a square name seal.");
        }

        double room = design.WidthMm - 2 * margin, line = room / words.Length;
        return [.. words.Select((word, i) => LineSetting.Set(
            lettering.Read(word, nameof(design.CentreText)), nameof(design.CentreText),
            new Point(design.WidthMm / 2, margin + (i + 0.5) * line), Math.Min(0.72 * line, 0.3 * room), room))];
    }
}
