namespace Seal.Documents.Pdf;

/// <summary>Where the bytes say that an object begins.</summary>
/// <param name="Number">Its number; -1 when the word stands there in a way that only some readers take for a header.</param>
/// <param name="Generation">Its generation.</param>
/// <param name="Start">Position of the number.</param>
internal readonly record struct ObjectHeader(int Number, int Generation, long Start);

/// <summary>
/// Finds <c>n g obj</c> wherever it stands, inside streams and comments too, and whatever any cross-reference says: what
/// readers that repair files go by.
/// </summary>
internal static class ObjectHeaders
{
    private const int WindowSize = 64 * 1024;
    private const int LongestSpace = 1024; // a writer may make it as long as they like: beyond this nobody knows who still reads it as a header

    public static IEnumerable<ObjectHeader> Between(PdfBytes bytes, PdfBudget budget, long from, long to)
    {
        var window = new byte[WindowSize];
        LineComments comments = new(bytes, budget);
        var at = Math.Max(0, from);
        while (at < to)
        {
            var got = bytes.Read(at, window.AsSpan(0, (int)Math.Min(WindowSize, to - at)));
            budget.SpendTime(got >> 6);
            for (int next = 0, found; (found = window.AsSpan(next, got - next).IndexOf("obj"u8)) >= 0; next += found + 3)
            {
                if (Before(bytes, comments, at + next + found) is { } header)
                {
                    yield return header;
                }
            }

            at += got < WindowSize ? got : WindowSize - 2; // the word may straddle the border
        }
    }

    /// <summary>Back over two numbers.</summary>
    private static ObjectHeader? Before(PdfBytes bytes, LineComments comments, long word)
    {
        var at = word;
        var space = BackOverSpace(bytes, ref at);
        if (space == 0)
        {
            return null; // "endobj", or part of a longer word
        }

        var generation = BackOverDigits(bytes, ref at);
        var between = generation >= 0 ? BackOverSpace(bytes, ref at) : 0;
        if (between > 0 && BackOverDigits(bytes, ref at) is >= 0 and <= int.MaxValue and var number)
        {
            return space < LongestSpace && between < LongestSpace && !comments.Hide(at)
                ? new ObjectHeader((int)number, (int)Math.Min(generation, int.MaxValue), at)
                : new ObjectHeader(-1, 0, at);
        }

        // A comment before or between the numbers and the word hides them from some readers only.
        return space >= LongestSpace || between >= LongestSpace || comments.Hide(at) ? new ObjectHeader(-1, 0, at) : null;
    }

    /// <summary>How much white space there was, at most <see cref="LongestSpace"/>.</summary>
    private static int BackOverSpace(PdfBytes bytes, ref long at)
    {
        var from = at;
        while (from - at < LongestSpace && PdfScanner.IsWhiteSpace(bytes.At(at - 1)))
        {
            at--;
        }

        return (int)(from - at);
    }

    private static long BackOverDigits(PdfBytes bytes, ref long at)
    {
        long value = 0;
        long unit = 1;
        var from = at;
        while (bytes.At(at - 1) is >= '0' and <= '9' and var digit && from - at < 12)
        {
            value += (digit - '0') * unit;
            unit *= 10;
            at--;
        }

        return at < from ? value : -1;
    }
}
