using Npgsql;

namespace Seal.Ledger.Storage;

/// <summary>Where reads go: the database itself, or a replica of it with the database behind it.</summary>
internal interface IDatabaseReads
{
    /// <summary>Reads; what reads may be called more than once, each time on another connection.</summary>
    Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken ct);
}
