using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Npgsql;
using Seal.Ledger.Readers;
using Seal.Ledger.Storage;

namespace Seal.Ledger;

/// <summary>The async projections and automations of this process, and how far those of all processes are.</summary>
public sealed partial class LedgerReaders : IAsyncDisposable
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    private readonly Database _database;
    private readonly ReaderRows _rows;
    private readonly ReaderTools _tools;
    private readonly HeadWatch _head;
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<(string Name, long Generation), (CancellationTokenSource Stop, Task Loop)> _loops = [];
    private IReadOnlyList<LedgerReader> _readers = [];
    private IReadOnlyList<ReaderState> _latest = [];
    private Task _supervisor = Task.CompletedTask;

    internal LedgerReaders(Database database, LedgerOptions options, EventRows events)
    {
        _database = database;
        _rows = new ReaderRows(database);
        _head = new HeadWatch(database);
        _tools = new ReaderTools(database, events, _head, options.ReaderLease, options.ReaderChunk, (reader, code) => Failed?.Invoke(reader, code));
    }

    /// <summary>Tells of every failed try of this process: the reader's name, and the SQLSTATE or the name of the exception. Called from any thread; must not throw.</summary>
    public Action<string, string>? Failed { get; set; }

    /// <summary>How far the readers were about a second ago, for metrics; empty until they are started.</summary>
    public IReadOnlyList<ReaderState> Latest => Volatile.Read(ref _latest);

    /// <summary>Begins to read along. To be called once, when all that automations need is there.</summary>
    /// <param name="readers">The readers of this process; all processes of one version of the software have the same.</param>
    /// <exception cref="ArgumentException">A name is none, or is there twice.</exception>
    public void Start(IReadOnlyList<LedgerReader> readers)
    {
        ArgumentNullException.ThrowIfNull(readers);
        if (readers.FirstOrDefault(r => !(r is AsyncProjection ? ProjectionName() : AutomationName()).IsMatch(r.Name)) is { } misnamed)
        {
            throw new ArgumentException($"'{misnamed.Name}' cannot name a reader: small letters, digits and, but for projections, -; at most 40.", nameof(readers));
        }

        if (readers.DistinctBy(r => r.Name).Count() != readers.Count)
        {
            throw new ArgumentException("Two readers have the same name.", nameof(readers));
        }

        _readers = readers;
        _head.Start();
        _supervisor = Task.Run(SuperviseAsync);
    }

    /// <summary>How far every reader in the database is.</summary>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>One state for each build, by name and generation.</returns>
    public Task<IReadOnlyList<ReaderState>> StatesAsync(CancellationToken ct) => _rows.StatesAsync(ct);

    /// <summary>Asks for a projection to be built anew from all events: an async one beside the one in use, an inline one at the next start of a process.</summary>
    /// <param name="projection">Its name.</param>
    /// <param name="ct">Cancels the request.</param>
    /// <returns>What will be done.</returns>
    /// <exception cref="ArgumentException">There is no such projection.</exception>
    public Task<RebuildAnswer> RebuildAsync(string projection, CancellationToken ct) =>
        _database.ReadAsync(connection => RebuildRequest.MakeAsync(connection, projection, ct), ct);

    /// <summary>Reads an async projection's rows and, of the same moment, how many events are in them.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="projection">Its name.</param>
    /// <param name="read">Reads the build it is given.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>What was read; the default if no build has caught up yet.</returns>
    public async Task<T?> ReadAsync<T>(string projection, Func<NpgsqlConnection, ProjectionBuild, Task<T>> read, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(read);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await _database.ReadAsync(connection => ReaderRows.ReadServingAsync(connection, projection, read, ct), ct);
            }
            catch (PostgresException gone) when (gone.SqlState == PostgresErrorCodes.UndefinedTable && attempt == 1)
            {
                // Another build took its place in between.
            }
        }
    }

    /// <summary>Waits until a reader has taken everything before a position.</summary>
    /// <param name="reader">Its name.</param>
    /// <param name="position">The first position that need not be taken.</param>
    /// <param name="patience">How long at most.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>Whether it has.</returns>
    public async Task<bool> WaitForAsync(string reader, long position, TimeSpan patience, CancellationToken ct)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await _rows.PositionAsync(reader, ct) >= position)
            {
                return true;
            }

            if (TimeProvider.System.GetElapsedTime(start) >= patience)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), ct);
        }
    }

    /// <summary>Stops reading and gives all leases back, so that other processes go on at once.</summary>
    /// <returns>When what was begun is done or undone.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        await _supervisor;
        foreach (var loop in _loops.Keys.ToList())
        {
            await EndAsync(loop);
        }

        await _head.DisposeAsync();
        _stop.Dispose();
    }

    internal void HeadMoved(long size) => _head.MovedTo(size);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The database is away or refuses; the next round tries again, and health tells of it.")]
    private async Task SuperviseAsync()
    {
        var enrolled = false;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (!enrolled)
                {
                    await _rows.EnrolAsync(_readers, _stop.Token);
                    enrolled = true;
                }

                var states = await _rows.StatesAsync(_stop.Token);
                Volatile.Write(ref _latest, states);
                await MatchAsync(states);
            }
            catch (Exception e) when (!_stop.IsCancellationRequested)
            {
                Failed?.Invoke("readers", e is PostgresException refused ? refused.SqlState : e.GetType().Name);
            }
            catch (Exception)
            {
                break;
            }

            await Task.Delay(Round, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A loop for every build that this process has the code for, and none for others.</summary>
    private async Task MatchAsync(IReadOnlyList<ReaderState> states)
    {
        var mine = states.SelectMany(state => _readers.Where(r => r.Name == state.Name && r.Version == state.Version).Select(r => (Reader: r, state.Generation)))
            .ToDictionary(one => (one.Reader.Name, one.Generation), one => one.Reader);
        foreach (var gone in _loops.Keys.Except(mine.Keys).ToList())
        {
            await EndAsync(gone);
        }

        foreach (var (build, reader) in mine.Where(one => !_loops.ContainsKey(one.Key)))
        {
            ReaderLoop loop = reader switch
            {
                AsyncProjection projection => new ProjectionLoop(_tools, projection, build.Generation),
                Automation automation => new AutomationLoop(_tools, automation, build.Generation),
                _ => throw new NotSupportedException($"{reader.GetType().Name} is no reader that is known."),
            };
            var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            _loops.Add(build, (stop, Task.Run(() => loop.RunAsync(stop.Token))));
        }
    }

    private async Task EndAsync((string Name, long Generation) build)
    {
        _loops.Remove(build, out var running);
        await running.Stop.CancelAsync();
        await running.Loop;
        running.Stop.Dispose();
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$")]
    private static partial Regex ProjectionName();

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,39}$")]
    private static partial Regex AutomationName();
}
