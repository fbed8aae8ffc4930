namespace Seal.Documents.Pdf;

/// <summary>Finds the dictionaries after the word <c>trailer</c>, wherever it stands.</summary>
internal static class Trailers
{
    private const int Most = 4096;

    /// <summary>In the order of the file, or refused when there are more than any honest file has.</summary>
    public static IReadOnlyList<PdfDictionary> In(PdfBytes bytes, PdfBudget budget) => In(bytes, budget, bytes.Length, out _);

    /// <summary>Those before a position.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="budget">What reading it may cost.</param>
    /// <param name="end">The position.</param>
    /// <param name="unreadable">Whether there is one that begins as a dictionary and cannot be read as one.</param>
    public static IReadOnlyList<PdfDictionary> In(PdfBytes bytes, PdfBudget budget, long end, out bool unreadable)
    {
        unreadable = false;
        List<PdfDictionary> found = [];
        var before = end;
        for (var tried = 0; tried < Most; tried++)
        {
            var at = bytes.LastIndexOf("trailer"u8, before);
            if (at < 0)
            {
                found.Reverse();
                return found;
            }

            budget.SpendTime((before - at) >> 6);
            if (Read(bytes, budget, at + 7) is { } dictionary)
            {
                found.Add(dictionary);
            }
            else
            {
                unreadable |= BeginsDictionary(bytes, budget, at + 7);
            }

            before = at;
        }

        throw PdfFormatException.Damaged($"more than {Most} trailers");
    }

    private static bool BeginsDictionary(PdfBytes bytes, PdfBudget budget, long at)
    {
        PdfScanner scan = new(bytes, budget, at);
        scan.SkipWhiteSpace();
        return bytes.Matches(scan.Position, "<<"u8);
    }

    private static PdfDictionary? Read(PdfBytes bytes, PdfBudget budget, long at)
    {
        try
        {
            return new PdfParser(bytes, budget, at).ReadValue() as PdfDictionary;
        }
        catch (PdfFormatException error) when (error.Code == PdfProblem.Damaged)
        {
            return null; // the word stood in some text
        }
    }
}
