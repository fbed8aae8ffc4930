using Npgsql;

namespace Seal.Ledger;

/// <summary>
/// Connections through a pooler that gives each transaction any server connection (PgBouncer with <c>pool_mode = transaction</c>):
/// nothing of a session may be relied on, and the pooler cleans up by itself.
/// </summary>
public static class PooledConnection
{
    /// <summary>Adapts a connection string: no prepared statements that outlive their transaction, and no <c>DISCARD ALL</c> of our own.</summary>
    /// <param name="connectionString">An Npgsql connection string.</param>
    /// <param name="pooled">Whether it leads through such a pooler; if not, it is given back as it is.</param>
    /// <returns>The connection string to use.</returns>
    public static string Adapt(string connectionString, bool pooled) => pooled
        ? new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 0, NoResetOnClose = true }.ConnectionString
        : connectionString;
}
