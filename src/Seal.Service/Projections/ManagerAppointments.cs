using System.Text.Json.Nodes;
using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Ledger;

namespace Seal.Service.Projections;

/// <summary>Who manages the seals of which organisation, and until when, by person: an organisation's own row has it the other way round.</summary>
public sealed class ManagerAppointments : InlineProjection
{
    /// <inheritdoc/>
    public override string Name => SealProjections.Appointments;

    /// <inheritdoc/>
    public override int Version => 1;

    /// <inheritdoc/>
    public override IReadOnlySet<string> Types { get; } =
        new HashSet<string> { EventCatalog.WireNameOf(typeof(ManagerAppointed)), EventCatalog.WireNameOf(typeof(ManagerDismissed)) };

    /// <inheritdoc/>
    public override IReadOnlyList<ProjectionIndex> Indexes { get; } = [new(new ProjectionField("person"))];

    /// <inheritdoc/>
    public override IEnumerable<string> KeysOf(EventToProject e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return EventCatalog.Deserialize(e.Type, e.Body.Span) switch
        {
            ManagerAppointed appointed => [$"{StreamId.Parse(e.Stream).Key}.{appointed.Person}"],
            ManagerDismissed dismissed => [$"{StreamId.Parse(e.Stream).Key}.{dismissed.Person}"],
            _ => [],
        };
    }

    /// <inheritdoc/>
    public override JsonObject? Apply(string key, JsonObject? row, RecordedEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return EventCatalog.Deserialize(e.Type, e.Body.Span) is ManagerAppointed appointed
            ? new JsonObject { ["organisation"] = StreamId.Parse(e.Stream).Key, ["person"] = appointed.Person.Value, ["until"] = appointed.Until }
            : null;
    }
}
