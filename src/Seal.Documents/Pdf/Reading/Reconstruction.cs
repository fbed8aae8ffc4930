namespace Seal.Documents.Pdf;

/// <summary>Reads a file that has no cross-reference section which can be read: from the places where its objects begin.</summary>
internal static class Reconstruction
{
    /// <summary>The whole file as one revision; null when there is nothing to begin with.</summary>
    public static PdfRevision? Read(PdfBytes bytes, PdfBudget budget, PdfRepair repair)
    {
        var entries = repair.Headers
            .Where(static item => item.Key > 0)
            .ToDictionary(static item => item.Key, static item => new CrossReferenceEntry(EntryKind.InFile, item.Value[^1].Start, Math.Min(item.Value[^1].Generation, 65535)));
        if (Trailers.In(bytes, budget).LastOrDefault(static trailer => trailer["Root"] is PdfReference) is not { } trailer)
        {
            return null;
        }

        repair.Note(PdfQuirk.CrossReferenceMissing);
        var marker = bytes.LastIndexOf("%%EOF"u8, bytes.Length);
        var end = marker < 0 ? bytes.Length : marker + 5;
        while (PdfScanner.IsWhiteSpace(bytes.At(end)))
        {
            budget.SpendTime(1);
            end++;
        }

        CrossReferenceSection section = new(0, CrossReferenceKind.Table, entries, trailer, new CrossReferenceFooter(0, marker < 0 ? end : marker + 5, end));
        return new PdfRevision(0, [section]);
    }
}
