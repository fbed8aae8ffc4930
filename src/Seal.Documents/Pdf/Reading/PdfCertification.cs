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

        var parameters = Transforms(view, signature, "DocMDP").FirstOrDefault();
        // P is optional and 2 when absent (table 254); what is out of range is read as the strictest.
        return (view.Integer(parameters?["P"]) ?? 2) switch
        {
            2 => CertificationLevel.FormsAndSignatures,
            3 => CertificationLevel.Annotations,
            _ => CertificationLevel.NoChanges,
        };
    }

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
