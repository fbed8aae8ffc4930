namespace Seal.Ledger.Auditing;

/// <summary>Gathers what is wrong: the first ones word for word, the others by number.</summary>
internal sealed class Findings(int limit)
{
    private readonly List<Finding> _told = [];
    private readonly HashSet<string> _tables = [];
    private long? _firstMissing;
    private long _lastMissing;

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>The first position, and the last, at which an entry is not what was hashed.</summary>
    public (long First, long Last)? Bad { get; private set; }

    /// <summary>Whether entries are missing, so that not every gap in a stream is a finding of its own.</summary>
    public bool HasMissing { get; private set; }

    /// <summary>Takes a finding.</summary>
    public void Add(string code, long? position, string en, string zh)
    {
        Count++;
        if (_told.Count < limit)
        {
            _told.Add(new Finding(code, position, en, zh));
        }
    }

    /// <summary>Takes what was found while a bundle was read.</summary>
    public void Add(Finding finding)
    {
        if (finding is { Code: not FindingCode.TableContradicts, Position: { } position })
        {
            Spoil(position);
        }
        else if (!_tables.Add(finding.En))
        {
            // A table is told of once, at the first position.
            return;
        }

        Add(finding.Code, finding.Position, finding.En, finding.Zh);
    }

    /// <summary>Takes a finding about an entry that is therefore not to be trusted.</summary>
    public void AddBad(string code, long position, string en, string zh)
    {
        Spoil(position);
        Add(code, position, en, zh);
    }

    /// <summary>Takes entries that are not there; a run of them is told as one.</summary>
    public void AddMissing(long position, long count)
    {
        Spoil(position);
        Spoil(position + count - 1);
        HasMissing = true;
        if (_firstMissing is not null && position != _lastMissing + 1)
        {
            EndMissing();
        }

        _firstMissing ??= position;
        _lastMissing = position + count - 1;
    }

    /// <summary>Tells the run of missing entries, if there is one.</summary>
    public void EndMissing()
    {
        if (_firstMissing is { } first)
        {
            _firstMissing = null;
            Add(
                FindingCode.EntryMissing,
                first,
                first == _lastMissing ? $"Entry {first} is missing." : $"Entries {first} to {_lastMissing} are missing.",
                first == _lastMissing ? $"缺少第 {first} 条。" : $"缺少第 {first} 至 {_lastMissing} 条。");
        }
    }

    /// <summary>Whether one of the entries from <paramref name="from"/> up to, but without, <paramref name="to"/> is bad.</summary>
    public bool Touches(long from, long to) => Bad is { } bad && bad.First < to && bad.Last >= from;

    /// <summary>All that are told, the first bad position first; tables that only repeat what the entries say come last.</summary>
    /// <param name="entriesHold">Whether the entries have the root that was signed, so that differing tiles are to blame.</param>
    /// <param name="inOrder">Whether they stay in the order in which they were found.</param>
    public IReadOnlyList<Finding> Told(bool entriesHold, bool inOrder = false)
    {
        EndMissing();
        if (inOrder)
        {
            return _told;
        }

        return [.. _told.Select(finding => entriesHold && finding.Code == FindingCode.EntryChanged ? TileIsWrong(finding) : finding).OrderBy(finding => finding.Code is FindingCode.TableContradicts or FindingCode.ProjectionDiffers).ThenBy(finding => finding.Position ?? long.MaxValue).ThenBy(finding => finding.Code == FindingCode.RootMismatch)];
    }

    private void Spoil(long position) => Bad = (long.Min(position, Bad?.First ?? position), long.Max(position, Bad?.Last ?? position));

    private static Finding TileIsWrong(Finding finding) => new(
        FindingCode.TileChanged,
        finding.Position,
        $"The hash tile holds another hash for entry {finding.Position} than the entry has; the entry is what was signed.",
        $"哈希分块中第 {finding.Position} 条的哈希被改动，条目本身与签名一致。");
}
