using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Replication;

/// <summary>How long the log is, and the Merkle root over all of it.</summary>
internal sealed record LogHead(long Size, byte[] Root)
{
    public static async Task<LogHead> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = Sql.Command("select size, root from ledger.head", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new LogHead(reader.GetInt64(0), reader.Bytes(1));
    }
}
