using System.Data;
using System.Text.Json.Nodes;
using Npgsql;
using Seal.Ledger.Projections;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Auditing;

/// <summary>Streams of one type in a range of keys, with the rows in the same range, as they stood at one moment.</summary>
/// <param name="Streams">The events of each stream, by key.</param>
/// <param name="Rows">The rows, by key.</param>
/// <param name="Last">The last key of the range; null if it has no end.</param>
internal sealed record ProjectionPage(
    IReadOnlyDictionary<string, IReadOnlyList<RecordedEvent>> Streams, IReadOnlyDictionary<string, (JsonObject Document, long Position)> Rows, string? Last)
{
    private const int Size = 200;

    // The character after the slash ends the range of a type's names.
    private const string Names = "select name from ledger.streams where name > $1 and name < $2 order by name limit $3";

    // A row that no event made may stand behind the last stream, and there may be any number of them.
    private const int MostRows = 10_000;

    public static async Task<ProjectionPage> ReadAsync(NpgsqlConnection connection, ProjectionTable table, StreamProjection projection, string after, CancellationToken ct)
    {
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var names = await NamesAsync(connection, projection, after, ct);
        var last = names.Count == Size ? projection.KeyOf(names[^1]) : null;
        var rows = await RowsAsync(connection, table, after, last, ct);
        var streams = await EventRows.StreamsAsync(connection, names, ReadUntil.All, ct);
        return new ProjectionPage(streams.ToDictionary(stream => projection.KeyOf(stream.Key)!, stream => stream.Value), rows, last);
    }

    /// <summary>Folds a stream as the ledger does when it appends: through the text of the row, event by event.</summary>
    /// <returns>The row, and the position of the last event that went into it; null if there is none.</returns>
    public static (JsonObject Document, long Position)? Fold(StreamProjection projection, string key, IReadOnlyList<RecordedEvent> events)
    {
        (string Document, long Position)? row = null;
        foreach (var recorded in events.Where(recorded => projection.Types.Contains(recorded.Type)))
        {
            var folded = projection.Apply(key, row is { } before ? JsonNode.Parse(before.Document)!.AsObject() : null, recorded)?.ToJsonString();
            row = folded is null ? null : (folded, recorded.Position);
        }

        return row is { } last ? (JsonNode.Parse(last.Document)!.AsObject(), last.Position) : null;
    }

    private static async Task<List<string>> NamesAsync(NpgsqlConnection connection, StreamProjection projection, string after, CancellationToken ct)
    {
        await using var command = Sql.Command(
            Names, connection, Sql.Text($"{projection.StreamType}/{after}"), Sql.Text($"{projection.StreamType}{(char)('/' + 1)}"), Sql.Integer(Size));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var names = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private static async Task<Dictionary<string, (JsonObject Document, long Position)>> RowsAsync(
        NpgsqlConnection connection, ProjectionTable table, string after, string? last, CancellationToken ct)
    {
        await using var command = Sql.Command(
            $"select key, coalesce(position, -1), coalesce(document::text, 'null') from {table.Name} where key > $1 {(last is null ? "" : "and key <= $2")} order by key limit {MostRows}",
            connection, last is null ? [Sql.Text(after)] : [Sql.Text(after), Sql.Text(last)]);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new Dictionary<string, (JsonObject, long)>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(reader.GetString(0), (JsonNode.Parse(reader.GetString(2)) as JsonObject ?? [], reader.GetInt64(1)));
        }

        return rows;
    }
}
