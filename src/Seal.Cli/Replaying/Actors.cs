using System.Text.Json.Nodes;
using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Ledger;

namespace Seal.Cli.Replaying;

/// <summary>
/// As what somebody gave a command: what they were to the organisation at that moment, from its own stream; else the office
/// that the command takes.
/// </summary>
internal sealed class Actors
{
    private Organisation _organisation = Organisation.Initial;

    /// <summary>As what the actor of an event acted. Events come in the order of the ledger.</summary>
    public Role Of(RecordedEvent recorded, IEvent happened)
    {
        var metadata = JsonNode.Parse(recorded.Metadata.Span)!;
        var role = Of(metadata["actor"]?.GetValue<string>(), metadata["command"]?.GetValue<string>(), recorded.RecordedAt);
        if (recorded.Stream.StartsWith(OrganisationId.StreamType + "/", StringComparison.Ordinal))
        {
            _organisation = _organisation.Apply(happened);
        }

        return role;
    }

    private Role Of(string? actor, string? command, DateTimeOffset at)
    {
        if (actor is null || actor == Actor.System.Person.Value)
        {
            return Role.System;
        }

        var person = new PersonId(actor);
        var allowed = command is not null && CommandCatalog.Find(command) is { } known ? known.Contract.Who : Role.None;
        var office = allowed & Role.Offices;
        return person switch
        {
            _ when _organisation.IsLegalRepresentative(person) => Role.LegalRepresentative,
            _ when _organisation.IsManager(person, at) && (allowed & (Role.Manager | Role.Person)) != Role.None => Role.Manager,
            _ when (allowed & (Role.Holder | Role.Person)) != Role.None => Role.Holder,
            // The lowest of several: whoever may, by an office, do it.
            _ when office != Role.None => (Role)((int)office & -(int)office),
            _ => Role.Person,
        };
    }
}
