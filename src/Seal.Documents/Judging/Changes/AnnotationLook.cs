using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>
/// Whether an annotation of a harmless type looks like content of the page all the same: every type may bring a picture of its own,
/// and that may show text or cover what is there (the "evil annotation" of Mladenov and others, 2021).
/// </summary>
internal static class AnnotationLook
{
    /// <summary>Sides of the largest icon that a note is shown by, in points; what is larger is no icon.</summary>
    private const double LargestIcon = 72;

    /// <summary>Width of the thickest stroke that is a line still, in points; a thicker one covers lines of text.</summary>
    private const double ThickestLine = 12;

    private const int DeepestForm = 8;

    /// <param name="IsShape">Consists of lines, and is filled only if it covers something.</param>
    /// <param name="IsThin">Consists of lines that are no broader than a pen's.</param>
    private readonly record struct Look(bool IsShape, bool IsThin);

    private static readonly HashSet<string> Showing = new(StringComparer.Ordinal) { "Tj", "TJ", "'", "\"", "BI", "sh" };

    private static readonly HashSet<string> Filling = new(StringComparer.Ordinal) { "f", "F", "f*", "b", "b*", "B", "B*" };

    private static readonly HashSet<string> Shapes = new(StringComparer.Ordinal) { "Square", "Circle", "Polygon" };

    public static bool IsLikeContent(PdfView view, string type, PdfDictionary annotation)
    {
        var isShape = Shapes.Contains(type);
        return (isShape && view.Array(annotation["IC"]) is { Items.Count: > 0 })
            || StrokeWidth(view, annotation) is < 0 or > ThickestLine
            || (type == "Line" && view.Resolve(annotation["Cap"]) is PdfBoolean { Value: true }) // shows /Contents on the line
            || (type == "Text" && annotation["AP"] is not null && PdfRectangle.Read(view, annotation["Rect"]) is { } box && (box.Width > LargestIcon || box.Height > LargestIcon))
            || Pictures(view, annotation["AP"], 0).Any(picture => Shows(view, picture, new Look(isShape, type != "Highlight"), 1, Fitting(view, picture, annotation), 0, []));
    }

    /// <summary>How much a picture is enlarged to fill the annotation's rectangle (ISO 32000-1 §12.5.5); 1 where it has no size of its own.</summary>
    private static double Fitting(PdfView view, PdfStream picture, PdfDictionary annotation) =>
        PdfRectangle.Read(view, annotation["Rect"]) is { } shown && PdfRectangle.Read(view, picture.Dictionary["BBox"]) is { } box
            && StrokeWidths.SizeUnder(view, picture.Dictionary["Matrix"], box) is { Width: > 0, Height: > 0 } size
            ? Math.Max(shown.Width / size.Width, shown.Height / size.Height)
            : 1;

    /// <summary>By the border style, or the older border array (ISO 32000-1 §12.5.4); 1 where none is given.</summary>
    private static double StrokeWidth(PdfView view, PdfDictionary annotation) =>
        view.Resolve(view.Dictionary(annotation["BS"])?["W"] ?? view.Array(annotation["Border"])?.Items.ElementAtOrDefault(2)) switch
        {
            PdfInteger whole => whole.Value,
            PdfReal real => real.Value,
            _ => 1,
        };

    /// <summary>The streams of an appearance dictionary: one, or one for each state.</summary>
    private static IEnumerable<PdfStream> Pictures(PdfView view, PdfObject? value, int depth) => view.Resolve(value) switch
    {
        PdfStream stream => [stream],
        PdfDictionary dictionary when depth < 2 => dictionary.Entries.SelectMany(entry => Pictures(view, entry.Value, depth + 1)),
        _ => [],
    };

    private static bool Shows(PdfView view, PdfStream picture, Look look, double width, double scale, int depth, Dictionary<long, (double Width, double Scale)> seen)
    {
        if (!seen.TryAdd(picture.DataStart, (width, scale)))
        {
            // Nothing is looked at twice; what comes again, and larger, counts at its worst.
            return width > seen[picture.DataStart].Width || scale > seen[picture.DataStart].Scale;
        }

        if (depth == DeepestForm || picture.Dictionary.Name("Subtype") == "Image")
        {
            return true;
        }

        try
        {
            StrokeWidths strokes = new(view, view.Dictionary(picture.Dictionary["Resources"]), width, scale * StrokeWidths.ScaleOf(view, picture.Dictionary["Matrix"]));
            return ShowsItself(view, picture, look, strokes)
                || Forms(view, picture).Any(form => Shows(view, form, look, strokes.AtForms, strokes.ScaleAtForms, depth + 1, seen));
        }
        catch (PdfFormatException error) when (error.Code == PdfProblem.Damaged)
        {
            return true; // what cannot be read may show anything
        }
    }

    private static IEnumerable<PdfStream> Forms(PdfView view, PdfStream picture)
    {
        var resources = view.Dictionary(picture.Dictionary["Resources"]);
        return (view.Dictionary(resources?["XObject"]) ?? PdfDictionary.Empty).Entries.Select(entry => view.Resolve(entry.Value)).OfType<PdfStream>();
    }

    private static bool ShowsItself(PdfView view, PdfStream picture, Look look, StrokeWidths strokes)
    {
        MemoryBytes content = new(view.Content(picture));
        PdfParser parser = new(content, view.File.Budget);
        List<PdfObject> operands = [];
        while (ContentScanner.Next(parser, content) is { } next)
        {
            if (next is not PdfKeyword keyword)
            {
                operands.Add(next);
                continue;
            }

            if (Showing.Contains(keyword.Value)
                || (look.IsShape && Filling.Contains(keyword.Value))
                || (strokes.Take(keyword.Value, operands) is not <= ThickestLine && look.IsThin))
            {
                return true;
            }

            operands.Clear();
        }

        return false;
    }
}
