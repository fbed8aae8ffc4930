using Seal.Ledger.Appending;

namespace Seal.Ledger.Storage;

/// <summary>The remembered requests, outside a batch.</summary>
internal sealed class RequestRows(Database database)
{
    private const string Find =
        "select digest, outcome, first_position, events, expires_at from ledger.requests where scope = $1 and key = $2 and expires_at > $3";

    // A little at a time: the sequencer must not wait for it.
    private const string Forget = """
        delete from ledger.requests where (scope, key) in
            (select scope, key from ledger.requests where expires_at <= $1 order by expires_at limit 1000 for update skip locked)
        """;

    public Task<StoredRequest?> FindAsync(string scope, string key, DateTimeOffset now, CancellationToken ct) => database.ReadAsync(
        async connection =>
        {
            await using var command = Sql.Command(Find, connection, Sql.Text(scope), Sql.Text(key), Sql.Time(now));
            await using var reader = await command.ExecuteReaderAsync(ct);
            return await reader.ReadAsync(ct)
                ? new StoredRequest(reader.Bytes(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt32(3), new DateTimeOffset(reader.GetDateTime(4)), Events: null)
                : null;
        },
        ct);

    /// <summary>Deletes some of the requests whose time is over.</summary>
    /// <returns>How many.</returns>
    public Task<int> ForgetAsync(DateTimeOffset now, CancellationToken ct) => database.ReadAsync(
        async connection =>
        {
            await using var command = Sql.Command(Forget, connection, Sql.Time(now));
            return await command.ExecuteNonQueryAsync(ct);
        },
        ct);
}
