using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>Where the signature fields of a PDF are shown: on which pages their widgets hang, and where (ISO 32000-1 §12.5.2).</summary>
internal sealed class ShownPlaces
{
    private const int Hidden = 2 + 32; // annotation flags Hidden and NoView, ISO 32000-1 table 165

    private readonly ILookup<int, PdfFieldNode> _fields;
    private readonly Dictionary<int, (int Number, PdfPage Page)> _pages = [];
    private readonly PdfView _view;

    private ShownPlaces(PdfView view)
    {
        _view = view;
        _fields = PdfFields.Walk(view).Where(node => node.Type == "Sig").ToLookup(node => node.Field.Number);
        var number = 0;
        foreach (var page in PdfPages.All(view))
        {
            number++;
            foreach (var annotation in view.Array(page.Dictionary["Annots"])?.Items.OfType<PdfReference>() ?? [])
            {
                _ = _pages.TryAdd(annotation.Number, (number, page));
            }
        }
    }

    /// <summary>Looks a document through once, for all its signatures; null when its pages cannot be read, which other checks tell.</summary>
    public static ShownPlaces? In(PdfFile file)
    {
        try
        {
            return new ShownPlaces(file.Newest);
        }
        catch (PdfFormatException error) when (error.Code is PdfProblem.Damaged or PdfProblem.TooManyObjects)
        {
            return null;
        }
    }

    /// <summary>The places of a field's widgets, as its pages are displayed; none where it shows nothing.</summary>
    public IReadOnlyList<StampPlace> Of(PdfFieldNode field) =>
    [
        .. _fields[field.Reference.Number].Select(PlaceOf).OfType<StampPlace>().OrderBy(place => (place.Page, place.YMm, place.XMm)),
    ];

    private StampPlace? PlaceOf(PdfFieldNode widget)
    {
        if (!_pages.TryGetValue(widget.Reference.Number, out var on)
            || PdfRectangle.Read(_view, widget.Dictionary["Rect"]) is not { Width: > 0, Height: > 0 } shown
            || ((_view.Integer(widget.Dictionary["F"]) ?? 0) & Hidden) != 0)
        {
            return null;
        }

        (var x1, var y1) = on.Page.ToDisplayed(shown.Left, shown.Top);
        (var x2, var y2) = on.Page.ToDisplayed(shown.Right, shown.Bottom);
        return new StampPlace(on.Number, Mm(Math.Min(x1, x2)), Mm(Math.Min(y1, y2)), Mm(Math.Abs(x2 - x1)), Mm(Math.Abs(y2 - y1)), null);
    }

    // A file gives places in points with a few digits.
    private static double Mm(double value) => Math.Round(value, 2);
}
