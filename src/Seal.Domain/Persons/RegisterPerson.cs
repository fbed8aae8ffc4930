using System.Text.Json.Nodes;
using Seal.Domain.Deciding;

namespace Seal.Domain.Persons;

/// <summary>Makes a person known under a random number; who it is goes to the vault. A name, or the older single text, must be there.</summary>
/// <param name="Identity">Who the person is in one text, as registering offices wrote it before there were fields of their own.</param>
/// <param name="Name">The name, 1–100 characters.</param>
/// <param name="IdNumber">The number of an identity document, with its kind; that of an identity card has its check character (GB 11643).</param>
/// <param name="Phone">The phone number, E.164 (<c>+8613800138000</c>) or a mobile number of the mainland.</param>
/// <param name="Email">The e-mail address.</param>
public sealed record RegisterPerson(
    FreeText? Identity = null, FreeText? Name = null, IdNumber? IdNumber = null, FreeText? Phone = null, FreeText? Email = null) : ICommand<RegisterPerson>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(PersonId.StreamType, Role.Administrator | Role.Registry) { Creates = true };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => new PersonId(facts.NewKey).Stream;

    /// <inheritdoc/>
    public PersonId Concerned(Facts facts) => new(facts.NewKey);

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [];

    /// <inheritdoc/>
    public static Decision Decide(RegisterPerson command, States states, Facts facts) => PersonalData.Judge(command, facts.Now) is { } refused
        ? refused
        : Decision.Of(command.Target(facts), new PersonRegistered(
            command.Identity?.Commitment, command.Name?.Commitment, command.IdNumber?.Number.Commitment, command.Phone?.Commitment, command.Email?.Commitment));
}

/// <summary>A person is known.</summary>
/// <param name="Identity">Commitment to who it is, in one text.</param>
/// <param name="Name">Commitment to the name.</param>
/// <param name="IdNumber">Commitment to the number of the identity document.</param>
/// <param name="Phone">Commitment to the phone number.</param>
/// <param name="Email">Commitment to the e-mail address.</param>
[EventName("person.registered", 2)]
public sealed record PersonRegistered(
    Commitment? Identity = null, Commitment? Name = null, Commitment? IdNumber = null, Commitment? Phone = null, Commitment? Email = null) : IEvent;

/// <summary>The first version knew the one text alone, under the name it still has.</summary>
internal sealed class PersonRegisteredV1 : IUpcaster
{
    public string From => "person.registered.v1";

    public string To => "person.registered.v2";

    public JsonObject Upcast(JsonObject body) => body;
}
