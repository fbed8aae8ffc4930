using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Readers;

/// <summary>
/// Folds chunks into the table of one build, each in one transaction with its place. A build that has caught up with the log
/// takes the place of all older ones in the same transaction.
/// </summary>
internal sealed class ProjectionLoop(ReaderTools tools, AsyncProjection projection, long generation) : ReaderLoop(tools, projection, generation)
{
    private const string TakeOver = """
        delete from ledger.projections where name = $1 and kind = 'async' and generation < $2 returning generation
        """;

    private readonly long _generation = generation;
    private readonly string _table = TableOf(projection.Name, generation);

    /// <summary>The table of one build.</summary>
    public static string TableOf(string projection, long generation) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"readers.{Sql.Quote($"{projection}_{generation}")}");

    protected override Task PrepareAsync(CancellationToken ct) => Tools.Database.ReadAsync(
        async connection =>
        {
            await using var create = Sql.Command($"create table if not exists {_table} ({projection.Columns})", connection);
            return await create.ExecuteNonQueryAsync(ct);
        },
        ct);

    protected override async Task TakeAsync(List<RecordedEvent> chunk, long end, CancellationToken ct)
    {
        await using var connection = await Tools.Database.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);

        // A process that is stopped in here must not hold up the others for ever.
        await ExecuteAsync(connection, "set local idle_in_transaction_session_timeout = '15s'", ct);

        // Holds the row till the end: no other leader can begin before this chunk is in or gone.
        await Lease.AdvanceAsync(connection, Term, end, ct);
        if (chunk.Count > 0)
        {
            await projection.FoldAsync(new ProjectionChunk(chunk, connection, _table), ct);
        }

        var caughtUp = !Serving && end >= Tools.Head.Head && end >= await SizeAsync(connection, ct);
        if (caughtUp)
        {
            await TakeOverAsync(connection, ct);
        }

        await transaction.CommitAsync(ct);
        Serving |= caughtUp;
    }

    private static async Task<long> SizeAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = Sql.Command("select size from ledger.head", connection);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task TakeOverAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        List<long> older = [];
        await using (var delete = Sql.Command(TakeOver, connection, Sql.Text(projection.Name), Sql.Long(_generation)))
        await using (var reader = await delete.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                older.Add(reader.GetInt64(0));
            }
        }

        foreach (var table in older.Select(one => TableOf(projection.Name, one)))
        {
            await ExecuteAsync(connection, $"drop table if exists {table}", ct);
        }

        await ExecuteAsync(
            connection, "update ledger.projections set serving = true where name = $1 and generation = $2", ct, Sql.Text(projection.Name), Sql.Long(_generation));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = Sql.Command(sql, connection, parameters);
        await command.ExecuteNonQueryAsync(ct);
    }
}
