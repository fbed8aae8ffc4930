using Seal.Ledger.Witnessing;

namespace Seal.Ledger;

/// <summary>Settings of a ledger.</summary>
public sealed record LedgerOptions
{
    /// <summary>Npgsql connection string of the service's role, which may add and read events and never change one.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Connection string of the role that owns the schema and migrates it; null if it is the same.</summary>
    public string? OwnerConnectionString { get; init; }

    /// <summary>
    /// Whether the connection strings lead through a pooler that gives each transaction any server connection (PgBouncer with
    /// <c>pool_mode = transaction</c>).
    /// </summary>
    public bool Pooled { get; init; }

    /// <summary>A connection string that leads to the server itself, for LISTEN, where the others lead through a pooler; null: readers ask every 250 ms.</summary>
    public string? DirectConnectionString { get; init; }

    /// <summary>
    /// Connection string, for the service's role, of a streaming replica that takes the reads which are only shown
    /// (<see cref="EventLedger.Shown"/>, <see cref="EventLedger.Tiles"/>); null: the database itself.
    /// </summary>
    public string? ReplicaConnectionString { get; init; }

    /// <summary>How long a reader's lease lasts: when its leader dies, another process goes on after so long at most.</summary>
    public TimeSpan ReaderLease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most positions of the log that a reader takes at a time.</summary>
    public int ReaderChunk { get; init; } = 20_000;

    /// <summary>The log's name in checkpoints, such as <c>seal.example/ledger</c>; never changes in a database's life.</summary>
    public required string Origin { get; init; }

    /// <summary>The clock that <c>recordedAt</c> comes from.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Who signs checkpoints. Without any, the ledger works but has no checkpoints and no append proofs.</summary>
    public IReadOnlyList<INoteSigner> Signers { get; init; } = [];

    /// <summary>
    /// The inline projections. The last process that opens the ledger with some decides which there are: it rebuilds what is
    /// new or changed and drops what is gone. A process with others may then read, but its appends are refused.
    /// </summary>
    public IReadOnlyList<InlineProjection> Projections { get; init; } = [];

    /// <summary>
    /// How far the clock may run ahead of what is plausible: ahead of the process's monotonic clock since the last batch,
    /// or ahead of the database server's clock. Beyond it, appends stop with <see cref="ClockJumpException"/> until
    /// <see cref="EventLedger.ConfirmClock"/>. <see cref="Timeout.InfiniteTimeSpan"/> turns the watch off.
    /// </summary>
    public TimeSpan MaximumForwardJump { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a log may have been quiet before a start whose clock says so is doubted.</summary>
    public TimeSpan MaximumSilence { get; init; } = TimeSpan.FromDays(366);

    /// <summary>How long an idempotency key is remembered.</summary>
    public TimeSpan IdempotencyLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long the log waits between two checkpoints it signs unasked.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Who cosigns checkpoints. Asking them never delays an append.</summary>
    public WitnessOptions Witnesses { get; init; } = new();

    /// <summary>How long appends wait for a database that cannot be reached before they are refused.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most appends in one batch.</summary>
    public int BatchLimit { get; init; } = 1000;

    /// <summary>The most appends that wait; further callers wait to be let in.</summary>
    public int QueueLimit { get; init; } = 20_000;

    /// <summary>Called when PostgreSQL cannot be reached, so that a host that owns it can start it again; null if it does not.</summary>
    public Func<CancellationToken, Task>? EnsureDatabase { get; init; }
}
