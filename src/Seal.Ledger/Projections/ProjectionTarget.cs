namespace Seal.Ledger.Projections;

/// <summary>A row that an event changes.</summary>
internal readonly record struct ProjectionTarget(ProjectionTable Table, string Key);

/// <summary>A row's state: its document as JSON text, null if there is no row, and the position of the last event in it.</summary>
internal readonly record struct ProjectedRow(string? Document, long Position);
