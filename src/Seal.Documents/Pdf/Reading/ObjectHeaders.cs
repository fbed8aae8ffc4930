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
    private const int LongestHeader = 1024; // white space may be as long as its writer likes
    private const int LongestComment = 128;

    public static IEnumerable<ObjectHeader> Between(PdfBytes bytes, PdfBudget budget, long from, long to)
    {
        var window = new byte[WindowSize];
        var at = Math.Max(0, from);
        while (at < to)
        {
            var got = bytes.Read(at, window.AsSpan(0, (int)Math.Min(WindowSize, to - at)));
            budget.SpendTime(got >> 6);
            for (int next = 0, found; (found = window.AsSpan(next, got - next).IndexOf("obj"u8)) >= 0; next += found + 3)
            {
                if (Before(bytes, budget, at + next + found) is { } header)
                {
                    yield return header;
                }
            }

            at += got < WindowSize ? got : WindowSize - 2; // the word may straddle the border
        }
    }

    /// <summary>Back over two numbers.</summary>
    private static ObjectHeader? Before(PdfBytes bytes, PdfBudget budget, long word)
    {
        var at = word;
        if (!BackOverSpace(bytes, ref at))
        {
            return null; // "endobj", or part of a longer word
        }

        var generation = BackOverDigits(bytes, ref at);
        if (generation >= 0 && BackOverSpace(bytes, ref at) && BackOverDigits(bytes, ref at) is >= 0 and <= int.MaxValue and var number)
        {
            return word - at <= LongestHeader && !IsInComment(bytes, budget, at, stopAtLine: true)
                ? new ObjectHeader((int)number, (int)Math.Min(generation, int.MaxValue), at)
                : new ObjectHeader(-1, 0, at);
        }

        return IsInComment(bytes, budget, word, stopAtLine: false) ? new ObjectHeader(-1, 0, at) : null;
    }

    private static bool BackOverSpace(PdfBytes bytes, ref long at)
    {
        var from = at;
        while (PdfScanner.IsWhiteSpace(bytes.At(at - 1)) && from - at <= LongestHeader)
        {
            at--;
        }

        return at < from;
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

    /// <summary>A comment before or between the numbers and the word hides them from some readers only.</summary>
    private static bool IsInComment(PdfBytes bytes, PdfBudget budget, long before, bool stopAtLine)
    {
        budget.SpendTime(LongestComment >> 4);
        for (var position = before - 1; position >= Math.Max(0, before - LongestComment); position--)
        {
            switch (bytes.At(position))
            {
                case '%':
                    return true;
                case '\n' or '\r' when stopAtLine:
                    return false;
                default:
                    break;
            }
        }

        return false;
    }
}
