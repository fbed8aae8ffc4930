using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Seal.Ledger.Evidence;

/// <summary>
/// Writes an evidence file line by line: header, streams with their events, materials, end. However large it becomes, no
/// more than a handful of streams is in memory.
/// </summary>
/// <param name="ledger">The log.</param>
/// <param name="checkpoint">The checkpoint under which everything is proven.</param>
/// <param name="signers">The log's keys, for the statement at the end.</param>
/// <param name="output">Where it goes; stays the caller's.</param>
public sealed class EvidenceWriter(EventLedger ledger, SignedCheckpoint checkpoint, IReadOnlyCollection<INoteSigner> signers, Stream output) : IDisposable
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private string _about = "";
    private long _streams;
    private long _events;
    private long _materials;

    /// <summary>Up to where streams are read: what the checkpoint covers.</summary>
    private ReadUntil Until => checkpoint.Head.Size == 0 ? ReadUntil.Version(0) : ReadUntil.Position(checkpoint.Head.Size - 1);

    /// <summary>Writes the first line.</summary>
    /// <param name="about">The stream that the file is about.</param>
    /// <param name="scope">Which streams will be there.</param>
    /// <param name="madeAt">Now (UTC).</param>
    /// <param name="keys">The log's public keys, for reference.</param>
    /// <param name="reading">How to read the file.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>When it is written.</returns>
    public Task BeginAsync(string about, string scope, DateTimeOffset madeAt, IReadOnlyList<string> keys, IReadOnlyList<string> reading, CancellationToken ct)
    {
        _about = about;
        return WriteAsync(new EvidenceHeader(EvidenceHeader.CurrentFormat, about, scope, madeAt.ToUniversalTime(), checkpoint.Note, keys, reading), ct);
    }

    /// <summary>Writes streams with all their events under the checkpoint; one that has none is left out.</summary>
    /// <param name="streams">Texts <c>type/key</c>; as many as may be in memory at once.</param>
    /// <param name="words">Finds what an event only commits to.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The events written.</returns>
    public async Task<IReadOnlyList<RecordedEvent>> WriteStreamsAsync(
        IReadOnlyCollection<string> streams, Func<RecordedEvent, Task<IReadOnlyList<EvidenceWords>>> words, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(streams);
        ArgumentNullException.ThrowIfNull(words);
        var read = await ledger.Shown.ReadStreamsAsync(streams, Until, ct);
        List<RecordedEvent> events = [.. streams.Distinct().SelectMany(stream => read[stream])];
        var proofs = await ledger.Shown.ProveInclusionsAsync([.. events.Select(recorded => recorded.Position)], checkpoint.Head.Size, ct);
        for (var i = 0; i < events.Count; i++)
        {
            var recorded = events[i];
            if (i == 0 || events[i - 1].Stream != recorded.Stream)
            {
                _streams++;
                await WriteAsync(new EvidenceStream(recorded.Stream, read[recorded.Stream][^1].Version), ct);
            }

            _events++;
            var said = await words(recorded);
            await WriteAsync(
                new EvidenceEvent(recorded.Position, Encoding.UTF8.GetString(recorded.ToLeaf()), proofs[i].Hashes, said.Count > 0 ? said : null), ct);
        }

        return events;
    }

    /// <summary>Writes a file that belongs to the events.</summary>
    /// <param name="material">The file.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>When it is written.</returns>
    public Task WriteAsync(EvidenceMaterial material, CancellationToken ct)
    {
        _materials++;
        return WriteAsync((EvidenceRecord)material, ct);
    }

    /// <summary>Writes the last line: what was written is signed.</summary>
    /// <param name="ct">Gives up.</param>
    /// <returns>When it is written.</returns>
    public Task EndAsync(CancellationToken ct)
    {
        var statement = new EvidenceStatement(ledger.Origin, _about, checkpoint.Head.Size, _digest.GetHashAndReset());
        return WriteAsync(new EvidenceEnd(_streams, _events, _materials, SignedNote.Sign(statement.ToText(), signers).ToString()), ct);
    }

    /// <inheritdoc/>
    public void Dispose() => _digest.Dispose();

    private async Task WriteAsync(EvidenceRecord record, CancellationToken ct)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(record, EvidenceRecord.Json), .. NewLine];
        _digest.AppendData(line);
        await output.WriteAsync(line, ct);
    }
}
