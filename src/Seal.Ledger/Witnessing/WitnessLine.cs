using Seal.Ledger.Reading;

namespace Seal.Ledger.Witnessing;

/// <summary>The line to one witness: knows where it is, and how long to leave it alone after it failed.</summary>
internal sealed class WitnessLine(WitnessPeer peer, WitnessClient client, CosignatureRows rows, Prover prover, Checkpoints checkpoints, WitnessOptions options, TimeProvider clock)
{
    // The witness moved on twice while it was asked: others ask it as well, and the next round will do.
    private const int MostTurns = 3;

    private Cosignature? _last;
    private long? _size;
    private string? _fault;
    private int _failures;
    private long _failedAt;

    /// <summary>How the log stands with it.</summary>
    public WitnessState State => new(peer.Key.Name, peer.Key.KeyId, Volatile.Read(ref _last)?.Size ?? 0, Volatile.Read(ref _last)?.At, Volatile.Read(ref _fault));

    /// <summary>Whether it failed lately and is left alone.</summary>
    public bool IsResting => _failures > 0 && clock.GetElapsedTime(_failedAt) < Pause;

    private TimeSpan Pause => TimeSpan.FromTicks(long.Min(options.LongestPause.Ticks, options.Interval.Ticks << int.Min(_failures - 1, 16)));

    /// <summary>Whether the last checkpoint it cosigned has this size.</summary>
    public bool HasSeen(long size) => Volatile.Read(ref _last)?.Size == size;

    /// <summary>Has a checkpoint cosigned.</summary>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public async Task PushAsync(SignedCheckpoint checkpoint, CancellationToken ct)
    {
        if (_size is null)
        {
            Volatile.Write(ref _last, await rows.LastAsync(peer.Key, ct));
            _size = _last?.Size ?? 0;
            if (HasSeen(checkpoint.Head.Size))
            {
                return;
            }
        }

        Note(await AskAsync(checkpoint, ct));
    }

    private async Task<string?> AskAsync(SignedCheckpoint checkpoint, CancellationToken ct)
    {
        for (var turn = 0; turn < MostTurns; turn++)
        {
            if (_size > checkpoint.Head.Size)
            {
                // Another process of this ledger may have sent it a newer one.
                checkpoint = await checkpoints.NewestAsync(ct);
                if (_size > checkpoint.Head.Size)
                {
                    var seen = _size;
                    _size = checkpoint.Head.Size;
                    return $"The witness saw {seen} entries and the log has only {checkpoint.Head.Size}: its end is gone.";
                }
            }

            var proof = await prover.ConsistencyAsync(_size!.Value, checkpoint.Head.Size, ct);
            switch (await client.AskAsync(new AddCheckpoint(_size.Value, proof.Hashes, checkpoint.Note), checkpoint.Head, ct))
            {
                case WitnessReply.Cosigned cosigned:
                    await rows.KeepAsync(cosigned.Line, checkpoint.Head.Size, ct);
                    _size = checkpoint.Head.Size;
                    Volatile.Write(ref _last, cosigned.Said);
                    return null;
                case WitnessReply.OtherSize other:
                    _size = other.Size;
                    break;
                case WitnessReply.Refused refused:
                    return refused.Why;
            }
        }

        return "The witness is at another size each time it is asked.";
    }

    private void Note(string? fault)
    {
        Volatile.Write(ref _fault, fault);
        _failures = fault is null ? 0 : _failures + 1;
        _failedAt = clock.GetTimestamp();
    }
}
