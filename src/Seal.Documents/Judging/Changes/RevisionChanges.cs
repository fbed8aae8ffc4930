using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>
/// What one revision does to the one before it. An allow-list: the rules say along which ways something may differ;
/// whatever else can be reached in the document and differs is <see cref="ChangeKind.Other"/>.
/// </summary>
/// <param name="Revision">The later revision's index.</param>
/// <param name="Observed">What was seen, without repetition.</param>
internal sealed record RevisionChanges(int Revision, IReadOnlyList<ObservedChange> Observed)
{
    /// <summary>The gravest of it.</summary>
    public ChangeKind Kind => Observed.Select(change => change.Kind).DefaultIfEmpty(ChangeKind.None).Max();

    public static RevisionChanges Of(PdfFile file, int revision)
    {
        PdfView before = file.AsOf(revision - 1);
        PdfView after = file.AsOf(revision);
        RevisionDifference difference = RevisionDifference.Between(before, after);
        Allowances allowances = new();
        foreach (int container in difference.OverwrittenContainers)
        {
            allowances.Forbid($"object stream {container} of an earlier revision was overwritten");
        }

        new CatalogRules(before, after, allowances).Compare();

        // Everything a reader comes to without using an allowed way must be as it was.
        HashSet<int> reached = Reachability.From(
            after,
            after.Trailer["Root"] is { } root ? [root] : [],
            value => allowances.Ways.ContainsKey(value),
            _ => false);
        foreach (int number in difference.Changed.Where(number => reached.Contains(number) && !allowances.IsCompared(number)).Order())
        {
            allowances.Forbid($"object {number}");
        }

        IEnumerable<ObservedChange> along = allowances.Ways
            .Where(way => Reachability
                .From(after, [way.Key], value => !ReferenceEquals(value, way.Key) && allowances.Ways.ContainsKey(value), reached.Contains)
                .Overlaps(difference.Changed))
            .Select(way => way.Value);
        return new RevisionChanges(revision, [.. allowances.Observed.Concat(along).Distinct()]);
    }
}
