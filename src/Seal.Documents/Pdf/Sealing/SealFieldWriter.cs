using System.Globalization;

namespace Seal.Documents.Pdf;

/// <summary>
/// Puts signature fields into a document: on the pages, in the form, and nothing else changed.
/// </summary>
internal sealed class SealFieldWriter(PdfView view, IncrementalUpdate update)
{
    private const int PrintAndLocked = 4 + 128; // annotation flags, ISO 32000-1 table 165

    /// <summary>The lists that fields hang in.</summary>
    public FormWriter Form { get; } = new(view, update);

    /// <summary>
    /// Adds the field and gives its name. At one place field and widget are one object; at several the field has a widget for each:
    /// it is one signature that shows at all of them. Each widget repeats the value it inherits, because poppler does not look it up.
    /// </summary>
    public string Add(IReadOnlyList<SealPlacement> placements, SealAppearance appearance, PdfReference signature)
    {
        var name = UnusedName("Seal");
        var field = PdfDictionary.Empty.With("FT", new PdfName("Sig")).With("T", PdfText.Make(name)).With("V", signature);
        if (placements is [var only])
        {
            AddField(update.Add(Widget(field, only.Page, only.Rectangle).With("AP", Normal(appearance.Of(only)))), only.Page);
            return name;
        }

        var parent = update.Reserve();
        List<(PdfPage Page, PdfReference Widget)> widgets = [.. placements.Select(placement => (placement.Page, update.Add(
            Widget(PdfDictionary.Empty.With("Parent", parent).With("V", signature), placement.Page, placement.Rectangle).With("AP", Normal(appearance.Of(placement))))))];
        update.Replace(parent, field.With("Kids", new PdfArray([.. widgets.Select(widget => widget.Widget)])));
        foreach (var onPage in widgets.GroupBy(widget => widget.Page.Reference.Number))
        {
            Form.AppendTo(onPage.First().Page, [.. onPage.Select(widget => widget.Widget)]);
        }

        Form.Append(parent);
        return name;
    }

    /// <summary>Adds a field that shows nothing (ISO 32000-2 §12.7.5.5), for a document time stamp, and gives its name.</summary>
    public string AddUnseen(PdfReference signature)
    {
        var page = PdfPages.Find(view, 1);
        var name = UnusedName("Timestamp");
        var field = PdfDictionary.Empty.With("FT", new PdfName("Sig")).With("T", PdfText.Make(name)).With("V", signature);
        AddField(update.Add(Widget(field, page, default)), page);
        return name;
    }

    /// <summary>Signs a field that waits for it.</summary>
    public void Fill(EmptyField field, SealAppearance appearance, PdfReference signature)
    {
        var widget = field.Widget.Dictionary.With("F", new PdfInteger(PrintAndLocked));
        if (PdfRectangle.Read(view, widget["Rect"]) is { Width: > 0, Height: > 0 } shown)
        {
            var scale = field.Page?.UserUnit ?? 1;
            widget = widget.With("AP", Normal(appearance.Within(shown.Width * scale, shown.Height * scale, field.Page?.Rotation ?? 0)));
        }

        if (field.Field.Reference.Number == field.Widget.Reference.Number)
        {
            update.Replace(field.Field.Reference, widget.With("V", signature));
        }
        else
        {
            update.Replace(field.Widget.Reference, widget);
            update.Replace(field.Field.Reference, field.Field.Dictionary.With("V", signature));
        }

        Form.Append();
    }

    private void AddField(PdfReference field, PdfPage page)
    {
        Form.AppendTo(page, [field]);
        Form.Append(field);
    }

    private static PdfDictionary Widget(PdfDictionary field, PdfPage page, PdfRectangle place) => field
        .With("Type", new PdfName("Annot"))
        .With("Subtype", new PdfName("Widget"))
        .With("P", page.Reference)
        .With("F", new PdfInteger(PrintAndLocked))
        .With("Rect", PdfSyntaxWriter.Numbers(place.Left, place.Bottom, place.Right, place.Top));

    private static PdfDictionary Normal(PdfReference appearance) => PdfDictionary.Empty.With("N", appearance);

    private string UnusedName(string stem)
    {
        HashSet<string> taken = [.. PdfFields.Walk(view).Select(field => field.FullName)];
        var number = 1;
        while (taken.Contains(Name(number)))
        {
            number++;
        }

        return Name(number);

        string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"{stem}{number}");
    }
}
