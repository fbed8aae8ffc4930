using Npgsql;
using NpgsqlTypes;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Projections;

/// <summary>
/// Folds a range of the log into the tables beside, as fast as PostgreSQL can give events away. Rows stay in memory over many
/// chunks, because most change again soon; when they become too many they are written down and fetched again when needed.
/// </summary>
/// <param name="owner">Writes the rows.</param>
/// <param name="events">Reads the next events meanwhile.</param>
/// <param name="wanted">All projections.</param>
/// <param name="tables">Those that are filled.</param>
internal sealed class ProjectionFill(NpgsqlConnection owner, NpgsqlConnection events, ProjectionSet wanted, IReadOnlyCollection<ProjectionTable> tables)
{
    private const int ChunkSize = 8192;

    /// <summary>Characters of documents and keys that are held at most: some tens of megabytes.</summary>
    private const long MostHeld = 8 << 20;

    private readonly HashSet<ProjectionTable> _tables = [.. tables];
    private readonly string[] _types = [.. tables.SelectMany(t => t.Projection.Types).Distinct()];
    private readonly Dictionary<ProjectionTarget, ProjectedRow> _rows = [];
    private readonly HashSet<ProjectionTarget> _stored = [];
    private readonly HashSet<ProjectionTarget> _changed = [];
    private long _held;
    private bool _isAllHeld = true;

    /// <summary>Folds the events from a position up to, but without, another; afterwards all rows are written.</summary>
    public async Task RunAsync(long from, long end, CancellationToken ct)
    {
        if (_tables.Count == 0 || from >= end)
        {
            return;
        }

        var reading = ReadAsync(from, end, ct);
        try
        {
            for (var next = from; next < end; next += ChunkSize)
            {
                using var read = await reading;
                reading = ReadAsync(next + ChunkSize, end, ct);
                await FoldAsync(read.Events, ct);
                if (_held > MostHeld)
                {
                    await WriteAsync(ct);
                }
            }
        }
        finally
        {
            // A fold that failed must not leave a read behind on a connection that is about to be closed.
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await WriteAsync(ct);
    }

    private Task<CopiedEvents> ReadAsync(long from, long end, CancellationToken ct) => from < end
        ? Task.Run(() => EventCopy.ReadAsync(events, from, long.Min(from + ChunkSize, end), _types, ct), ct)
        : Task.FromResult(CopiedEvents.None);

    private async Task FoldAsync(List<CopiedEvent> read, CancellationToken ct)
    {
        var changes = read.ConvertAll(e => (e.Recorded, Targets: TargetsOf(e.Recorded)));
        if (!_isAllHeld)
        {
            await FetchAsync([.. changes.SelectMany(c => c.Targets).Distinct().Where(t => !_rows.ContainsKey(t))], ct);
        }

        foreach (var (recorded, targets) in changes)
        {
            foreach (var target in targets)
            {
                var before = _rows.GetValueOrDefault(target);
                var after = ProjectionRows.Fold(target, before, recorded);
                _rows[target] = after;
                _changed.Add(target);
                _held += SizeOf(after) - SizeOf(before) + (before == default ? target.Key.Length : 0);
            }
        }
    }

    private List<ProjectionTarget> TargetsOf(RecordedEvent recorded) =>
        [.. wanted.TargetsOf(new EventToProject(recorded.Stream, recorded.Type, recorded.Body)).Where(t => _tables.Contains(t.Table))];

    /// <summary>Fetches rows that were written down before.</summary>
    private async Task FetchAsync(IReadOnlyList<ProjectionTarget> targets, CancellationToken ct)
    {
        foreach (var table in targets.GroupBy(t => t.Table))
        {
            await using var command = Sql.Command(
                $"select key, position, document::text from {table.Key.NameBeside} where key = any($1)", owner, Sql.Texts(table.Select(t => t.Key)));
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                var target = new ProjectionTarget(table.Key, reader.GetString(0));
                var row = new ProjectedRow(reader.GetString(2), reader.GetInt64(1));
                _rows.Add(target, row);
                _stored.Add(target);
                _held += SizeOf(row) + target.Key.Length;
            }
        }
    }

    /// <summary>Writes down what changed, and lets go of all rows.</summary>
    private async Task WriteAsync(CancellationToken ct)
    {
        foreach (var table in _changed.GroupBy(t => t.Table))
        {
            var stored = table.Where(_stored.Contains).ToList();
            if (stored.Count > 0)
            {
                await using var delete = Sql.Command($"delete from {table.Key.NameBeside} where key = any($1)", owner, Sql.Texts(stored.Select(t => t.Key)));
                await delete.ExecuteNonQueryAsync(ct);
            }

            await CopyAsync(table.Key, table.Where(t => _rows[t].Document is not null), ct);
        }

        _rows.Clear();
        _stored.Clear();
        _changed.Clear();
        _held = 0;
        _isAllHeld = false;
    }

    private async Task CopyAsync(ProjectionTable table, IEnumerable<ProjectionTarget> targets, CancellationToken ct)
    {
        await using var copy = await owner.BeginBinaryImportAsync($"copy {table.NameBeside} (key, position, document) from stdin (format binary)", ct);
        foreach (var target in targets)
        {
            var row = _rows[target];
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(target.Key, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(row.Position, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(row.Document!, NpgsqlDbType.Jsonb, ct);
        }

        await copy.CompleteAsync(ct);
    }

    private static long SizeOf(ProjectedRow row) => row.Document?.Length ?? 0;
}
