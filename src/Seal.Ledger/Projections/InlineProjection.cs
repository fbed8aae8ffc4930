using System.Text.Json.Nodes;

namespace Seal.Ledger;

/// <summary>
/// Rows that follow the events in the same transaction: what must be right at once. A pure fold; its table has no
/// constraint but its key, so that it never refuses an append that the streams allow.
/// </summary>
public abstract class InlineProjection
{
    /// <summary>Name of the projection and of its table in schema <c>projections</c>: <c>[a-z][a-z0-9_]*</c>, at most 40 characters.</summary>
    public abstract string Name { get; }

    /// <summary>Raise it when the fold or the indexes change: the table is then rebuilt from the events at the next start.</summary>
    public abstract int Version { get; }

    /// <summary>Wire names of the events it folds.</summary>
    public abstract IReadOnlySet<string> Types { get; }

    /// <summary>Fields that queries may name, each index with its own.</summary>
    public virtual IReadOnlyList<ProjectionIndex> Indexes => [];

    /// <summary>Names the rows that an event changes. It is asked before the append, so position and time are not known yet.</summary>
    /// <param name="e">The event.</param>
    /// <returns>Keys of rows, none if it changes none.</returns>
    public abstract IEnumerable<string> KeysOf(EventToProject e);

    /// <summary>Folds an event into one of the rows that <see cref="KeysOf"/> named.</summary>
    /// <param name="key">Key of the row.</param>
    /// <param name="row">The row as it stands; null if there is none. It may be changed and given back.</param>
    /// <param name="e">The event.</param>
    /// <returns>The row as it is to stand; null deletes it.</returns>
    public abstract JsonObject? Apply(string key, JsonObject? row, RecordedEvent e);
}

/// <summary>An event as it is known before it is appended.</summary>
/// <param name="Stream">Text <c>type/key</c>.</param>
/// <param name="Type">Wire name.</param>
/// <param name="Body">Canonical JSON object.</param>
public sealed record EventToProject(string Stream, string Type, ReadOnlyMemory<byte> Body);
