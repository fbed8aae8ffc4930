namespace Seal.Documents.Pdf;

/// <summary>What the author's certification (ISO 32000-1 §12.8.2.2, DocMDP) still permits.</summary>
public enum CertificationLevel
{
    /// <summary>The document is not certified.</summary>
    None = 0,

    /// <summary>P 1: no changes.</summary>
    NoChanges = 1,

    /// <summary>P 2: filling in forms and signing.</summary>
    FormsAndSignatures = 2,

    /// <summary>P 3: also annotations.</summary>
    Annotations = 3,
}

/// <summary>Reads certifications and field locks.</summary>
internal static class PdfCertification
{
    public static CertificationLevel Level(PdfView view)
    {
        var permissions = view.Dictionary(view.Catalog["Perms"]);
        var signature = view.Dictionary(permissions?["DocMDP"]);
        if (signature is null)
        {
            return CertificationLevel.None;
        }

        // P is optional and 2 when absent (table 254).
        return Level(view.Integer(Transforms(view, signature, "DocMDP").FirstOrDefault()?["P"]) ?? 2);
    }

    /// <summary>
    /// What the document's certification and this signature together still permit: the signature may lock the document itself,
    /// by a transform of its own or by the <c>/P</c> of its field's lock (ISO 32000-2 table 236).
    /// </summary>
    public static CertificationLevel Level(PdfView view, PdfDictionary signature, PdfDictionary field) =>
        new[] { Level(view) }
            .Concat(Transforms(view, signature, "DocMDP").Select(parameters => Level(view.Integer(parameters["P"]) ?? 2)))
            .Concat(Transforms(view, signature, "FieldMDP").Append(view.Dictionary(field["Lock"])).Select(lockIn => view.Integer(lockIn?["P"]) is { } level ? Level(level) : CertificationLevel.None))
            .Where(static level => level != CertificationLevel.None)
            .DefaultIfEmpty(CertificationLevel.None)
            .Min();

    /// <summary>Whether a field that is signed locks the document against every further change.</summary>
    public static bool ClosesDocument(PdfView view, PdfDictionary field) =>
        field["V"] is not (null or PdfNull) && view.Integer(view.Dictionary(field["Lock"])?["P"]) is { } level && Level(level) == CertificationLevel.NoChanges;

    /// <summary>What is out of range is read as the strictest.</summary>
    private static CertificationLevel Level(long permission) => permission switch
    {
        2 => CertificationLevel.FormsAndSignatures,
        3 => CertificationLevel.Annotations,
        _ => CertificationLevel.NoChanges,
    };

    /// <summary>Whether a signature locks a form field against change (FieldMDP, §12.8.2.4).</summary>
    public static bool Locks(PdfView view, PdfDictionary signature, string fieldName) =>
        Transforms(view, signature, "FieldMDP").Any(parameters => Covers(view, parameters, fieldName));

    private static bool Covers(PdfView view, PdfDictionary parameters, string fieldName)
    {
        var listed = (view.Array(parameters["Fields"])?.Items ?? [])
            .Select(view.Resolve)
            .OfType<PdfString>()
            .Select(PdfText.Read)
            .Any(name => fieldName == name || fieldName.StartsWith(name + ".", StringComparison.Ordinal));
        return view.Name(parameters["Action"]) switch
        {
            "Include" => listed,
            "Exclude" => !listed,
            _ => true,
        };
    }

    private static IEnumerable<PdfDictionary> Transforms(PdfView view, PdfDictionary signature, string method) =>
        (view.Array(signature["Reference"])?.Items ?? [])
            .Select(view.Dictionary)
            .Where(reference => view.Name(reference?["TransformMethod"]) == method)
            .Select(reference => view.Dictionary(reference!["TransformParams"]) ?? PdfDictionary.Empty);
}
