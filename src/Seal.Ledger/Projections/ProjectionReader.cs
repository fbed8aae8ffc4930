using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using Seal.Ledger.Projections;
using Seal.Ledger.Storage;

namespace Seal.Ledger;

/// <summary>Reads the rows of the inline projections. They are never behind the events.</summary>
public sealed class ProjectionReader
{
    private const int LargestPage = 1000;

    private readonly IDatabaseReads _database;
    private readonly Dictionary<string, ProjectionTable> _tables;

    internal ProjectionReader(IDatabaseReads database, ProjectionSet projections)
    {
        _database = database;
        _tables = projections.Tables.ToDictionary(t => t.Projection.Name);
    }

    /// <summary>One row by its key.</summary>
    /// <param name="projection">Name of the projection.</param>
    /// <param name="key">Key of the row.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The row, or null if there is none.</returns>
    public async Task<ProjectionRow?> GetAsync(string projection, string key, CancellationToken ct) =>
        (await GetAsync(projection, [key], ct)).GetValueOrDefault(key);

    /// <summary>Rows by their keys, in one round trip.</summary>
    /// <param name="projection">Name of the projection.</param>
    /// <param name="keys">Keys of rows.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The rows there are, by key.</returns>
    public async Task<IReadOnlyDictionary<string, ProjectionRow>> GetAsync(string projection, IReadOnlyCollection<string> keys, CancellationToken ct) =>
        (await RowsAsync(Table(projection).Select, [Sql.Texts(keys)], ct)).ToDictionary(r => r.Key);

    /// <summary>A page of rows.</summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The page, and where the next begins. Rows that change between two pages move in the order of change.</returns>
    /// <exception cref="ArgumentException">A field without an index, a value of the wrong kind, or a cursor that is none.</exception>
    public async Task<ProjectionPage> QueryAsync(ProjectionQuery query, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, LargestPage, nameof(query));
        var table = Table(query.Projection);
        var where = new ProjectionWhere(table, query.Filters);
        if (query.After is { } after)
        {
            AddCursor(where, query.Order, after);
        }

        var order = query.Order switch
        {
            ProjectionOrder.NewestFirst => "position desc, key desc",
            ProjectionOrder.OldestFirst => "position, key",
            _ => "key",
        };

        // One row more than wanted tells whether there is a next page.
        var sql = string.Create(CultureInfo.InvariantCulture, $"select key, position, document::text from {table.Name}{where} order by {order} limit {query.Limit + 1}");
        var rows = await RowsAsync(sql, where.Parameters, ct);
        if (rows.Count <= query.Limit)
        {
            return new ProjectionPage(rows, null);
        }

        rows.RemoveAt(rows.Count - 1);
        return new ProjectionPage(rows, string.Create(CultureInfo.InvariantCulture, $"{rows[^1].Position}.{rows[^1].Key}"));
    }

    /// <summary>How many rows there are.</summary>
    /// <param name="projection">Name of the projection.</param>
    /// <param name="filters">All must hold.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The number of rows.</returns>
    public Task<long> CountAsync(string projection, IReadOnlyList<ProjectionFilter> filters, CancellationToken ct)
    {
        var table = Table(projection);
        return _database.ReadAsync(
            async connection =>
            {
                var where = new ProjectionWhere(table, filters);
                await using var command = Sql.Command($"select count(*) from {table.Name}{where}", connection, [.. where.Parameters]);
                return (long)(await command.ExecuteScalarAsync(ct))!;
            },
            ct);
    }

    /// <summary>How many rows fall on each day, for a chart. Days without rows are left out.</summary>
    /// <param name="projection">Name of the projection.</param>
    /// <param name="timePath">An indexed text field that holds RFC 3339 times.</param>
    /// <param name="utcOffset">Where the days begin and end, such as +8 hours.</param>
    /// <param name="filters">All must hold.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The days in order.</returns>
    public Task<IReadOnlyList<DayCount>> CountByDayAsync(
        string projection, string timePath, TimeSpan utcOffset, IReadOnlyList<ProjectionFilter> filters, CancellationToken ct)
    {
        var table = Table(projection);
        var time = table.Expression(table.Field(timePath));
        return _database.ReadAsync<IReadOnlyList<DayCount>>(
            async connection =>
            {
                var where = new ProjectionWhere(table, filters);
                where.Add($"{time} is not null");
                var offset = where.Parameter(new NpgsqlParameter<TimeSpan> { TypedValue = utcOffset, NpgsqlDbType = NpgsqlDbType.Interval });
                await using var command = Sql.Command(
                    $"select (({time}::timestamptz at time zone 'UTC') + {offset})::date as day, count(*) from {table.Name}{where} group by day order by day",
                    connection,
                    [.. where.Parameters]);
                await using var reader = await command.ExecuteReaderAsync(ct);
                var days = new List<DayCount>();
                while (await reader.ReadAsync(ct))
                {
                    days.Add(new DayCount(DateOnly.FromDateTime(reader.GetDateTime(0)), reader.GetInt64(1)));
                }

                return days;
            },
            ct);
    }

    private static void AddCursor(ProjectionWhere where, ProjectionOrder order, string after)
    {
        var dot = after.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !long.TryParse(after.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            throw new ArgumentException("This is not a cursor that a page gave.", nameof(after));
        }

        var key = after[(dot + 1)..];
        where.Add(order switch
        {
            ProjectionOrder.NewestFirst => $"(position, key) < ({where.Parameter(Sql.Long(position))}, {where.Parameter(Sql.Text(key))})",
            ProjectionOrder.OldestFirst => $"(position, key) > ({where.Parameter(Sql.Long(position))}, {where.Parameter(Sql.Text(key))})",
            _ => $"key > {where.Parameter(Sql.Text(key))}",
        });
    }

    private ProjectionTable Table(string projection) => _tables.TryGetValue(projection, out var table)
        ? table
        : throw new ArgumentException($"There is no inline projection '{projection}'.", nameof(projection));

    private Task<List<ProjectionRow>> RowsAsync(string sql, IReadOnlyList<NpgsqlParameter> parameters, CancellationToken ct) => _database.ReadAsync(
        async connection =>
        {
            await using var command = Sql.Command(sql, connection, [.. parameters.Select(p => p.Clone())]);
            await using var reader = await command.ExecuteReaderAsync(ct);
            var rows = new List<ProjectionRow>();
            while (await reader.ReadAsync(ct))
            {
                rows.Add(new ProjectionRow(reader.GetString(0), reader.GetInt64(1), JsonNode.Parse(reader.GetString(2))!.AsObject()));
            }

            return rows;
        },
        ct);
}
