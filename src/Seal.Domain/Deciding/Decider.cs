using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;

namespace Seal.Domain.Deciding;

/// <summary>
/// The one way to decide a command: does what it addresses exist, may the actor give it, is the proof of person there,
/// fresh and for this command; then the command's own decision.
/// </summary>
public static class Decider
{
    /// <summary>The streams to read for a command: its own, its proof's, and those it names, given what is known already.</summary>
    public static IEnumerable<StreamId> Reads<TCommand>(TCommand command, States known, Facts facts) where TCommand : ICommand<TCommand>
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(facts);
        IEnumerable<StreamId> own = [command.Target(facts), command.Subject(facts)];
        return own.Concat(facts.Proof is { } proof ? [proof.Stream] : []).Concat(command.Reads(known, facts)).Where(stream => !stream.IsNone).Distinct();
    }

    /// <summary>Decides a command on the streams read for it.</summary>
    public static Decision Decide<TCommand>(TCommand command, States states, Facts facts) where TCommand : ICommand<TCommand>
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(facts);
        var contract = TCommand.Contract;
        var target = command.Target(facts);
        if (contract.Unknown is { } unknown && states.VersionOf(command.Subject(facts)) == 0)
        {
            return unknown;
        }

        var oneself = command.Oneself(states, facts) == facts.Actor.Person.Stream ? Role.Oneself : Role.None;
        var roles = (RolesOf(facts.Actor, states, facts.Now) | oneself) & contract.Who;
        if (roles == Role.None)
        {
            return AccessRejections.NotPermitted;
        }

        // An office answers for what it does; everybody else shows that it is really they who ask.
        if (!contract.NeedsProof || (!contract.ProofEvenByOffice && (roles & Role.Offices) != Role.None))
        {
            return TCommand.Decide(command, states, facts);
        }

        if (ProofOfPerson.Judge(facts, states, typeof(TCommand).Name, target, contract.Creates) is { } refused)
        {
            return refused;
        }

        var decision = TCommand.Decide(command, states, facts);
        return decision.Events.Count > 0
            ? decision.And(facts.Proof!.Stream, new ProofSpent(facts.Actor.Person, typeof(TCommand).Name))
            : decision;
    }

    /// <summary>What an actor is, by office and by the streams read.</summary>
    public static Role RolesOf(Actor actor, States states, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(states);
        var roles = actor.Staff;
        if ((roles & Role.System) == Role.None)
        {
            roles |= Role.Person;
        }

        foreach (var organisation in states.All<Organisation>())
        {
            roles |= organisation.IsLegalRepresentative(actor.Person) ? Role.LegalRepresentative : Role.None;
            roles |= organisation.IsManager(actor.Person, now) ? Role.Manager : Role.None;
        }

        return states.All<Holding>().Any(holding => holding.Person == actor.Person) ? roles | Role.Holder : roles;
    }
}
