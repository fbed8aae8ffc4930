namespace Seal.Documents.Pdf;

/// <summary>What is wrong with a file that widely used readers repair without a word.</summary>
internal enum PdfQuirk
{
    /// <summary>Bytes stand before <c>%PDF-</c>.</summary>
    HeaderNotAtStart,

    /// <summary>Offsets are counted from <c>%PDF-</c>, not from the beginning of the file.</summary>
    OffsetsFromHeader,

    /// <summary>Both at the offset and at the one counted from <c>%PDF-</c> there is a cross-reference section.</summary>
    TwoBeginnings,

    /// <summary><c>startxref</c> does not lead to the section it closes.</summary>
    StartXrefWrong,

    /// <summary>A section without <c>startxref</c> after it.</summary>
    StartXrefMissing,

    /// <summary>No <c>%%EOF</c>.</summary>
    EndMarkerMissing,

    /// <summary><c>/Prev</c> does not lead to the section before, or is 0 where there is none.</summary>
    PreviousWrong,

    /// <summary>A table that counts its first, free entry as 1.</summary>
    NumberedFromOne,

    /// <summary>Objects are not where the cross-reference says.</summary>
    OffsetsWrong,

    /// <summary>No cross-reference section at all.</summary>
    CrossReferenceMissing,

    /// <summary>Bytes that are no part of any object stand after the last <c>%%EOF</c>.</summary>
    BytesAfterEnd,
}

/// <summary>
/// How a damaged file is read all the same, and what had to be done for it. Objects that are not where they should be are
/// taken from the last place at which one of their number begins, as readers that repair files do; whether that is the
/// only way to read the file is for the judge to find out.
/// </summary>
internal sealed class PdfRepair(PdfBytes bytes, PdfBudget budget)
{
    private readonly SortedSet<PdfQuirk> _quirks = [];
    private Dictionary<int, List<ObjectHeader>>? _headers;

    /// <summary>What was repaired.</summary>
    public IReadOnlyCollection<PdfQuirk> Quirks => _quirks;

    /// <summary>Every header in the file, by its number, in the order of the file.</summary>
    public IReadOnlyDictionary<int, List<ObjectHeader>> Headers => _headers ??= Scan();

    public void Note(PdfQuirk quirk) => _quirks.Add(quirk);

    /// <summary>Where an object of this number begins last before a position; null when none does.</summary>
    public ObjectHeader? Last(int number, long before)
    {
        if (!Headers.TryGetValue(number, out var places))
        {
            return null;
        }

        var index = places.FindLastIndex(header => header.Start < before);
        return index < 0 ? null : places[index];
    }

    private Dictionary<int, List<ObjectHeader>> Scan()
    {
        Dictionary<int, List<ObjectHeader>> headers = [];
        var found = 0;
        foreach (var header in ObjectHeaders.Between(bytes, budget, 0, bytes.Length))
        {
            if (++found > budget.Limits.MaxObjects)
            {
                throw new PdfFormatException(PdfProblem.TooManyObjects, $"more than {budget.Limits.MaxObjects} objects", nameof(PdfLimits.MaxObjects));
            }

            if (!headers.TryGetValue(header.Number, out var places))
            {
                headers[header.Number] = places = [];
            }

            places.Add(header);
        }

        return headers;
    }
}
