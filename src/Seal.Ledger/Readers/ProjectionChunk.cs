using Npgsql;

namespace Seal.Ledger;

/// <summary>Events for an async projection, from one to many thousands.</summary>
/// <param name="Events">Those of its types, in order.</param>
/// <param name="Connection">A connection inside the transaction that keeps the place as well.</param>
/// <param name="Table">The table that is built, with its schema.</param>
public sealed record ProjectionChunk(IReadOnlyList<RecordedEvent> Events, NpgsqlConnection Connection, string Table);

/// <summary>The build of an async projection that is read from.</summary>
/// <param name="Version">The version of the code that made it; another one's table may have other columns.</param>
/// <param name="Position">How many events of the log are in it: all before this position, and none after.</param>
/// <param name="Table">Its table, with its schema.</param>
public sealed record ProjectionBuild(int Version, long Position, string Table);
