using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>
/// The objects that mean something else in a revision than in the one before: redefined, freed, or new.
/// </summary>
internal sealed class RevisionDifference
{
    private RevisionDifference(HashSet<int> changed, IReadOnlyList<int> containers)
    {
        Changed = changed;
        OverwrittenContainers = containers;
    }

    /// <summary>Numbers of the objects that differ.</summary>
    public IReadOnlySet<int> Changed { get; }

    /// <summary>
    /// Object streams that hold objects of earlier revisions and were overwritten. What they held changes without
    /// being named, which no honest update does.
    /// </summary>
    public IReadOnlyList<int> OverwrittenContainers { get; }

    public static RevisionDifference Between(PdfView before, PdfView after)
    {
        HashSet<int> changed = [];
        List<int> overwritten = [];
        foreach (var number in after.Revision.Sections.SelectMany(section => section.Entries.Keys))
        {
            var old = before.Find(number);
            var now = after.Find(number);
            if (old == now || (old.Kind == EntryKind.Free && now.Kind == EntryKind.Free) || changed.Contains(number))
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

        return new RevisionDifference(changed, overwritten);
    }

    private static int Generation(CrossReferenceEntry entry) => entry.Kind == EntryKind.InFile ? entry.GenerationOrIndex : 0;
}
