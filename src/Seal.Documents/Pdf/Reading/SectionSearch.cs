namespace Seal.Documents.Pdf;

/// <summary>Finds cross-reference sections that no offset leads to.</summary>
internal sealed class SectionSearch(PdfBytes bytes, PdfBudget budget, CrossReferenceReader reader)
{
    private const int Tried = 8;
    private const int LongestTail = 1024;

    /// <summary>The last readable section that begins in a part of the file; null when none does.</summary>
    public CrossReferenceSection? Last(long from, long to)
    {
        var section = LastTable(from, to);
        return LastStream(Math.Max(from, section?.Offset ?? 0), to) ?? section;
    }

    private CrossReferenceSection? LastTable(long from, long to)
    {
        var before = to;
        for (var tried = 0; tried < Tried; tried++)
        {
            budget.SpendTime((before - from) >> 6);
            var at = bytes.LastIndexOf("xref"u8, before);
            if (at < from)
            {
                break;
            }

            if (!PdfScanner.IsRegular(bytes.At(at - 1)) && Read(at) is { Kind: CrossReferenceKind.Table } section)
            {
                return section;
            }

            before = at;
        }

        return null;
    }

    private CrossReferenceSection? LastStream(long from, long to)
    {
        var before = to;
        for (var tried = 0; tried < Tried; tried++)
        {
            budget.SpendTime((before - from) >> 6);
            var word = bytes.LastIndexOf("/XRef"u8, before);
            if (word < from)
            {
                break;
            }

            var header = ObjectHeaders.Between(bytes, budget, Math.Max(from, word - LongestTail), word).LastOrDefault();
            if (header is { Number: > 0 } && Read(header.Start) is { Kind: CrossReferenceKind.Stream } section)
            {
                return section;
            }

            before = word;
        }

        return null;
    }

    private CrossReferenceSection? Read(long offset)
    {
        try
        {
            return reader.Read(offset);
        }
        catch (PdfFormatException error) when (error.Code == PdfProblem.Damaged)
        {
            return null; // the word stood somewhere else
        }
    }
}
