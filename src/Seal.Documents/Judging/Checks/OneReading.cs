using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>
/// Whether a file that has to be repaired can be read in one way only. Readers repair alike in the main: the last object of
/// a number counts. They differ in whether they look into streams and older parts of the file, and in which section they trust;
/// where that makes a difference to anything the document shows, it has two readings, and nobody can tell which was signed.
/// </summary>
internal static class OneReading
{
    /// <summary>What is ambiguous in a revision; null when nothing is.</summary>
    public static string? Doubt(PdfFile file, PdfRepair repair, int revision)
    {
        if (repair.Quirks.Contains(PdfQuirk.TwoBeginnings))
        {
            return "offsets lead to sections from two beginnings";
        }

        var view = file.AsOf(revision);
        var end = file.Revisions[revision].End is >= 0 and var known ? known : file.Length;
        if (Trailers.In(file.Bytes, file.Budget, end, out var unreadable) is var trailers && (unreadable || trailers.Any(static trailer => trailer.HasDuplicateKeys)))
        {
            return "a trailer that cannot be read, or in several ways";
        }

        if (view.Trailer["Root"] is not PdfReference root || trailers.Any(trailer => IsOther(trailer["Root"], root)))
        {
            return "trailers name several document catalogs";
        }

        if (repair.Headers.TryGetValue(-1, out var odd) && odd.Exists(header => header.Start < end))
        {
            return "an object begins inside a comment";
        }

        var everything = FileContents.Of(view, repair, end, out var unclear);
        if (unclear is not null)
        {
            return unclear;
        }

        if (everything.Roots.Any(other => IsOther(other, root)))
        {
            return "cross-reference streams name several document catalogs";
        }

        foreach (var number in Reachability.From(view, [root], static _ => false, static _ => false).Order())
        {
            if (Doubt(file, repair, view, number, end, everything) is { } doubt)
            {
                return $"object {number}: {doubt}";
            }
        }

        return null;
    }

    private static string? Doubt(PdfFile file, PdfRepair repair, PdfView view, int number, long end, FileContents everything)
    {
        var entry = view.Find(number);
        List<ObjectHeader> headers = [.. repair.Headers.GetValueOrDefault(number, []).Where(header => header.Start < end)];
        var packed = everything.Packed.GetValueOrDefault(number);
        switch (entry.Kind)
        {
            case EntryKind.InObjectStream:
                return headers.Count > 0 || packed > 1 ? "stands in an object stream and elsewhere" : null;
            case EntryKind.Free:
                return headers.Count > 0 || packed > 0 ? "is free, and there all the same" : null;
            default:
                break;
        }

        var place = file.Locate(number, entry, view.Revision.Index);
        if (headers.Count == 0 || Begin(file, place) != headers[^1].Start || headers.Any(header => header.Generation > entry.GenerationOrIndex))
        {
            return "is not the last of its number";
        }

        if (packed > 0)
        {
            return "stands in an object stream too";
        }

        if (headers.Count > 1 && file.Bytes.LastIndexOf("%%EOF"u8, headers[^1].Start) <= headers[^2].Start)
        {
            return "stands twice in the same part of the file";
        }

        return everything.IsInside(headers[^1].Start) ? "stands inside a stream or another object" : null;
    }

    private static long Begin(PdfFile file, long place)
    {
        PdfScanner scan = new(file.Bytes, file.Budget, place);
        scan.SkipWhiteSpace();
        return scan.Position;
    }

    private static bool IsOther(PdfObject? value, PdfReference root) =>
        value is not (null or PdfNull) && !(value is PdfReference reference && reference.Number == root.Number && reference.Generation == root.Generation);
}
