using System.Globalization;

namespace Seal.Documents.Pdf;

/// <summary>
/// Puts a signature field with its visible widget into a document: on the page, in the form, and nothing else changed.
/// </summary>
internal sealed class SealFieldWriter(PdfView view, IncrementalUpdate update)
{
    private const int PrintAndLocked = 4 + 128; // annotation flags, ISO 32000-1 table 165
    private const int SignaturesExistAppendOnly = 3; // table 219

    /// <summary>Adds the field and gives its name.</summary>
    public string Add(PdfPage page, SealPlacement placement, ReadOnlyMemory<byte> picture, PdfReference signature)
    {
        var name = UnusedName("Seal");
        var field = update.Add(Dictionary(
            ("Type", new PdfName("Annot")),
            ("Subtype", new PdfName("Widget")),
            ("FT", new PdfName("Sig")),
            ("T", PdfText.Make(name)),
            ("V", signature),
            ("P", page.Reference),
            ("F", new PdfInteger(PrintAndLocked)),
            ("Rect", Numbers(placement.Rectangle.Left, placement.Rectangle.Bottom, placement.Rectangle.Right, placement.Rectangle.Top)),
            ("AP", Dictionary(("N", update.Add(Form(placement, picture)))))));
        AppendTo(page.Reference, page.Dictionary, "Annots", field);
        AppendToForm(field);
        return name;
    }

    /// <summary>Adds a field that shows nothing (ISO 32000-2 §12.7.5.5), for a document time stamp, and gives its name.</summary>
    public string AddUnseen(PdfReference signature)
    {
        var page = PdfPages.Find(view, 1);
        var name = UnusedName("Timestamp");
        var field = update.Add(Dictionary(
            ("Type", new PdfName("Annot")),
            ("Subtype", new PdfName("Widget")),
            ("FT", new PdfName("Sig")),
            ("T", PdfText.Make(name)),
            ("V", signature),
            ("P", page.Reference),
            ("F", new PdfInteger(PrintAndLocked)),
            ("Rect", Numbers(0, 0, 0, 0))));
        AppendTo(page.Reference, page.Dictionary, "Annots", field);
        AppendToForm(field);
        return name;
    }

    private static PdfStream Form(SealPlacement placement, ReadOnlyMemory<byte> picture) => new(
        Dictionary(
            ("Type", new PdfName("XObject")),
            ("Subtype", new PdfName("Form")),
            ("BBox", Numbers(0, 0, placement.WidthPt, placement.HeightPt)),
            ("Matrix", Numbers([.. placement.Matrix])),
            ("Resources", PdfDictionary.Empty)),
        -1,
        picture.ToArray());

    private void AppendToForm(PdfReference field)
    {
        var catalog = view.Catalog;
        var form = view.Dictionary(catalog["AcroForm"]) ?? PdfDictionary.Empty;
        var changed = form;
        var flags = view.Integer(form["SigFlags"]) ?? 0;
        if ((flags & SignaturesExistAppendOnly) != SignaturesExistAppendOnly)
        {
            changed = changed.With("SigFlags", new PdfInteger(flags | SignaturesExistAppendOnly));
        }

        if (form["Fields"] is PdfReference list && view.Array(list) is { } fields)
        {
            update.Replace(list, Appended(fields, field));
        }
        else
        {
            changed = changed.With("Fields", Appended(view.Array(form["Fields"]), field));
        }

        if (changed == form)
        {
            return;
        }

        if (catalog["AcroForm"] is PdfReference existing && view.Resolve(existing) is PdfDictionary)
        {
            update.Replace(existing, changed);
        }
        else
        {
            update.Replace(update.Catalog, catalog.With("AcroForm", update.Add(changed)));
        }
    }

    private void AppendTo(PdfReference holder, PdfDictionary dictionary, string key, PdfReference item)
    {
        if (dictionary[key] is PdfReference list && view.Array(list) is { } items)
        {
            update.Replace(list, Appended(items, item));
        }
        else
        {
            update.Replace(holder, dictionary.With(key, Appended(view.Array(dictionary[key]), item)));
        }
    }

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

    private static PdfArray Appended(PdfArray? array, PdfReference item) => new([.. array?.Items ?? [], item]);

    private static PdfArray Numbers(params double[] numbers) => new([.. numbers.Select(PdfSyntaxWriter.Real)]);

    private static PdfDictionary Dictionary(params (string Key, PdfObject Value)[] entries) =>
        new(entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)));
}
