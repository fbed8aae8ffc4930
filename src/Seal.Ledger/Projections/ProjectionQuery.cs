using System.Text.Json.Nodes;

namespace Seal.Ledger;

/// <summary>A page of rows.</summary>
/// <param name="Projection">Name of the projection.</param>
public sealed record ProjectionQuery(string Projection)
{
    /// <summary>All must hold.</summary>
    public IReadOnlyList<ProjectionFilter> Filters { get; init; } = [];

    /// <summary>The order of the rows.</summary>
    public ProjectionOrder Order { get; init; }

    /// <summary>The most rows of a page, 1 to 1000.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Where the last page ended, as it said itself; null for the first page.</summary>
    public string? After { get; init; }
}

/// <summary>The order of a query's rows.</summary>
public enum ProjectionOrder
{
    /// <summary>Last changed first.</summary>
    NewestFirst,

    /// <summary>Last changed last.</summary>
    OldestFirst,

    /// <summary>By key, by its characters' code points.</summary>
    ByKey,
}

/// <summary>A row of an inline projection.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Position">Position of the last event that changed it.</param>
/// <param name="Document">What the fold made.</param>
public sealed record ProjectionRow(string Key, long Position, JsonObject Document);

/// <summary>A page of rows.</summary>
/// <param name="Rows">The rows in the order asked for.</param>
/// <param name="Next">What <see cref="ProjectionQuery.After"/> must be for the next page; null if this is the last.</param>
public sealed record ProjectionPage(IReadOnlyList<ProjectionRow> Rows, string? Next);

/// <summary>How many rows fall on a day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Count">Rows, at least 1.</param>
public sealed record DayCount(DateOnly Day, long Count);
