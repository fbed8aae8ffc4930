using Seal.Domain.Persons;

namespace Seal.Domain.Deciding;

/// <summary>An intention: it names what it is about and is decided by a pure function.</summary>
public interface ICommand
{
    /// <summary>The stream the command addresses; for a creating command the one it begins, under <see cref="Facts.NewKey"/> or a key of its own.</summary>
    StreamId Target(Facts facts);

    /// <summary>The stream that must exist for the command to mean anything: the addressed one, or what a creating command is about.</summary>
    StreamId Subject(Facts facts) => Target(facts);

    /// <summary>The stream of the very person whom the command is about, for <see cref="Role.Oneself"/>; nobody's where it is about no person.</summary>
    StreamId Oneself(States states, Facts facts) => Target(facts);

    /// <summary>
    /// Whom the texts of the command are erased with: who wrote them, unless they wrote by office, when the texts are the
    /// office's records; the command says otherwise where they are about somebody. The empty number is nobody's.
    /// </summary>
    PersonId Concerned(Facts facts) => (facts.Actor.Staff & Role.Offices) == Role.None ? facts.Actor.Person : default;

    /// <summary>The streams the decision reads, given those already read; asked again until it names nothing new.</summary>
    IEnumerable<StreamId> Reads(States known, Facts facts);
}

/// <summary>A command and its decision: one slice.</summary>
/// <typeparam name="TSelf">The command itself.</typeparam>
public interface ICommand<TSelf> : ICommand where TSelf : ICommand<TSelf>
{
    /// <summary>Who may give the command and what it needs; enforced in one place, <see cref="Decider"/>.</summary>
    static abstract CommandContract Contract { get; }

    /// <summary>Decides: pure, total, never throws for what a user may have sent.</summary>
    static abstract Decision Decide(TSelf command, States states, Facts facts);
}

/// <summary>Who may give a command and what it needs.</summary>
/// <param name="StreamType">The type of the stream it addresses.</param>
/// <param name="Who">The roles of which one is enough.</param>
public sealed record CommandContract(string StreamType, Role Who)
{
    /// <summary>The command begins its stream, so it is posted to the collection.</summary>
    public bool Creates { get; init; }

    /// <summary>Another command begins streams of this type as well, and has the plain route: this one's names what it does.</summary>
    public bool NamesRoute { get; init; }

    /// <summary>A fresh, single-use proof of person is needed, unless the command is given by office.</summary>
    public bool NeedsProof { get; init; }

    /// <summary>The proof is needed from whoever gives it by office, too: what it does is not for a stolen sign-in.</summary>
    public bool ProofEvenByOffice { get; init; }

    /// <summary>The command is given by looking at a view, so that the look is recorded: it has no route of its own.</summary>
    public bool GivenByView { get; init; }

    /// <summary>What the command is about (<see cref="ICommand.Subject"/>) does not exist: this is the answer.</summary>
    public Rejection? Unknown { get; init; }
}
