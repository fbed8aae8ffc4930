namespace Seal.Ledger.Embedded;

/// <summary>How to come to a database of the embedded cluster.</summary>
/// <param name="ConnectionString">For the service's role.</param>
/// <param name="OwnerConnectionString">For the role that owns the schema and migrates it.</param>
public sealed record DatabaseAccess(string ConnectionString, string OwnerConnectionString);
