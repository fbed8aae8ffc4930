using System.Collections.Frozen;
using System.Security.Cryptography;
using Seal.Ledger.Merkle;

namespace Seal.Ledger.Witnessing;

/// <summary>
/// A witness (C2SP tlog-witness): cosigns the checkpoints of the logs it watches as long as each continues the one before, and
/// so never says of one log two things that do not go together. It keeps what it is about to say before it says it.
/// </summary>
public sealed class Witness : IDisposable
{
    private readonly FrozenDictionary<string, WatchedLog> _logs;
    private readonly IWitnessMemory _memory;
    private readonly INoteSigner _key;
    private readonly Action<string> _onContradiction;

    private Witness(FrozenDictionary<string, WatchedLog> logs, IWitnessMemory memory, INoteSigner key, Action<string> onContradiction) =>
        (_logs, _memory, _key, _onContradiction) = (logs, memory, key, onContradiction);

    /// <summary>Takes up a witness's work where its memory left it.</summary>
    /// <param name="keys">The keys of the logs; the name of a key is the origin of its log, and a log may have several.</param>
    /// <param name="memory">What it cosigned before.</param>
    /// <param name="key">Cosigns.</param>
    /// <param name="onContradiction">Told, in a sentence for the operator, when a log says two things.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <returns>The witness.</returns>
    /// <exception cref="FormatException">The memory of a log cannot be read. It is not begun anew, which would let the log rewrite itself.</exception>
    /// <exception cref="CryptographicException">The memory of a log is not signed by the keys given.</exception>
    public static async Task<Witness> StartAsync(IEnumerable<INoteVerifier> keys, IWitnessMemory memory, INoteSigner key, Action<string> onContradiction, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(key);
        var logs = new Dictionary<string, WatchedLog>();
        foreach (var log in keys.GroupBy(one => one.Name))
        {
            var last = await memory.ReadAsync(log.Key, ct) is { } note
                ? SignedCheckpoint.Verify(note, log.Key, [.. log]).Head
                : new TreeHead(0, MerkleHash.EmptyRoot);
            logs.Add(log.Key, new WatchedLog([.. log], last));
        }

        return new Witness(logs.ToFrozenDictionary(), memory, key, onContradiction);
    }

    /// <summary>The size of the last checkpoint that was cosigned.</summary>
    /// <param name="origin">The log.</param>
    /// <returns>The size; 0 if there was none; null if the log is not watched.</returns>
    public long? SizeOf(string origin) => _logs.TryGetValue(origin, out var log) ? log.Last.Size : null;

    /// <summary>Answers <c>add-checkpoint</c>. Requests about one log wait for one another.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="ct">Gives up while it still waits its turn.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="IOException">The memory cannot be written; nothing is cosigned.</exception>
    public async Task<WitnessAnswer> AddCheckpointAsync(ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        AddCheckpoint request;
        SignedNote note;
        string origin;
        TreeHead head;
        try
        {
            request = AddCheckpoint.Parse(body.Span);
            note = SignedNote.Parse(request.Checkpoint);
            (origin, head) = TreeHead.ParseCheckpointText(note.Text);
        }
        catch (FormatException e)
        {
            return WitnessAnswer.Malformed(e.Message);
        }

        if (!_logs.TryGetValue(origin, out var log))
        {
            return WitnessAnswer.UnknownLog(origin);
        }

        SignedNote signed;
        try
        {
            signed = note with { Signatures = note.Verify(log.Keys) };
        }
        catch (CryptographicException e)
        {
            return WitnessAnswer.NotSigned(e.Message);
        }

        await log.Turn.WaitAsync(ct);
        try
        {
            return await AddAsync(log, origin, request, signed, head);
        }
        finally
        {
            log.Turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var log in _logs.Values)
        {
            log.Turn.Dispose();
        }
    }

    private async Task<WitnessAnswer> AddAsync(WatchedLog log, string origin, AddCheckpoint request, SignedNote signed, TreeHead head)
    {
        if (WitnessRules.Refuse(log.Last, request, head) is { } refusal)
        {
            if (head.Size == log.Last.Size && head != log.Last)
            {
                await _memory.KeepContradictionAsync(origin, signed.ToString());
                _onContradiction($"The log {origin} signed two trees of {head.Size} entries.");
            }

            return refusal;
        }

        var cosigned = SignedNote.Sign(signed.Text, [_key]);
        if (head != log.Last)
        {
            await _memory.KeepAsync(origin, signed.ToString());
            log.Last = head;
        }

        return WitnessAnswer.Cosigned(cosigned.SignatureLines());
    }

    private sealed class WatchedLog(IReadOnlyList<INoteVerifier> keys, TreeHead last)
    {
        public IReadOnlyList<INoteVerifier> Keys => keys;

        public SemaphoreSlim Turn { get; } = new(1);

        public TreeHead Last { get; set; } = last;
    }
}
