using System.Diagnostics.CodeAnalysis;
using Npgsql;
using NpgsqlTypes;

namespace Seal.Ledger.Storage;

/// <summary>Short forms for commands. The only place where SQL that is not a constant becomes a command.</summary>
internal static class Sql
{
    /// <summary>A command whose text holds nothing from outside but identifiers that were checked or quoted.</summary>
    [SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "Callers pass constants and identifiers checked against a pattern; values are parameters.")]
    public static NpgsqlCommand Command(string sql, NpgsqlConnection connection, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        return command;
    }

    /// <summary>The same, as part of a batch.</summary>
    [SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "Callers pass constants and identifiers checked against a pattern; values are parameters.")]
    public static void Add(this NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        batch.BatchCommands.Add(command);
    }

    public static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Long(long value) => new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    public static NpgsqlParameter Integer(int value) => new NpgsqlParameter<int> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Integer };

    public static NpgsqlParameter Bytes(byte[] value) => new NpgsqlParameter<byte[]> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bytea };

    public static NpgsqlParameter BytesOrNull(byte[]? value) => value is null ? Null(NpgsqlDbType.Bytea) : Bytes(value);

    public static NpgsqlParameter Uuid(Guid value) => new NpgsqlParameter<Guid> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Uuid };

    public static NpgsqlParameter Interval(TimeSpan value) => new NpgsqlParameter<TimeSpan> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Interval };

    public static NpgsqlParameter Time(DateTimeOffset value) =>
        new NpgsqlParameter<DateTime> { TypedValue = value.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter TimeOrNull(DateTimeOffset? value) => value is { } time ? Time(time) : Null(NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter Array<T>(T[] values, NpgsqlDbType element) =>
        new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | element };

    public static NpgsqlParameter Texts(IEnumerable<string> values) => Array(values.ToArray(), NpgsqlDbType.Text);

    public static NpgsqlParameter Longs(IEnumerable<long> values) => Array(values.ToArray(), NpgsqlDbType.Bigint);

    private static NpgsqlParameter Null(NpgsqlDbType type) => new() { Value = DBNull.Value, NpgsqlDbType = type };

    /// <summary>A bytea column of the row at hand.</summary>
    public static byte[] Bytes(this NpgsqlDataReader reader, int column) => (byte[])reader.GetValue(column);

    /// <summary>A text in single quotes; one with a backslash is refused, because its meaning hangs on a setting.</summary>
    public static string Literal(string text) => text.Contains('\\', StringComparison.Ordinal)
        ? throw new ArgumentException("A backslash cannot be part of this text.", nameof(text))
        : "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    /// <summary>A timestamptz column of the row at hand.</summary>
    public static DateTimeOffset Time(this NpgsqlDataReader reader, int column) => new(reader.GetDateTime(column));

    /// <summary>An identifier in double quotes.</summary>
    public static string Quote(string identifier) => '"' + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}
