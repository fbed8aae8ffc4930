namespace Seal.Ledger.Auditing;

/// <summary>Checks what entries say of their order: positions, times, versions.</summary>
internal sealed class EntryOrder(StreamVersions versions, Findings findings, DateTimeOffset last)
{
    /// <summary>The time of the last entry.</summary>
    public DateTimeOffset Last { get; private set; } = last;

    /// <summary>Streams seen.</summary>
    public StreamVersions Versions => versions;

    /// <summary>Checks the next entry.</summary>
    public void Check(long position, LogEntry entry)
    {
        if (entry.Position != position)
        {
            findings.Add(
                FindingCode.EntryOutOfPlace, position,
                $"Entry {position} says it stands at {entry.Position}.", $"第 {position} 条自称位于第 {entry.Position} 条。");
        }

        if (entry.RecordedAt < Last)
        {
            findings.Add(
                FindingCode.TimeWentBack, position,
                $"Entry {position} was recorded at {entry.RecordedAt:O}, before the one in front of it ({Last:O}).",
                $"第 {position} 条的记录时间 {entry.RecordedAt:O} 早于前一条（{Last:O}）。");
        }

        Last = entry.RecordedAt;
        var before = versions.Put(entry.Stream, entry.Version);
        if (entry.Version != before + 1 && !(findings.HasMissing && entry.Version > before))
        {
            findings.Add(
                FindingCode.VersionGap, position,
                $"Entry {position} is version {entry.Version} of {entry.Stream}, which was at {before}.",
                $"第 {position} 条是 {entry.Stream} 的版本 {entry.Version}，而此前为 {before}。");
        }
    }
}
