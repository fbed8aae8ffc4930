namespace Seal.Documents.Pdf;

/// <summary>Appends to the lists that fields hang in: those of the form and of the pages.</summary>
internal sealed class FormWriter(PdfView view, IncrementalUpdate update)
{
    private const int SignaturesExistAppendOnly = 3; // ISO 32000-1 table 219

    /// <summary>The changed catalog, where something else changes in it, too.</summary>
    private PdfDictionary? _catalog;

    /// <summary>Adds an entry to the catalog.</summary>
    public void SetInCatalog(string key, PdfObject value)
    {
        _catalog = (_catalog ?? view.Catalog).With(key, value);
        update.Replace(update.Catalog, _catalog);
    }

    /// <summary>Says that there are signatures, and appends fields to the form.</summary>
    public void Append(params PdfReference[] added)
    {
        var catalog = _catalog ?? view.Catalog;
        var form = view.Dictionary(catalog["AcroForm"]) ?? PdfDictionary.Empty;
        var changed = form;
        var flags = view.Integer(form["SigFlags"]) ?? 0;
        if ((flags & SignaturesExistAppendOnly) != SignaturesExistAppendOnly)
        {
            changed = changed.With("SigFlags", new PdfInteger(flags | SignaturesExistAppendOnly));
        }

        if (added.Length > 0 && form["Fields"] is PdfReference list && view.Array(list) is { } fields)
        {
            update.Replace(list, Appended(fields, added));
        }
        else if (added.Length > 0)
        {
            changed = changed.With("Fields", Appended(view.Array(form["Fields"]), added));
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
            SetInCatalog("AcroForm", update.Add(changed));
        }
    }

    /// <summary>Appends annotations to a page.</summary>
    public void AppendTo(PdfPage page, PdfReference[] annotations)
    {
        if (page.Dictionary["Annots"] is PdfReference list && view.Array(list) is { } items)
        {
            update.Replace(list, Appended(items, annotations));
        }
        else
        {
            update.Replace(page.Reference, page.Dictionary.With("Annots", Appended(view.Array(page.Dictionary["Annots"]), annotations)));
        }
    }

    private static PdfArray Appended(PdfArray? array, PdfReference[] items) => new([.. array?.Items ?? [], .. items]);
}
