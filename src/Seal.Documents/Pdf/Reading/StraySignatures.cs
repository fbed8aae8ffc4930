namespace Seal.Documents.Pdf;

/// <summary>
/// Signatures behind the last readable revision, or anywhere in a file that had to be repaired. No cross-reference leads to them, but readers that repair files find and show
/// them; a judge that did not see them would say "no signature" of a file that shows one.
/// </summary>
internal static class StraySignatures
{
    /// <summary>The signature dictionaries there, in their order.</summary>
    public static IEnumerable<(PdfReference Reference, PdfDictionary Dictionary)> Find(PdfFile file)
    {
        var from = file.Repair is { Quirks.Count: > 0 } ? 0 : file.Revisions.Max(revision => revision.End);
        foreach (var header in ObjectHeaders.Between(file.Bytes, file.Budget, from, file.Length).Where(header => header.Number >= 0))
        {
            if (Read(file, header.Start) is { Value: PdfDictionary { } dictionary } found
                && dictionary["Contents"] is PdfString
                && (dictionary["ByteRange"] is not null || dictionary.Name("Type") is "Sig" or "DocTimeStamp"))
            {
                yield return (new PdfReference(found.Number, found.Generation), dictionary);
            }
        }
    }

    private static (int Number, int Generation, PdfObject Value)? Read(PdfFile file, long start)
    {
        try
        {
            return new PdfParser(file.Bytes, file.Budget, start).ReadIndirect();
        }
        catch (PdfFormatException error) when (error.Code == PdfProblem.Damaged)
        {
            return null; // not an object after all
        }
    }
}
