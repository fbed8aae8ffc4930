using System.Security.Cryptography;
using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Readers;

/// <summary>Where a build stands when its lease is taken.</summary>
internal readonly record struct ReaderPlace(long Term, long Position, bool Serving);

/// <summary>
/// The lease on one build of one reader: a row, so that it needs no session and works through any pooler. It expires by the
/// database's clock, the one clock that all processes share; whoever takes it raises the term, and every write names the term
/// it was begun in, so that a leader who was asleep when it lost the lease can write nothing.
/// </summary>
internal sealed class ReaderLease(Database database, string name, long generation, TimeSpan length)
{
    // A row that is locked is being written by a leader that lives: it is not waited for.
    private const string Take = """
        with free as (
            select name, generation from ledger.projections
            where name = $1 and generation = $2 and (lease_until is null or lease_until <= clock_timestamp() or leader = $3)
            for update skip locked)
        update ledger.projections p set leader = $3, term = p.term + 1, lease_until = clock_timestamp() + $4
        from free where p.name = free.name and p.generation = free.generation
        returning p.term, p.position, p.serving
        """;

    private const string Renew =
        "update ledger.projections set lease_until = clock_timestamp() + $4 where name = $1 and generation = $2 and term = $3";

    private const string Release =
        "update ledger.projections set lease_until = null where name = $1 and generation = $2 and term = $3";

    private const string Advance = """
        update ledger.projections set position = $5, lease_until = clock_timestamp() + $4, fault = null, fault_since = null, fault_count = 0
        where name = $1 and generation = $2 and term = $3
        """;

    private const string Stop = """
        update ledger.projections set position = $5, lease_until = clock_timestamp() + $4, fault_count = fault_count + 1, fault = $6,
            fault_since = coalesce(fault_since, clock_timestamp())
        where name = $1 and generation = $2 and term = $3
        """;

    private readonly Guid _leader = new(RandomNumberGenerator.GetBytes(16));

    /// <summary>Takes the lease if nobody has it; null if somebody has, or the build is gone.</summary>
    public Task<ReaderPlace?> TryTakeAsync(CancellationToken ct) => database.ReadAsync<ReaderPlace?>(
        async connection =>
        {
            await using var command = Sql.Command(Take, connection, Sql.Text(name), Sql.Long(generation), Sql.Uuid(_leader), Sql.Interval(length));
            await using var reader = await command.ExecuteReaderAsync(ct);
            return await reader.ReadAsync(ct) ? new ReaderPlace(reader.GetInt64(0), reader.GetInt64(1), reader.GetBoolean(2)) : null;
        },
        ct);

    public Task RenewAsync(long term, CancellationToken ct) => ExecuteAsync(Renew, term, ct);

    /// <summary>Gives the lease back, so that another takes it at once.</summary>
    public async Task ReleaseAsync(long term, CancellationToken ct)
    {
        try
        {
            await database.ReadAsync(
                async connection =>
                {
                    await using var command = Sql.Command(Release, connection, Sql.Text(name), Sql.Long(generation), Sql.Long(term));
                    return await command.ExecuteNonQueryAsync(ct);
                },
                ct);
        }
        catch (LedgerUnavailableException)
        {
            // The database is away: the lease expires by itself.
        }
    }

    /// <summary>Moves on, in a statement of its own.</summary>
    public Task AdvanceAsync(long term, long position, CancellationToken ct) => ExecuteAsync(Advance, term, ct, Sql.Long(position));

    /// <summary>Moves on inside the caller's transaction, and holds the row till its end.</summary>
    public Task AdvanceAsync(NpgsqlConnection connection, long term, long position, CancellationToken ct) =>
        ExecuteAsync(connection, Advance, term, ct, Sql.Long(position));

    /// <summary>Says where the reader stands still.</summary>
    public Task StopAtAsync(long term, long position, string code, CancellationToken ct) =>
        ExecuteAsync(Stop, term, ct, Sql.Long(position), Sql.Text(code));

    private Task<bool> ExecuteAsync(string sql, long term, CancellationToken ct, params NpgsqlParameter[] more) => database.ReadAsync(
        async connection =>
        {
            await ExecuteAsync(connection, sql, term, ct, [.. more.Select(p => p.Clone())]);
            return true;
        },
        ct);

    private async Task ExecuteAsync(NpgsqlConnection connection, string sql, long term, CancellationToken ct, params NpgsqlParameter[] more)
    {
        await using var command = Sql.Command(sql, connection, [Sql.Text(name), Sql.Long(generation), Sql.Long(term), Sql.Interval(length), .. more]);
        if (await command.ExecuteNonQueryAsync(ct) == 0)
        {
            throw new LeaseLostException(name);
        }
    }
}
