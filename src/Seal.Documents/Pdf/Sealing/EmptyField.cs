namespace Seal.Documents.Pdf;

/// <summary>A signature field that waits to be signed.</summary>
/// <param name="Field">The field.</param>
/// <param name="Widget">The one widget that shows it; the field itself where the two are one object.</param>
/// <param name="Page">The page that shows it; null when none does.</param>
internal sealed record EmptyField(PdfFieldNode Field, PdfFieldNode Widget, PdfPage? Page)
{
    /// <summary>Finds it by its full name.</summary>
    /// <exception cref="PdfFormatException">There is none, it is signed already, or an earlier signature locks it.</exception>
    public static EmptyField Find(PdfView view, string name)
    {
        PdfFieldNode[] nodes = [.. PdfFields.Walk(view).Where(node => node.Type == "Sig" && node.FullName == name)];
        if (nodes.FirstOrDefault(node => !node.IsWidgetOnly) is not { } field || view.Resolve(field.Dictionary["V"]) is not PdfNull)
        {
            throw new PdfFormatException(PdfProblem.FieldNotFound, $"no unsigned signature field '{name}'");
        }

        if (PdfSignature.FindAll(view.File).Any(signature => PdfCertification.Locks(view, signature.Dictionary, name)))
        {
            throw new PdfFormatException(PdfProblem.FieldLocked, $"an earlier signature locks the field '{name}'");
        }

        // A field of several widgets would show the seal where nobody asked for it: the first is taken.
        var widget = nodes.FirstOrDefault(node => node.IsWidgetOnly) ?? field;
        return new EmptyField(field, widget, PageOf(view, widget));
    }

    /// <summary>What the field locks once it is signed (ISO 32000-1 table 233), as the reference that states it in the signature; null when nothing.</summary>
    public PdfDictionary? Lock(PdfView view)
    {
        if (view.Dictionary(Field.Dictionary["Lock"]) is not { } wanted)
        {
            return null;
        }

        var parameters = PdfDictionary.Empty.With("Type", new PdfName("TransformParams"));
        foreach (var key in new[] { "Action", "Fields" })
        {
            parameters = wanted[key] is { } value ? parameters.With(key, value) : parameters;
        }

        return Transform("FieldMDP", parameters.With("V", new PdfName("1.2"))).With("Data", view.Trailer["Root"] ?? PdfNull.Value);
    }

    /// <summary>A signature reference dictionary (table 253).</summary>
    public static PdfDictionary Transform(string method, PdfDictionary parameters) => PdfDictionary.Empty
        .With("Type", new PdfName("SigRef"))
        .With("TransformMethod", new PdfName(method))
        .With("TransformParams", parameters);

    private static PdfPage? PageOf(PdfView view, PdfFieldNode widget) => PdfPages.All(view).FirstOrDefault(page =>
        (widget.Dictionary["P"] is PdfReference named && named.Number == page.Reference.Number)
        || (view.Array(page.Dictionary["Annots"])?.Items.OfType<PdfReference>().Any(item => item.Number == widget.Reference.Number) ?? false));
}
