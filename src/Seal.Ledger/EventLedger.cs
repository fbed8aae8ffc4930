using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Seal.Ledger.Appending;
using Seal.Ledger.Projections;
using Seal.Ledger.Reading;
using Seal.Ledger.Replication;
using Seal.Ledger.Storage;
using Seal.Ledger.Tiles;
using Seal.Ledger.Witnessing;

namespace Seal.Ledger;

/// <summary>
/// An event store on PostgreSQL that can prove itself: atomic appends over several streams, one gapless order, and a Merkle
/// tree over everything. Safe for use by many threads; several processes may share one database.
/// </summary>
public sealed class EventLedger : IAsyncDisposable
{
    private const int RehearsalLength = 1 << 16;

    private readonly Database _database;
    private readonly ProjectionSet _projections;
    private readonly ClockGuard _clock;
    private readonly EventRows _events;
    private readonly SharedReads _shared;
    private readonly RequestRows _requests;
    private readonly Prover _prover;
    private readonly Checkpoints _checkpoints;
    private readonly Sequencer _sequencer;
    private readonly BackgroundWork _background;
    private readonly WitnessRounds _witnesses;
    private readonly ReplicaReads? _replica;

    private EventLedger(LedgerOptions options, ProjectionSet projections, ReplicaServer? replica)
    {
        _projections = projections;
        Origin = options.Origin;
        _database = new Database(options.ConnectionString, options.EnsureDatabase, options.Pooled, options.DirectConnectionString);
        _clock = new ClockGuard(options.Clock, options.MaximumForwardJump, options.MaximumSilence);
        _events = new EventRows(_database);
        _shared = new SharedReads(_events);
        _requests = new RequestRows(_database);
        _prover = new Prover(_database, _events);
        _checkpoints = new Checkpoints(_database, options, _prover);
        _background = new BackgroundWork(options, _checkpoints, _requests);
        _witnesses = new WitnessRounds(options.Witnesses, options.Clock, _database, _checkpoints, _prover);
        Readers = new LedgerReaders(_database, options, _events);
        _sequencer = new Sequencer(_database, options, _clock, projections.Fingerprint, HeadMoved);
        Projections = new ProjectionReader(_database, projections);
        if (replica is null)
        {
            Shown = new ShownLedger(Projections, _events, _prover);
            Tiles = new TileReader(_database, _events);
            return;
        }

        _replica = new ReplicaReads(_database, replica);
        var events = new EventRows(_replica);
        Shown = new ShownLedger(new ProjectionReader(_replica, projections), events, new Prover(_replica, events));
        Tiles = new TileReader(_replica, events);
    }

    /// <summary>The log's name in its checkpoints.</summary>
    public string Origin { get; }

    /// <summary>Reads the inline projections, from the database itself: for what decides something.</summary>
    public ProjectionReader Projections { get; }

    /// <summary>Reads what is only shown, from the replica where there is one.</summary>
    public ShownLedger Shown { get; }

    /// <summary>How the replica serves; null if there is none.</summary>
    public ReplicaStatus? Replica => _replica?.Status;

    /// <summary>What follows the log in the background: async projections and automations.</summary>
    public LedgerReaders Readers { get; }

    /// <summary>The log in the form of C2SP tlog-tiles, from the replica where there is one.</summary>
    public TileReader Tiles { get; }

    /// <summary>What last went wrong in the background (signing checkpoints, forgetting old requests); null if the last run went well. For health.</summary>
    public Exception? BackgroundFault => _background.Fault ?? _witnesses.Fault;

    /// <summary>
    /// Why this process could append nothing when it last tried: PostgreSQL away, its disk full, a clock that is not believed;
    /// null if the last batch was made. For health; <see cref="RehearseAsync"/> finds out whether it is still so.
    /// </summary>
    public LedgerException? Impediment => _sequencer.Impediment;

    /// <summary>How the log stands with its witnesses.</summary>
    public WitnessStatus Witnesses => _witnesses.Status;

    /// <summary>Opens the ledger: brings the schema and the projections up to date and starts taking appends.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="ct">Cancels the opening.</param>
    /// <returns>The ledger; dispose of it to finish what waits.</returns>
    /// <exception cref="LedgerConfigurationException">Database and settings do not fit.</exception>
    /// <exception cref="LedgerUnavailableException">PostgreSQL cannot be reached.</exception>
    public static async Task<EventLedger> OpenAsync(LedgerOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        var projections = new ProjectionSet(options.Projections);
        EventLedger ledger;
        try
        {
            await Opening.RunAsync(options, projections, ct);
            ledger = new EventLedger(options, projections, await ReplicaServer.FindAsync(options, ct));
        }
        catch (Exception e) when (Database.IsConnectionLoss(e) && !ct.IsCancellationRequested)
        {
            throw new LedgerUnavailableException("PostgreSQL cannot be reached: " + e.Message, outcomeUnknown: false, e);
        }

        if (ledger._replica is { } replica)
        {
            await replica.StartAsync();
        }

        return ledger;
    }

    /// <summary>Appends events, all or nothing. When it returns, they are on disk.</summary>
    /// <param name="request">Events, expected versions, conditions, idempotency key.</param>
    /// <param name="ct">Gives the append up while it still waits its turn; once a batch has taken it, it is finished.</param>
    /// <returns>The events as recorded; those of the first time if the idempotency key is known.</returns>
    /// <exception cref="ConcurrencyException">A stream is not at the expected version.</exception>
    /// <exception cref="ConditionFailedException">A condition does not hold.</exception>
    /// <exception cref="IdempotencyConflictException">The key was used for another request.</exception>
    /// <exception cref="EventTooLargeException">An event does not fit an entry of the log.</exception>
    /// <exception cref="ClockJumpException">The clock is not believed.</exception>
    /// <exception cref="AppendRefusedException">An inline projection could not take an event.</exception>
    /// <exception cref="LedgerUnavailableException">PostgreSQL is away, or the answer cannot be given; the exception says whether the outcome is known.</exception>
    /// <exception cref="CanonicalJsonException">A body or the metadata is not a JSON object with one canonical form.</exception>
    /// <exception cref="LedgerConfigurationException">A proof is asked for and there is no signer, or this process has other projections than the ledger.</exception>
    /// <exception cref="ArgumentException">The request is malformed.</exception>
    public async Task<AppendResult> AppendAsync(AppendRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.WithProof)
        {
            _checkpoints.RequireSigner();
        }

        var answer = await _sequencer.AppendAsync(PendingAppend.Prepare(request, _projections), ct);

        // The append is made: giving up now would only hide its answer, and whatever goes wrong now must not look like a refusal.
        try
        {
            var result = await ResultAsync(answer, CancellationToken.None);
            return request.WithProof && result.Events.Count > 0
                ? result with { Proof = await ProveAsync([.. request.AlsoProven, .. result.Events.Select(e => e.Position)], CancellationToken.None) }
                : result;
        }
        catch (Exception e)
        {
            throw new LedgerUnavailableException("The events are in the log, but their answer could not be given. " + e.Message, outcomeUnknown: true, e);
        }
    }

    /// <summary>Finds the answer to a request made before, so that a replay is answered before any effect is begun again.</summary>
    /// <param name="scope">Scope of the idempotency key.</param>
    /// <param name="key">The key.</param>
    /// <param name="requestDigest">Digest of the request.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The answer, or null if the key is not known or no longer.</returns>
    /// <exception cref="IdempotencyConflictException">The key was used for another request.</exception>
    public async Task<AppendResult?> FindRequestAsync(string scope, string key, ReadOnlyMemory<byte> requestDigest, CancellationToken ct)
    {
        var known = await _requests.FindAsync(scope, key, _background.Now, ct);
        if (known is null)
        {
            return null;
        }

        if (!known.Digest.Span.SequenceEqual(requestDigest.Span))
        {
            throw new IdempotencyConflictException(scope, key);
        }

        return await ResultAsync(new AppendAnswer(null, known.FirstPosition, known.Count, Replayed: true, known.Outcome), ct);
    }

    /// <summary>Reads one stream in order of version.</summary>
    /// <param name="stream">Text <c>type/key</c>.</param>
    /// <param name="until">Up to where.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>Its events; none if it does not exist.</returns>
    public IAsyncEnumerable<RecordedEvent> ReadStreamAsync(string stream, ReadUntil until, CancellationToken ct) => _events.StreamAsync(stream, until, ct);

    /// <summary>Reads several streams in one round trip, as they stood at one moment.</summary>
    /// <param name="streams">Texts <c>type/key</c>.</param>
    /// <param name="until">Up to where, for each of them.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The events of every stream asked for, in order of version; an empty list for one that does not exist.</returns>
    public Task<IReadOnlyDictionary<string, IReadOnlyList<RecordedEvent>>> ReadStreamsAsync(
        IReadOnlyCollection<string> streams, ReadUntil until, CancellationToken ct) =>
        until == ReadUntil.All ? _shared.ReadAsync(streams, ct) : _events.StreamsAsync(streams, until, ct);

    /// <summary>Reads the whole log in order of position, up to the head as it is at the start.</summary>
    /// <param name="fromPosition">The first position wanted, from 0.</param>
    /// <param name="types">Only events of these types; null for all.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The events.</returns>
    public async IAsyncEnumerable<RecordedEvent> ReadAllAsync(
        long fromPosition, IReadOnlyCollection<string>? types, [EnumeratorCancellation] CancellationToken ct)
    {
        var end = await _events.SizeAsync(ct);
        await foreach (var recorded in _events.AllAsync(fromPosition, end, types, ct))
        {
            yield return recorded;
        }
    }

    /// <summary>Reads one event.</summary>
    /// <param name="position">Its position.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The event, or null if the log is not so long.</returns>
    public async Task<RecordedEvent?> FindAsync(long position, CancellationToken ct) =>
        (await _events.RangeAsync(position, position + 1, ct)).SingleOrDefault();

    /// <summary>Number of events in the log.</summary>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The size.</returns>
    public Task<long> SizeAsync(CancellationToken ct) => _events.SizeAsync(ct);

    /// <summary>The checkpoint of the newest head; signed now if the head moved since the last.</summary>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The checkpoint.</returns>
    /// <exception cref="LedgerCorruptException">The log does not continue what was signed before.</exception>
    /// <exception cref="LedgerConfigurationException">There is no signer.</exception>
    public Task<SignedCheckpoint> CheckpointAsync(CancellationToken ct) => _checkpoints.NewestAsync(ct);

    /// <summary>The newest checkpoint that enough witnesses cosigned; its note carries their lines behind the log's.</summary>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The checkpoint; null if there is none, or no witnesses are set.</returns>
    public Task<WitnessedCheckpoint?> WitnessedCheckpointAsync(CancellationToken ct) => _witnesses.WitnessedAsync(long.MaxValue, ct);

    /// <summary>Proves that an event is in the tree of a given size.</summary>
    /// <param name="position">The event's position.</param>
    /// <param name="treeSize">Size of the tree, larger than the position and not larger than the log.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The proof.</returns>
    public async Task<InclusionProof> ProveInclusionAsync(long position, long treeSize, CancellationToken ct) =>
        (await ProveInclusionsAsync([position], treeSize, ct))[0];

    /// <summary>Proves that events are in the tree of a given size, all in one round trip.</summary>
    /// <param name="positions">The events' positions.</param>
    /// <param name="treeSize">Size of the tree, larger than every position and not larger than the log.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>A proof for each, in the same order.</returns>
    public Task<IReadOnlyList<InclusionProof>> ProveInclusionsAsync(IReadOnlyList<long> positions, long treeSize, CancellationToken ct) =>
        _prover.InclusionsAsync(positions, treeSize, ct);

    /// <summary>Proves that the log as it was is the beginning of the log as it is.</summary>
    /// <param name="from">Size of the older tree.</param>
    /// <param name="to">Size of the newer tree, not larger than the log.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The proof.</returns>
    public Task<ConsistencyProof> ProveConsistencyAsync(long from, long to, CancellationToken ct) => _prover.ConsistencyAsync(from, to, ct);

    /// <summary>Reads every event, hashes it anew and computes the root from that alone. Memory stays flat.</summary>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The tree head that the events have, whatever the ledger's other tables say.</returns>
    /// <exception cref="LedgerCorruptException">A position is missing between two events.</exception>
    public Task<TreeHead> RecomputeAsync(CancellationToken ct) => new Recomputation(_events).RunAsync(ct);

    /// <summary>Takes the way of an append, to the disk and back, without an event; so that what ends an <see cref="Impediment"/> is noticed although nobody appends.</summary>
    /// <param name="ct">Gives up.</param>
    /// <returns>When it was made.</returns>
    /// <exception cref="LedgerException">It could not be made, and an append could not either.</exception>
    public Task RehearseAsync(CancellationToken ct)
    {
        // Needs room of its own on a disk, and is forgotten like any other key.
        var key = new IdempotencyKey("rehearsal", RandomNumberGenerator.GetHexString(32), ReadOnlyMemory<byte>.Empty, RandomNumberGenerator.GetHexString(RehearsalLength));
        return AppendAsync(new AppendRequest([], ReadOnlyMemory<byte>.Empty) { Idempotency = key }, ct);
    }

    /// <summary>
    /// The time, for one who states it to others (a time-stamping authority): the clock, once this process's monotonic clock, the
    /// last event and the database server's clock do not contradict it, neither forward nor backward.
    /// </summary>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The time, never before the last event's, in whole microseconds.</returns>
    /// <exception cref="ClockJumpException">The clock is not believed.</exception>
    /// <exception cref="LedgerUnavailableException">PostgreSQL cannot be asked.</exception>
    public async Task<DateTimeOffset> TimeAsync(CancellationToken ct)
    {
        var (last, server) = await _events.TimesAsync(ct);
        return _clock.Tell(last, server);
    }

    /// <summary>An operator states that the clock, as it is now, is right: ends the stop that <see cref="ClockJumpException"/> tells of, in this process.</summary>
    public void ConfirmClock() => _clock.Confirm();

    /// <summary>Finishes the appends that wait, signs a last checkpoint and closes.</summary>
    /// <returns>When all is done.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_replica is not null)
        {
            await _replica.DisposeAsync();
        }

        await _witnesses.DisposeAsync();
        await Readers.DisposeAsync();
        await _sequencer.DisposeAsync();
        await _background.DisposeAsync();
        _checkpoints.Dispose();
        await _database.DisposeAsync();
    }

    private void HeadMoved(long size)
    {
        _background.HeadMoved(size);
        Readers.HeadMoved(size);
    }

    private async Task<AppendResult> ResultAsync(AppendAnswer answer, CancellationToken ct)
    {
        var recorded = answer.Events ?? await _events.RangeAsync(answer.FirstPosition, answer.FirstPosition + answer.Count, ct);
        return new AppendResult(recorded, answer.Replayed, answer.Outcome, Proof: null);
    }

    private async Task<AppendProof> ProveAsync(IReadOnlyList<long> positions, CancellationToken ct)
    {
        var checkpoint = await _checkpoints.CoveringAsync(positions[^1] + 1, ct);
        return new AppendProof(await _prover.InclusionsAsync(positions, checkpoint.Head.Size, ct), checkpoint);
    }
}
