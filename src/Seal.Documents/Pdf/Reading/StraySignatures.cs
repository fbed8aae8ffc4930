namespace Seal.Documents.Pdf;

/// <summary>
/// Signatures behind the last readable revision. No cross-reference leads to them, but readers that repair files find and show
/// them; a judge that did not see them would say "no signature" of a file that shows one.
/// </summary>
internal static class StraySignatures
{
    private const int WindowSize = 64 * 1024;
    private const int LongestHeader = 24; // "4294967295 65535 obj"

    /// <summary>The signature dictionaries in the unreadable tail, in their order.</summary>
    public static IEnumerable<(PdfReference Reference, PdfDictionary Dictionary)> Find(PdfFile file)
    {
        foreach (var start in Headers(file))
        {
            if (Read(file, start) is { Value: PdfDictionary { } dictionary } found
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

    /// <summary>Where "n g obj" begins, all over the tail.</summary>
    private static IEnumerable<long> Headers(PdfFile file)
    {
        var window = new byte[WindowSize];
        var at = Math.Max(0, file.Revisions.Max(revision => revision.End));
        while (at < file.Length)
        {
            var got = file.Bytes.Read(at, window);
            file.Budget.SpendTime(got >> 3);
            for (int from = 0, found; (found = window.AsSpan(from, got - from).IndexOf(" obj"u8)) >= 0; from += found + 4)
            {
                if (StartOfHeader(file.Bytes, at + from + found) is { } start)
                {
                    yield return start;
                }
            }

            at += got < WindowSize ? got : WindowSize - 3; // the word may straddle the border
        }
    }

    /// <summary>Back over two numbers.</summary>
    private static long? StartOfHeader(PdfBytes bytes, long end)
    {
        var at = end;
        var numbers = 0;
        while (numbers < 2 && end - at < LongestHeader)
        {
            var before = at;
            while (bytes.At(at - 1) is >= '0' and <= '9')
            {
                at--;
            }

            if (at == before)
            {
                return null;
            }

            numbers++;
            if (numbers == 1)
            {
                while (PdfScanner.IsWhiteSpace(bytes.At(at - 1)))
                {
                    at--;
                }
            }
        }

        return numbers == 2 ? at : null;
    }
}
