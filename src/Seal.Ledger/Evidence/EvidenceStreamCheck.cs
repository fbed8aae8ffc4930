using Seal.Ledger.Auditing;

namespace Seal.Ledger.Evidence;

/// <summary>Checks that a stream in an evidence file is whole and in order.</summary>
internal sealed class EvidenceStreamCheck(EvidenceStream stream, Findings findings)
{
    private long _next = 1;
    private long _position = -1;
    private DateTimeOffset _time = DateTimeOffset.MinValue;

    /// <summary>An event that cannot be read, and is told of already.</summary>
    public void Skip() => _next++;

    public void Take(long position, RecordedEvent recorded)
    {
        if (recorded.Stream != stream.Stream || recorded.Position != position)
        {
            findings.Add(
                FindingCode.EntryOutOfPlace, position,
                $"The event at position {position} of {stream.Stream} says it is at {recorded.Position} of {recorded.Stream}.",
                $"{stream.Stream} 的第 {position} 条自称是 {recorded.Stream} 的第 {recorded.Position} 条。");
            Skip();
            return;
        }

        if (recorded.Version != _next)
        {
            var missing = recorded.Version > _next;
            findings.Add(
                missing ? FindingCode.EventMissing : FindingCode.VersionGap, position,
                missing
                    ? $"Version {_next} of {stream.Stream} is missing: version {recorded.Version} stands in its place."
                    : $"Version {recorded.Version} of {stream.Stream} stands where version {_next} belongs.",
                missing
                    ? $"缺少 {stream.Stream} 的版本 {_next}：该处是版本 {recorded.Version}。"
                    : $"{stream.Stream} 的版本 {_next} 处是版本 {recorded.Version}。");
        }

        if (recorded.RecordedAt < _time || position <= _position)
        {
            findings.Add(
                FindingCode.TimeWentBack, position,
                $"Version {recorded.Version} of {stream.Stream} was recorded before the version in front of it.",
                $"{stream.Stream} 的版本 {recorded.Version} 的记录时间早于前一版本。");
        }

        (_next, _position, _time) = (recorded.Version + 1, position, recorded.RecordedAt);
    }

    /// <summary>The stream ends here.</summary>
    public void Close()
    {
        if (_next != stream.Version + 1)
        {
            findings.Add(
                _next <= stream.Version ? FindingCode.EventMissing : FindingCode.VersionGap, null,
                _next <= stream.Version
                    ? $"Version {_next} of {stream.Stream} is missing: the file says it goes to {stream.Version}."
                    : $"The file says {stream.Stream} goes to version {stream.Version}; there is a version {_next - 1}.",
                _next <= stream.Version
                    ? $"缺少 {stream.Stream} 的版本 {_next}：文件声明至版本 {stream.Version}。"
                    : $"文件声明 {stream.Stream} 至版本 {stream.Version}，却有版本 {_next - 1}。");
        }
    }
}
