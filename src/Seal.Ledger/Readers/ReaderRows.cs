using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Readers;

/// <summary>The rows of all readers, whoever leads them.</summary>
internal sealed class ReaderRows(Database database)
{
    // A version that has no build yet gets one beside those there are; the first process to come makes it.
    private const string Enrol = """
        insert into ledger.projections (name, kind, version, generation, position, serving)
        select $1, $2, $3, coalesce((select max(generation) + 1 from ledger.projections where name = $1), 1), 0, $2 = 'automation'
        where not exists (select from ledger.projections where name = $1 and version = $3)
        on conflict do nothing
        """;

    // Of an automation the place counts, whatever its version: what was reacted to is not reacted to again.
    private const string Succeed = "update ledger.projections set version = $2 where name = $1 and kind = 'automation' and version <> $2";

    private const string States = """
        select p.name, p.version, p.generation, p.serving, p.position, greatest(h.size - p.position, 0),
            coalesce(greatest(clock_timestamp() - (select e.recorded_at from ledger.events e where e.position = p.position), interval '0'), interval '0'),
            coalesce(p.lease_until > clock_timestamp(), false), p.fault, p.fault_since, p.fault_count
        from ledger.projections p cross join ledger.head h where p.kind <> 'inline' order by p.name, p.generation
        """;

    private const string Serving =
        "select version, position, generation from ledger.projections where name = $1 and kind = 'async' and serving order by generation desc limit 1";

    public async Task EnrolAsync(IReadOnlyList<LedgerReader> readers, CancellationToken ct)
    {
        foreach (var reader in readers)
        {
            await database.ReadAsync(
                async connection =>
                {
                    if (reader is Automation)
                    {
                        await using var succeed = Sql.Command(Succeed, connection, Sql.Text(reader.Name), Sql.Integer(reader.Version));
                        await succeed.ExecuteNonQueryAsync(ct);
                    }

                    await using var enrol = Sql.Command(
                        Enrol, connection, Sql.Text(reader.Name), Sql.Text(reader is Automation ? "automation" : "async"), Sql.Integer(reader.Version));
                    return await enrol.ExecuteNonQueryAsync(ct);
                },
                ct);
        }
    }

    public Task<IReadOnlyList<ReaderState>> StatesAsync(CancellationToken ct) => database.ReadAsync<IReadOnlyList<ReaderState>>(
        async connection =>
        {
            await using var command = Sql.Command(States, connection);
            await using var reader = await command.ExecuteReaderAsync(ct);
            var states = new List<ReaderState>();
            while (await reader.ReadAsync(ct))
            {
                var fault = await reader.IsDBNullAsync(8, ct)
                    ? null
                    : new ReaderFault(reader.GetInt64(4), reader.GetString(8), new DateTimeOffset(reader.GetDateTime(9)), reader.GetInt32(10));
                states.Add(new ReaderState(
                    reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2), reader.GetBoolean(3), reader.GetInt64(4), reader.GetInt64(5),
                    reader.GetTimeSpan(6), reader.GetBoolean(7), fault));
            }

            return states;
        },
        ct);

    /// <summary>How far the build that is read from is; 0 if there is none.</summary>
    public Task<long> PositionAsync(string reader, CancellationToken ct) => database.ReadAsync(
        async connection =>
        {
            await using var command = Sql.Command(
                "select coalesce(max(position), 0) from ledger.projections where name = $1 and serving and kind <> 'inline'", connection, Sql.Text(reader));
            return (long)(await command.ExecuteScalarAsync(ct))!;
        },
        ct);

    /// <summary>Place and rows in one snapshot: what is counted and up to where can never disagree.</summary>
    public static async Task<T?> ReadServingAsync<T>(
        NpgsqlConnection connection, string projection, Func<NpgsqlConnection, ProjectionBuild, Task<T>> read, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        ProjectionBuild? build = null;
        await using (var command = Sql.Command(Serving, connection, Sql.Text(projection)))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            if (await reader.ReadAsync(ct))
            {
                build = new ProjectionBuild(reader.GetInt32(0), reader.GetInt64(1), ProjectionLoop.TableOf(projection, reader.GetInt64(2)));
            }
        }

        var answer = build is null ? default : await read(connection, build);
        await transaction.CommitAsync(ct);
        return answer;
    }
}
