using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Projections;

/// <summary>The rows that a batch of events touches: as read, as folded, and which of them must be written.</summary>
/// <remarks>Rows are kept as text and parsed for each fold, so that a fold that fails half way has changed nothing.</remarks>
internal sealed class ProjectionRows
{
    private readonly Dictionary<ProjectionTarget, ProjectedRow> _rows = [];
    private readonly HashSet<ProjectionTarget> _changed = [];

    public void Load(ProjectionTarget target, ProjectedRow row) => _rows[target] = row;

    /// <summary>Takes over the rows that were changed elsewhere.</summary>
    public void Overlay(ProjectionRows newer)
    {
        foreach (var target in newer._changed)
        {
            _rows[target] = newer._rows[target];
        }
    }

    /// <summary>Folds one event into a row, over what was staged before.</summary>
    public void Stage(ProjectionTarget target, RecordedEvent recorded, Dictionary<ProjectionTarget, ProjectedRow> staged)
    {
        if (!staged.TryGetValue(target, out var row) && !_rows.TryGetValue(target, out row))
        {
            row = default;
        }

        staged[target] = Fold(target, row, recorded);
    }

    /// <summary>Folds one event into a row.</summary>
    public static ProjectedRow Fold(ProjectionTarget target, ProjectedRow row, RecordedEvent recorded)
    {
        var before = row.Document is null ? null : JsonNode.Parse(row.Document)!.AsObject();
        var after = target.Table.Projection.Apply(target.Key, before, recorded);
        return new ProjectedRow(after?.ToJsonString(), recorded.Position);
    }

    public void Keep(Dictionary<ProjectionTarget, ProjectedRow> staged)
    {
        foreach ((var target, var row) in staged)
        {
            _rows[target] = row;
            _changed.Add(target);
        }
    }

    /// <summary>Adds the statements that write what changed.</summary>
    public void AddTo(NpgsqlBatch batch)
    {
        foreach (var table in _changed.GroupBy(t => t.Table))
        {
            var there = table.Where(t => _rows[t].Document is not null).ToList();
            if (there.Count > 0)
            {
                batch.Add(
                    table.Key.Upsert,
                    Sql.Texts(there.Select(t => t.Key)),
                    Sql.Longs(there.Select(t => _rows[t].Position)),
                    Sql.Array(there.Select(t => _rows[t].Document!).ToArray(), NpgsqlDbType.Jsonb));
            }

            var gone = table.Where(t => _rows[t].Document is null).ToList();
            if (gone.Count > 0)
            {
                batch.Add(table.Key.Delete, Sql.Texts(gone.Select(t => t.Key)));
            }
        }
    }
}
