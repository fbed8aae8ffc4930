namespace Seal.Documents.Pdf;

/// <summary>
/// Which revision says what of each object number: one look-up however many revisions there are.
/// </summary>
internal sealed class ObjectHistory
{
    private readonly Dictionary<int, List<(int Revision, CrossReferenceEntry Entry)>> _entries = [];

    private readonly Dictionary<int, int> _containers = [];

    public ObjectHistory(IReadOnlyList<PdfRevision> revisions, PdfBudget budget)
    {
        foreach (var revision in revisions)
        {
            // Of several sections of one revision the one that is read first counts.
            foreach (var section in revision.Sections)
            {
                budget.SpendTime(section.Entries.Count);
                foreach ((var number, var entry) in section.Entries)
                {
                    Add(number, revision.Index, entry);
                }
            }
        }
    }

    /// <summary>The entry that counts as of a revision; free when there is none.</summary>
    public CrossReferenceEntry Find(int number, int revision)
    {
        if (!_entries.TryGetValue(number, out var history))
        {
            return default;
        }

        var low = 0;
        var high = history.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (history[middle].Revision <= revision)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == 0 ? default : history[low - 1].Entry;
    }

    /// <summary>Whether an object number is that of an object stream which holds an object of this or an earlier revision.</summary>
    public bool IsContainer(int number, int revision) => _containers.TryGetValue(number, out var first) && first <= revision;

    private void Add(int number, int revision, CrossReferenceEntry entry)
    {
        if (entry.Kind == EntryKind.InObjectStream)
        {
            _containers.TryAdd((int)Math.Min(entry.OffsetOrStream, int.MaxValue), revision);
        }

        if (!_entries.TryGetValue(number, out var history))
        {
            _entries[number] = history = new List<(int, CrossReferenceEntry)>(1);
        }

        if (history.Count == 0 || history[^1].Revision != revision)
        {
            history.Add((revision, entry));
        }
    }
}
