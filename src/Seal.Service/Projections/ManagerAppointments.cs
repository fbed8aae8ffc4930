using System.Text.Json.Nodes;
using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Ledger;

namespace Seal.Service.Projections;

/// <summary>Who manages the seals of an organisation, and until when, to be asked by person: an organisation's own row has no list of them.</summary>
public sealed class ManagerAppointments : StreamProjection
{
    /// <summary>Where the managers stand in a row, by person: until when (UTC) each is appointed.</summary>
    public const string Until = "until";

    /// <summary>Where they stand as a list.</summary>
    public const string Persons = "persons";

    /// <inheritdoc/>
    public override string Name => SealProjections.Appointments;

    /// <inheritdoc/>
    public override int Version => 2;

    /// <inheritdoc/>
    public override string StreamType => OrganisationId.StreamType;

    /// <inheritdoc/>
    public override IReadOnlySet<string> Types { get; } =
        new HashSet<string> { EventCatalog.WireNameOf(typeof(ManagerAppointed)), EventCatalog.WireNameOf(typeof(ManagerDismissed)) };

    /// <inheritdoc/>
    public override IReadOnlyList<ProjectionIndex> Indexes { get; } = [new(new ProjectionField(Persons, FieldKind.Texts))];

    /// <inheritdoc/>
    public override JsonObject? Apply(string key, JsonObject? row, RecordedEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        var until = row?[Until]?.DeepClone().AsObject() ?? [];
        switch (EventCatalog.Deserialize(e.Type, e.Body.Span))
        {
            case ManagerAppointed appointed:
                until[appointed.Person.Value] = appointed.Until;
                break;
            case ManagerDismissed dismissed:
                until.Remove(dismissed.Person.Value);
                break;
        }

        return until.Count == 0 ? null : new JsonObject { [Persons] = PersonsIn(until), [Until] = until };
    }

    // In an order of their own: PostgreSQL keeps the members of an object in another than they were put in.
    private static JsonArray PersonsIn(JsonObject until) => [.. until.Select(one => one.Key).Order(StringComparer.Ordinal)];
}
