using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>
/// Whether two values are written the same, references by number and not followed. Two streams are the same when
/// their raw bytes are.
/// </summary>
internal static class PdfEquality
{
    public static bool Same(PdfView before, PdfObject? old, PdfView after, PdfObject? now)
    {
        if (ReferenceEquals(old, now))
        {
            return true;
        }

        after.File.Budget.SpendTime(1);
        return (old ?? PdfNull.Value, now ?? PdfNull.Value) switch
        {
            (PdfNull, PdfNull) => true,
            (PdfBoolean a, PdfBoolean b) => a.Value == b.Value,
            (PdfInteger a, PdfInteger b) => a.Value == b.Value,
            (PdfInteger a, PdfReal b) => a.Value == b.Value,
            (PdfReal a, PdfInteger b) => a.Value == b.Value,
            (PdfReal a, PdfReal b) => a.Value == b.Value,
            (PdfName a, PdfName b) => a.Value == b.Value,
            (PdfString a, PdfString b) => a.Value.AsSpan().SequenceEqual(b.Value),
            (PdfReference a, PdfReference b) => a.Number == b.Number && a.Generation == b.Generation,
            (PdfArray a, PdfArray b) => a.Items.Count == b.Items.Count
                && a.Items.Zip(b.Items).All(pair => Same(before, pair.First, after, pair.Second)),
            (PdfDictionary a, PdfDictionary b) => SameEntries(before, a, after, b),
            (PdfStream a, PdfStream b) => SameEntries(before, a.Dictionary, after, b.Dictionary) && SameBytes(before, a, after, b),
            _ => false,
        };
    }

    // A key twice makes "the value" a matter of the reader's taste: never the same.
    private static bool SameEntries(PdfView before, PdfDictionary old, PdfView after, PdfDictionary now) =>
        old.Count == now.Count && !old.HasDuplicateKeys && !now.HasDuplicateKeys
        && old.Entries.All(entry => now[entry.Key] is { } value && Same(before, entry.Value, after, value));

    private static bool SameBytes(PdfView before, PdfStream old, PdfView after, PdfStream now)
    {
        var length = before.LengthOf(old);
        if (after.LengthOf(now) != length)
        {
            return false;
        }

        Span<byte> left = stackalloc byte[4096];
        Span<byte> right = stackalloc byte[4096];
        for (long at = 0; at < length; at += left.Length)
        {
            var count = (int)Math.Min(left.Length, length - at);
            before.File.Budget.SpendTime(64);
            before.File.Bytes.Read(old.DataStart + at, left[..count]);
            after.File.Bytes.Read(now.DataStart + at, right[..count]);
            if (!left[..count].SequenceEqual(right[..count]))
            {
                return false;
            }
        }

        return true;
    }
}
