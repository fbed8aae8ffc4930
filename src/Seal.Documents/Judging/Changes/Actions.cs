using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>What annotations and fields do when they are clicked, entered or shown.</summary>
internal static class Actions
{
    /// <summary>Whether something does more than lead to a page or an address.</summary>
    public static bool Dangerous(PdfView view, PdfDictionary annotation) =>
        annotation["AA"] is not (null or PdfNull)
        || (view.Dictionary(annotation["A"]) is { } action
            && (view.Name(action["S"]) is not ("GoTo" or "URI" or "Named") || action["Next"] is not (null or PdfNull)));
}
