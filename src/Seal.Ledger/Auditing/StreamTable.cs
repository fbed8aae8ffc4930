using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Auditing;

/// <summary>
/// The table of streams held against the versions that an audit has counted itself. That costs a tenth of a join with the events,
/// which <see cref="DatabaseChecks"/> makes where this finds anything, to say what.
/// </summary>
internal static class StreamTable
{
    private const string Rows = "select name, version, first_position, last_position, type = split_part(name, '/', 1) from ledger.streams";

    /// <summary>
    /// Whether each row that ends within the audited entries says what they say of its stream, and none is missing or there twice.
    /// Rows that end later are of streams that were appended to meanwhile, or are said to be: they are only counted.
    /// </summary>
    public static async Task<bool> AgreesAsync(NpgsqlConnection connection, StreamVersions versions, long size, CancellationToken ct)
    {
        await using var command = Sql.Command(Rows, connection);
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(ct);
        var begun = 0L;
        while (await reader.ReadAsync(ct))
        {
            if (HasNull(reader))
            {
                return false;
            }

            var (version, first, last) = (reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
            begun += first < size ? 1 : 0;
            if (last < size && !(versions.Of(reader.GetString(0)) == version && version > 0 && reader.GetBoolean(4)))
            {
                return false;
            }
        }

        // That a row's first event is where it says was seen with that event.
        return begun == versions.Count;
    }

    private static bool HasNull(NpgsqlDataReader reader)
    {
        for (var column = 0; column < reader.FieldCount; column++)
        {
            if (reader.IsDBNull(column))
            {
                return true;
            }
        }

        return false;
    }
}
