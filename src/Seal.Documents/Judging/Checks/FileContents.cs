using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>What stands in a part of a file that has to be repaired, whether anything leads there or not.</summary>
internal sealed class FileContents
{
    private readonly List<(long Start, long End)> _extents = [];

    /// <summary>How many object streams hold an object of a number.</summary>
    public Dictionary<int, int> Packed { get; } = [];

    /// <summary>What cross-reference streams call the document catalog.</summary>
    public List<PdfObject?> Roots { get; } = [];

    /// <summary>Everything before a position, as of a revision.</summary>
    /// <param name="view">The revision, by which references are resolved.</param>
    /// <param name="repair">Where objects begin.</param>
    /// <param name="end">The position.</param>
    /// <param name="unclear">What cannot be told, and so might hide anything; null when all can.</param>
    public static FileContents Of(PdfView view, PdfRepair repair, long end, out string? unclear)
    {
        FileContents contents = new();
        unclear = null;
        foreach (var header in repair.Headers.Values.SelectMany(static places => places).Where(header => header.Number >= 0 && header.Start < end))
        {
            unclear = contents.Add(view, header);
            if (unclear is not null)
            {
                break;
            }
        }

        contents.Merge();
        return contents;
    }

    /// <summary>Whether what begins here stands inside something that begins before it.</summary>
    public bool IsInside(long place)
    {
        // The last extent that begins before the place: those that overlap have been made one.
        (var low, var high) = (0, _extents.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _extents[middle].Start < place ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && place < _extents[low - 1].End;
    }

    private string? Add(PdfView view, ObjectHeader header)
    {
        var file = view.File;
        PdfParser parser = new(file.Bytes, file.Budget, header.Start);
        if (OrNull(parser.ReadIndirect) is not { } found)
        {
            return $"at {header.Start} an object that cannot be read";
        }

        if (found.Value is not PdfStream stream)
        {
            _extents.Add((header.Start, parser.Position));
            return null;
        }

        if (Lengths(view, stream, header) is not { Count: > 0 } lengths)
        {
            return $"at {header.Start} a stream whose length cannot be told";
        }

        if (stream.Dictionary.HasDuplicateKeys)
        {
            return $"at {header.Start} a stream that says things twice";
        }

        // Not only the length: a comment before "endstream" could hide an object too.
        PdfScanner after = new(file.Bytes, file.Budget, stream.DataStart + lengths.Max());
        after.SkipWhiteSpace();
        _extents.Add((header.Start, after.Position));
        return OrNull(() => Inspect(view, stream, lengths)) is null ? $"at {header.Start} an object stream that cannot be read" : null;
    }

    /// <summary>What a stream tells of the structure; true when it was understood.</summary>
    private bool? Inspect(PdfView view, PdfStream stream, IReadOnlyCollection<long> lengths)
    {
        switch (view.Name(stream.Dictionary["Type"]))
        {
            case "XRef":
                Roots.Add(stream.Dictionary["Root"]);
                break;
            case "ObjStm":
                var budget = view.File.Budget;
                foreach (var length in lengths)
                {
                    var raw = PdfStreamData.ReadExactly(view.File.Bytes, stream.DataStart, length, budget);
                    foreach (var number in ObjectStream.Read(PdfFilters.Decode(raw, stream.Dictionary, budget), stream.Dictionary, budget).Numbers)
                    {
                        Packed[number] = Packed.GetValueOrDefault(number) + 1;
                    }
                }

                break;
            default:
                break;
        }

        return true;
    }

    /// <summary>A stream's length as of the revision looked at and as of the one that it stands in: a later one may use the number of its length anew.</summary>
    private static HashSet<long> Lengths(PdfView view, PdfStream stream, ObjectHeader header)
    {
        HashSet<long> lengths = [];
        var own = view.File.Revisions.FirstOrDefault(revision => header.Start < revision.End)?.Index ?? view.Revision.Index;
        foreach (var revision in own < view.Revision.Index && stream.Dictionary["Length"] is PdfReference ? [view.Revision.Index, own] : (int[])[view.Revision.Index])
        {
            if (OrNull(() => (long?)view.File.AsOf(revision).LengthOf(stream)) is { } length)
            {
                lengths.Add(length);
            }
        }

        return lengths;
    }

    /// <summary>What is read, or null when it cannot be.</summary>
    private static T? OrNull<T>(Func<T?> read)
        where T : struct
    {
        try
        {
            return read();
        }
        catch (PdfFormatException error) when (error.Code == PdfProblem.Damaged)
        {
            return null; // the caller tells it
        }
    }

    private void Merge()
    {
        _extents.Sort();
        List<(long Start, long End)> merged = [];
        foreach (var extent in _extents)
        {
            if (merged.Count > 0 && extent.Start < merged[^1].End)
            {
                merged[^1] = (merged[^1].Start, Math.Max(merged[^1].End, extent.End));
            }
            else
            {
                merged.Add(extent);
            }
        }

        _extents.Clear();
        _extents.AddRange(merged);
    }
}
