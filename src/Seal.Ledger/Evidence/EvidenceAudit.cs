using System.Security.Cryptography;
using Seal.Ledger.Auditing;

namespace Seal.Ledger.Evidence;

/// <summary>
/// Checks an evidence file and trusts nothing of it but the keys that the auditor brings: every event leads to the root of
/// one signed checkpoint, every stream is whole from its first version to the one stated, positions and times only grow
/// within it, and the whole is what the log signed. Memory stays flat.
/// </summary>
public sealed class EvidenceAudit : IDisposable
{
    private readonly AuditOptions _options;
    private readonly IEvidenceVisitor _visitor;
    private readonly Findings _findings;
    private readonly StreamVersions _seen = new(file: null);
    private EvidenceHeader? _header;
    private EvidenceCheckpoint? _checkpoint;
    private EvidenceStreamCheck? _stream;
    private EvidenceEnd? _end;
    private long _version;
    private long _streams;
    private long _events;
    private long _proven;
    private long _materials;

    private EvidenceAudit(AuditOptions options, IEvidenceVisitor visitor) => (_options, _visitor, _findings) = (options, visitor, new Findings(options.MaximumFindings));

    /// <summary>Checks a file.</summary>
    /// <param name="file">The file; read once from where it stands, never sought.</param>
    /// <param name="options">The keys, and checkpoints that were kept.</param>
    /// <param name="visitor">Told of all that is in it.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>What was found.</returns>
    public static async Task<EvidenceResult> RunAsync(Stream file, AuditOptions options, IEvidenceVisitor visitor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var audit = new EvidenceAudit(options, visitor);
        await foreach (var line in EvidenceReader.ReadAsync(file, ct))
        {
            audit.Take(line);
        }

        return audit.Finish();
    }

    /// <inheritdoc/>
    public void Dispose() => _seen.Dispose();

    private void Take(EvidenceLine line)
    {
        var isInPlace = line.Record switch
        {
            EvidenceHeader header when _header is null && line.Number == 1 => Take(header),
            EvidenceStream stream when IsOpen => Take(stream),
            EvidenceEvent recorded when IsOpen && _stream is not null => Take(recorded, line.Number),
            EvidenceMaterial material when IsOpen => Take(material, line.Number),
            EvidenceEnd end when IsOpen => Take(end, line.Before),
            _ => false,
        };
        if (!isInPlace)
        {
            _findings.Add(
                FindingCode.EvidenceMalformed, null,
                $"Line {line.Number} is no record of this format, or stands where it cannot.", $"第 {line.Number} 行不是此格式的记录，或位置不对。");
        }
    }

    private bool IsOpen => _header is not null && _end is null;

    private bool Take(EvidenceHeader header)
    {
        _header = header;
        _checkpoint = EvidenceCheckpoint.Read(header.Checkpoint, _options, _findings);
        return header.Format == EvidenceHeader.CurrentFormat;
    }

    private bool Take(EvidenceStream stream)
    {
        CloseStream();
        _streams++;
        _version = stream.Stream == _header!.About ? stream.Version : _version;
        _stream = new EvidenceStreamCheck(stream, _findings);
        if (_seen.Put(stream.Stream, stream.Version) != 0)
        {
            _findings.Add(FindingCode.EvidenceMalformed, null, $"The stream {stream.Stream} stands there twice.", $"事件流 {stream.Stream} 出现了两次。");
        }

        return true;
    }

    private bool Take(EvidenceEvent entry, long line)
    {
        _events++;
        RecordedEvent recorded;
        var leaf = System.Text.Encoding.UTF8.GetBytes(entry.Leaf);
        try
        {
            recorded = EventEnvelope.Read(leaf);
        }
        catch (FormatException)
        {
            _stream!.Skip();
            return false;
        }

        var isProven = _checkpoint?.Head is { } head && new InclusionProof(entry.Position, head.Size, default, entry.Hashes).Proves(leaf, head);
        if (isProven)
        {
            _proven++;
        }
        else
        {
            _findings.Add(
                FindingCode.NotProven, entry.Position,
                $"Line {line}: version {recorded.Version} of {recorded.Stream} at position {entry.Position} is not what the checkpoint covers: the event or its proof was changed.",
                $"第 {line} 行：{recorded.Stream} 的版本 {recorded.Version}（第 {entry.Position} 条）与检查点不符：事件或其证明被改动。");
        }

        _stream!.Take(entry.Position, recorded);
        Add(_visitor.Visit(recorded, entry.Words ?? [], isProven));
        return true;
    }

    private bool Take(EvidenceMaterial material, long line)
    {
        CloseStream();
        _materials++;
        if (material.Content is { } content && Convert.ToHexStringLower(SHA256.HashData(content.Span)) != material.Sha256)
        {
            _findings.Add(
                FindingCode.MaterialChanged, null,
                $"Line {line}: the {material.Kind} {material.Name} does not have its digest.", $"第 {line} 行：{material.Kind} {material.Name} 与其摘要不符。");
        }
        else
        {
            Add(_visitor.Visit(material));
        }

        return true;
    }

    private bool Take(EvidenceEnd end, ReadOnlyMemory<byte> before)
    {
        CloseStream();
        _end = end;
        Add(_visitor.Finish(_header!.MadeAt));
        if ((end.Streams, end.Events, end.Materials) != (_streams, _events, _materials))
        {
            _findings.Add(
                FindingCode.EvidenceIncomplete, null,
                $"The file says it has {end.Streams} streams, {end.Events} events and {end.Materials} materials; there are {_streams}, {_events} and {_materials}.",
                $"文件声明有 {end.Streams} 个事件流、{end.Events} 个事件、{end.Materials} 份材料，实有 {_streams}、{_events}、{_materials}。");
        }

        _checkpoint?.RequireStatement(end.Statement, _header.About, before, _options, _findings);
        return true;
    }

    private EvidenceResult Finish()
    {
        CloseStream();
        if (_header is null)
        {
            _findings.Add(FindingCode.EvidenceMalformed, null, "This is no evidence file.", "这不是证据文件。");
        }
        else
        {
            RequireEnd();
        }

        var told = _findings.Told(entriesHold: false, inOrder: true);
        if (_events > 1 && _proven == 0 && _checkpoint is not null && told[0].Code != FindingCode.CheckpointForged)
        {
            told = [RootIsWrong(_checkpoint.Head.Size), .. told];
        }

        return new EvidenceResult(
            _header, _checkpoint?.Origin ?? "", _checkpoint?.Head.Size ?? 0, _streams, _events, _proven, _materials,
            _options.Keys.Count > 0, _checkpoint?.Cosignatures ?? 0, _version, told, _findings.Count);
    }

    private static Finding RootIsWrong(long size) => new(
        FindingCode.RootMismatch, null,
        $"None of the events leads to the root of the checkpoint of {size} entries: the checkpoint was changed.", $"没有一个事件能证明到 {size} 条的检查点的根：检查点被改动。");

    private void RequireEnd()
    {
        if (_version == 0)
        {
            _findings.Add(
                FindingCode.EvidenceIncomplete, null, $"The stream {_header!.About}, which the file is about, is not there.", $"文件所述的事件流 {_header.About} 不在其中。");
        }

        if (_end is null)
        {
            _findings.Add(FindingCode.EvidenceIncomplete, null, "The file breaks off before its end.", "文件不完整，缺少结尾。");
        }
    }

    private void CloseStream()
    {
        _stream?.Close();
        _stream = null;
    }

    private void Add(IEnumerable<Finding> found)
    {
        foreach (var finding in found)
        {
            _findings.Add(finding.Code, finding.Position, finding.En, finding.Zh);
        }
    }
}
