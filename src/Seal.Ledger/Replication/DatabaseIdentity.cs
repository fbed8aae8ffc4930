using System.Globalization;
using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Replication;

/// <summary>Which database of which cluster this is, by what a streaming replica shares with its primary and with no other server.</summary>
/// <param name="System">The cluster's system identifier.</param>
/// <param name="Number">The database's object identifier.</param>
/// <param name="Name">The database's name.</param>
/// <param name="Place">How far its write-ahead log is written; null on a server in recovery.</param>
internal sealed record DatabaseIdentity(long System, long Number, string Name, string? Place)
{
    private const string Question = """
        select (select system_identifier from pg_control_system()), oid::bigint, datname::text,
            case when not pg_is_in_recovery() then pg_current_wal_lsn()::text end
        from pg_database where datname = current_database()
        """;

    public static async Task<DatabaseIdentity> AskAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = Sql.Command(Question, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new DatabaseIdentity(reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), await reader.IsDBNullAsync(3, ct) ? null : reader.GetString(3));
    }

    /// <summary>Refuses a server that is not a replica of this database.</summary>
    /// <exception cref="ReplicaRefusedException">It is not; the message says what it is and what to do.</exception>
    public void RequireReplica(DatabaseIdentity found)
    {
        if (found.System != System)
        {
            throw new ReplicaRefusedException(ReplicaFault.OtherCluster, string.Create(
                CultureInfo.InvariantCulture,
                $"The replica's connection string leads to another cluster (system identifier {(ulong)found.System}) than the ledger's ({(ulong)System}); name a streaming replica of the ledger's own server, as pg_basebackup makes it, or none."));
        }

        if (found.Number != Number)
        {
            throw new ReplicaRefusedException(
                ReplicaFault.OtherDatabase,
                $"The replica's connection string leads to the database '{found.Name}', and the ledger is in the database '{Name}' of that cluster; set Database={Name} in it.");
        }

        if (found.Place is not null)
        {
            throw new ReplicaRefusedException(
                ReplicaFault.NoStandby,
                "The replica's connection string leads to the primary itself, or to a server that was a replica and was promoted; name a streaming replica that is in recovery (standby.signal), or none.");
        }
    }
}

/// <summary>A server is not a replica of the ledger's database.</summary>
/// <param name="fault">In what way.</param>
/// <param name="message">The same in a sentence, with what to do.</param>
internal sealed class ReplicaRefusedException(ReplicaFault fault, string message) : LedgerException(message)
{
    public ReplicaFault Fault { get; } = fault;
}
