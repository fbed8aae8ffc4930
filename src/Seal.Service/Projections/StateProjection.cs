using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Seal.Domain.Deciding;
using Seal.Ledger;

namespace Seal.Service.Projections;

/// <summary>
/// Today's state of every stream of one type, kept up to date in the transaction that appends: the domain's own fold, so a
/// row can never say anything else than the events.
/// </summary>
/// <typeparam name="TState">The state.</typeparam>
/// <param name="name">The projection's name.</param>
/// <param name="version">Raised when the state's shape changes; the rows are then built anew.</param>
/// <param name="indexes">By what it is searched.</param>
public sealed class StateProjection<TState>(string name, int version, params IReadOnlyList<ProjectionIndex> indexes) : StreamProjection
    where TState : class, IState<TState>
{
    private static readonly HashSet<string> EventTypes =
        [.. EventCatalog.All.Keys.Where(wireName => wireName.StartsWith($"{TState.StreamType}.", StringComparison.Ordinal))];

    // What is not there yet is left out of a row, so that a key of nothing is never written.
    private static readonly JsonSerializerOptions RowJson = new(DomainJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override int Version => version;

    /// <inheritdoc/>
    public override IReadOnlySet<string> Types => EventTypes;

    /// <inheritdoc/>
    public override IReadOnlyList<ProjectionIndex> Indexes => indexes;

    /// <inheritdoc/>
    public override string StreamType => TState.StreamType;

    /// <inheritdoc/>
    public override JsonObject? Apply(string key, JsonObject? row, RecordedEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        var state = row is null ? TState.Initial : row["state"].Deserialize<TState>(DomainJson.Options)!;
        var next = state.Apply(EventCatalog.Deserialize(e.Type, e.Body.Span));
        var time = e.RecordedAt.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", System.Globalization.CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["id"] = key,
            ["version"] = e.Version,
            ["firstRecordedAt"] = row?["firstRecordedAt"]?.DeepClone() ?? time,
            ["firstPosition"] = row?["firstPosition"]?.DeepClone() ?? e.Position,
            ["lastRecordedAt"] = time,
            ["lastPosition"] = e.Position,
            ["state"] = JsonSerializer.SerializeToNode(next, RowJson),
        };
    }
}
