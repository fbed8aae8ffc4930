using System.Diagnostics.CodeAnalysis;
using Seal.Ledger.Reading;

namespace Seal.Ledger.Witnessing;

/// <summary>
/// Sends checkpoints to the witnesses, beside everything else. One checkpoint at a time is everybody's: each witness on its
/// own would cosign sizes that no other has seen. It gives way to the newest when enough have cosigned it, when nobody is
/// busy with it, or when it has waited long enough; so a slow witness misses some, and a dead one holds nobody up.
/// </summary>
internal sealed class WitnessRounds : IAsyncDisposable
{
    private const long LargestAnswer = 64 * 1024;

    private readonly WitnessOptions _options;
    private readonly TimeProvider _clock;
    private readonly Checkpoints _checkpoints;
    private readonly CosignatureRows _rows;
    private readonly IReadOnlyList<INoteVerifier> _keys;
    private readonly IReadOnlyList<WitnessLine> _lines;
    private readonly Task[] _busy;
    private readonly HttpClient _http;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private readonly Lock _reporting = new();
    private SignedCheckpoint? _target;
    private long _targetSince;
    private Witnessed? _witnessed;
    private Exception? _fault;

    public WitnessRounds(WitnessOptions options, TimeProvider clock, Storage.Database database, Checkpoints checkpoints, Prover prover)
    {
        (_options, _clock, _checkpoints) = (options, clock, checkpoints);
        _rows = new CosignatureRows(database);
        _http = Client(options.Timeout);
        _keys = [.. options.Peers.Select(peer => peer.Key)];
        _lines = [.. options.Peers.Select(peer => new WitnessLine(peer, new WitnessClient(_http, peer), _rows, prover, checkpoints, options, clock))];
        _busy = [.. _lines.Select(_ => Task.CompletedTask)];
        _loop = options.Peers.Count == 0 ? Task.CompletedTask : Task.Run(RunAsync);
    }

    /// <summary>How the log stands with its witnesses, as far as is known.</summary>
    public WitnessStatus Status
    {
        get
        {
            var witnessed = Volatile.Read(ref _witnessed);
            // What is no exception of ours may tell of the machine.
            var fault = Fault is null ? null : Fault is LedgerException known ? known.Message : "The ledger cannot be read.";
            return new(_options.Needed, witnessed?.Size, witnessed?.At, [.. _lines.Select(line => line.State)], fault);
        }
    }

    /// <summary>What last went wrong on this side of the line; null if nothing did.</summary>
    public Exception? Fault => Volatile.Read(ref _fault);

    /// <summary>The newest checkpoint that enough witnesses cosigned.</summary>
    /// <param name="largest">Only of this size or smaller.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The checkpoint; null if there is none.</returns>
    public Task<WitnessedCheckpoint?> WitnessedAsync(long largest, CancellationToken ct) =>
        _keys.Count == 0 ? Task.FromResult<WitnessedCheckpoint?>(null) : _rows.WitnessedAsync(_keys, _options.Needed, largest, ct);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await Task.WhenAll(_busy);
        _http.Dispose();
        _stop.Dispose();
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The client disposes of its handler.")]
    private static HttpClient Client(TimeSpan timeout) => new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = timeout,
        MaxResponseContentBufferSize = LargestAnswer,
    };

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await TryAsync(RoundAsync);
                await Task.Delay(_options.Interval, _clock, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Closing.
        }
    }

    private async Task RoundAsync()
    {
        await ReportAsync();
        if (_target is null || _lines.Count(line => line.HasSeen(_target.Head.Size)) >= _options.Needed
            || _busy.All(task => task.IsCompleted) || _clock.GetElapsedTime(_targetSince) >= _options.Patience)
        {
            var newest = await _checkpoints.NewestAsync(_stop.Token);
            if (newest.Head.Size != _target?.Head.Size)
            {
                (_target, _targetSince) = (newest, _clock.GetTimestamp());
            }
        }

        if (_target is not { Head.Size: > 0 } target)
        {
            return;
        }

        for (var i = 0; i < _lines.Count; i++)
        {
            if (_lines[i] is { IsResting: false } line && _busy[i].IsCompleted && !line.HasSeen(target.Head.Size))
            {
                _busy[i] = TryAsync(async () =>
                {
                    await line.PushAsync(target, _stop.Token);
                    await ReportAsync();
                });
            }
        }
    }

    private async Task ReportAsync()
    {
        var witnessed = await WitnessedAsync(long.MaxValue, _stop.Token);
        var at = witnessed?.Cosignatures.Select(one => one.At).Order().ElementAt(_options.Needed - 1);
        lock (_reporting)
        {
            // Several lines report at once, and the slower may have read less.
            if (witnessed?.Checkpoint.Head.Size > (_witnessed?.Size ?? 0))
            {
                Volatile.Write(ref _witnessed, new Witnessed(witnessed.Checkpoint.Head.Size, at!.Value));
            }
        }
    }

    /// <summary>A failure here must not end the rounds: it is kept for health, and the next round tries again.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Kept and shown by EventLedger.BackgroundFault.")]
    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            Volatile.Write(ref _fault, null);
        }
        catch (Exception e)
        {
            // Broken off by closing: nobody looks any more.
            Volatile.Write(ref _fault, _stop.IsCancellationRequested ? null : e);
        }
    }

    private sealed record Witnessed(long Size, DateTimeOffset At);
}
