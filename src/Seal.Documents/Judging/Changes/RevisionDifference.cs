using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>
/// The objects that mean something else in a revision than in the one before: redefined, freed, or new.
/// </summary>
internal sealed class RevisionDifference
{
    private RevisionDifference(HashSet<int> changed, IReadOnlyList<int> containers, IReadOnlyList<ObjectHeader> unlisted)
    {
        Changed = changed;
        OverwrittenContainers = containers;
        Unlisted = unlisted;
    }

    /// <summary>Numbers of the objects that differ.</summary>
    public IReadOnlySet<int> Changed { get; }

    /// <summary>
    /// Object streams that hold objects of earlier revisions and were overwritten. What they held changes without
    /// being named, which no honest update does.
    /// </summary>
    public IReadOnlyList<int> OverwrittenContainers { get; }

    /// <summary>
    /// Objects in the bytes of the update that its cross-reference does not list. Readers which repair the file, for whatever
    /// reason an attacker gives them, take these for the newest.
    /// </summary>
    public IReadOnlyList<ObjectHeader> Unlisted { get; }

    public static RevisionDifference Between(PdfView before, PdfView after)
    {
        HashSet<int> changed = [];
        List<int> overwritten = [];
        List<ObjectHeader> headers = [.. Headers(before, after)];
        foreach (var number in after.Revision.Sections.SelectMany(section => section.Entries.Keys).Concat(headers.Select(header => header.Number)))
        {
            var old = before.Find(number);
            var now = after.Find(number);
            if ((old == now && Place(before, number, old) == Place(after, number, now)) || (old.Kind == EntryKind.Free && now.Kind == EntryKind.Free) || changed.Contains(number))
            {
                continue;
            }

            var sameGeneration = Generation(old) == Generation(now);
            if (!sameGeneration || !PdfEquality.Same(before, before.Object(number), after, after.Object(number)))
            {
                changed.Add(number);
                if (before.File.History.IsContainer(number, before.Revision.Index))
                {
                    overwritten.Add(number);
                }
            }
        }

        return new RevisionDifference(changed, overwritten, [.. headers.Where(header => !IsListed(after, header))]);
    }

    private static IEnumerable<ObjectHeader> Headers(PdfView before, PdfView after)
    {
        var file = after.File;
        return after.Revision.End < 0 || before.Revision.End < 0
            ? []
            : ObjectHeaders.Between(file.Bytes, file.Budget, before.Revision.End, after.Revision.End);
    }

    private static bool IsListed(PdfView view, ObjectHeader header) =>
        view.Revision.Sections.Any(section => Begin(view, section.Offset) == header.Start || (section.HiddenOffset is { } hidden && Begin(view, hidden) == header.Start))
        || (header.Number >= 0
            && view.Revision.Sections.Any(section => section.Entries.TryGetValue(header.Number, out var entry)
                && entry.Kind == EntryKind.InFile
                && Begin(view, Place(view, header.Number, entry)) == header.Start));

    private static long Place(PdfView view, int number, CrossReferenceEntry entry) =>
        entry.Kind == EntryKind.InFile ? view.File.Locate(number, entry, view.Revision.Index) : -1;

    private static long Begin(PdfView view, long place)
    {
        PdfScanner scan = new(view.File.Bytes, view.File.Budget, place);
        scan.SkipWhiteSpace();
        return scan.Position;
    }

    private static int Generation(CrossReferenceEntry entry) => entry.Kind == EntryKind.InFile ? entry.GenerationOrIndex : 0;
}
