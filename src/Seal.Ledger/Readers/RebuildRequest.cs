using Npgsql;
using Seal.Ledger.Storage;

namespace Seal.Ledger;

/// <summary>What becomes of a request to build a projection anew.</summary>
public enum RebuildAnswer
{
    /// <summary>A running process builds it beside the one in use, which serves until it is done.</summary>
    Beside,

    /// <summary>The next process that starts builds it beside the one in use, while appends go on.</summary>
    AtNextStart,
}

/// <summary>An operator's request to build a projection anew from all events, made in the database itself.</summary>
public static class RebuildRequest
{
    private const string Async = """
        insert into ledger.projections (name, kind, version, generation, position, serving)
        select name, kind, version, generation + 1, 0, false from ledger.projections where name = $1 and kind = 'async' order by generation desc limit 1
        """;

    private const string Inline = "update ledger.projections set rebuild = true where name = $1 and kind = 'inline'";

    /// <summary>Makes the request.</summary>
    /// <param name="connection">An open connection of the service's role or the owner's.</param>
    /// <param name="projection">The projection's name.</param>
    /// <param name="ct">Cancels the request.</param>
    /// <returns>What will be done.</returns>
    /// <exception cref="ArgumentException">There is no such projection.</exception>
    public static async Task<RebuildAnswer> MakeAsync(NpgsqlConnection connection, string projection, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return await ExecuteAsync(connection, Async, projection, ct) ? RebuildAnswer.Beside
            : await ExecuteAsync(connection, Inline, projection, ct) ? RebuildAnswer.AtNextStart
            : throw new ArgumentException($"There is no projection '{projection}'.", nameof(projection));
    }

    private static async Task<bool> ExecuteAsync(NpgsqlConnection connection, string sql, string projection, CancellationToken ct)
    {
        await using var command = Sql.Command(sql, connection, Sql.Text(projection));
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }
}
