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
        var before = file.AsOf(revision - 1);
        var after = file.AsOf(revision);
        var difference = RevisionDifference.Between(before, after);
        Allowances allowances = new();
        foreach (var container in difference.OverwrittenContainers)
        {
            allowances.Forbid($"object stream {container} of an earlier revision was overwritten");
        }

        foreach (var header in difference.Unlisted)
        {
            allowances.Forbid($"object {header.Number} at {header.Start}, which the update does not list");
        }

        new CatalogRules(before, after, allowances).Compare();
        new StructureRules(before, after, allowances).Compare(difference.Changed);

        // Everything a reader comes to without using an allowed way must be as it was.
        var reached = Reachability.From(
            after,
            after.Trailer["Root"] is { } root ? [root] : [],
            value => allowances.Ways.ContainsKey(value),
            _ => false);
        foreach (var number in difference.Changed.Where(number => reached.Contains(number) && !allowances.IsCompared(number)).Order())
        {
            allowances.Forbid($"object {number}");
        }

        ForbidLosses(before, after, reached, allowances);
        var along = allowances.Ways
            .Where(way => Reachability
                .From(after, [way.Key], value => !ReferenceEquals(value, way.Key) && allowances.Ways.ContainsKey(value), reached.Contains)
                .Overlaps(difference.Changed))
            .Select(way => way.Value);
        return new RevisionChanges(revision, [.. allowances.Observed.Concat(along).Distinct()]);
    }

    /// <summary>Objects from a trailer's <c>/Size</c> on are not there to some readers (ISO 32000-1 §7.5.5), and are to others.</summary>
    private static void ForbidLosses(PdfView before, PdfView after, IReadOnlySet<int> reached, Allowances allowances)
    {
        if (after.Trailer["Size"] is PdfInteger { Value: > 0 and var size } && reached.Any(number => number >= size && number < SizeOf(before)))
        {
            allowances.Forbid($"/Size {size}, which takes objects out of the document");
        }
    }

    private static long SizeOf(PdfView view) => view.Trailer["Size"] is PdfInteger { Value: > 0 and var size } ? size : long.MaxValue;
}
