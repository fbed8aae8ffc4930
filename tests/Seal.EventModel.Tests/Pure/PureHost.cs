using System.Text.Json;
using System.Text.Json.Nodes;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Seals;
using Seal.EventModel.Tests.Model;

namespace Seal.EventModel.Tests.Pure;

/// <summary>Runs commands in memory as the service does: read, decide, perform, append.</summary>
public sealed class PureHost
{
    private readonly Dictionary<StreamId, List<IEvent>> _streams = [];
    private readonly OutsideWorld _outside;
    private int _keys;

    /// <summary>A world in which everybody is registered and nothing else has happened.</summary>
    public PureHost()
    {
        World = new World { Began = Now };
        _outside = new OutsideWorld(World, organisation => State<Organisation>(organisation.Stream).Name, ObligationsOf);
        foreach (var person in World.People.Keys)
        {
            Append(new StreamEvent(new PersonId(World.Person(person)).Stream, new PersonRegistered(new Commitment(new string('0', 64)))));
        }
    }

    /// <summary>Who and what the names stand for.</summary>
    public World World { get; }

    /// <summary>Everything that happened, by stream.</summary>
    public IEnumerable<KeyValuePair<StreamId, List<IEvent>>> Streams => _streams;

    /// <summary>The time.</summary>
    public DateTimeOffset Now { get; private set; } = new(2026, 1, 5, 1, 0, 0, TimeSpan.Zero);

    /// <summary>Plays what is given.</summary>
    /// <exception cref="InvalidOperationException">A given event was not brought about by the command that begins with it.</exception>
    public void Given(WrittenModel model, Scenario scenario)
    {
        foreach (var given in scenario.Given)
        {
            var happened = Give(Play.Of(model.CommandOf(given), given));
            if (happened.Events.Select(one => one.Event.GetType().Name).FirstOrDefault() != given.Name)
            {
                throw new InvalidOperationException($"{scenario}: {given} cannot have happened: {happened.Rejection?.Code ?? "something else did"}.");
            }
        }
    }

    /// <summary>Gives one command.</summary>
    public Happened Give(Play play)
    {
        Now = play.After is { } period ? CalendarPeriod.After(Now, period) : Now;
        var give = typeof(PureHost).GetMethod(nameof(Decide), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.MakeGenericMethod(play.Command.Type);
        return (Happened)give.Invoke(this, [play])!;
    }

    /// <summary>The folded state of a stream.</summary>
    public TState State<TState>(StreamId stream) where TState : class, IState<TState> => Read(stream).Aggregate(TState.Initial, (state, one) => state.Apply(one));

    /// <summary>What a person answers for, folded on the spot.</summary>
    public IReadOnlyList<string> ObligationsOf(PersonId person)
    {
        var organisations = _streams.Keys.Where(stream => stream.Type == Organisation.StreamType).Select(State<Organisation>).ToList();
        var held = _streams.Keys.Where(stream => stream.Type == Holding.StreamType).Select(State<Holding>)
            .Where(holding => holding is { Medium: Medium.Cloud, Status: HoldingStatus.Offered or HoldingStatus.Claimed })
            .Where(holding => State<ElectronicSeal>(holding.Seal.Stream).Status != SealStatus.Revoked);
        return
        [
            .. organisations.Where(one => one.IsLegalRepresentative(person)).Select(one => $"legal-representative:{one.Id}"),
            .. organisations.Where(one => one.IsManager(person, Now)).Select(one => $"manager:{one.Id}"),
            .. held.Where(holding => holding.Person == person).Select(holding => $"holder:{holding.Seal}"),
        ];
    }

    private Happened Decide<TCommand>(Play play) where TCommand : ICommand<TCommand>
    {
        _outside.Playing = play;
        var command = play.Body(World, Now).Deserialize<TCommand>(DomainJson.Options)!;
        var actor = play.By == "system" ? Actor.System : new Actor(new PersonId(World.Person(play.By)), World.People[play.By]);
        var facts = new Facts(actor, Now, $"k{++_keys}", new DomainSettings { CertificateAuthorities = [DomainSettings.EmbeddedAuthority, World.OutsideAuthority] });
        facts = facts with { Proof = Proof(play, command.Target(facts), actor.Person) };
        var states = Load(command, States.None, facts);
        var happened = new List<StreamEvent>();
        while (true)
        {
            var decision = Decider.Decide(command, states, facts);
            foreach (var one in decision.Events)
            {
                Append(one);
                happened.Add(one);
            }

            if (decision.Effect is null || _outside.IsInterruptedAt(decision.Effect))
            {
                return new Happened(happened, decision.Rejection);
            }

            facts = facts.With(_outside.Perform(decision.Effect));
            states = Load(command, states.After(decision.Events), facts);
        }
    }

    private ProofOfPerson? Proof(Play play, StreamId target, PersonId person)
    {
        if (!play.Command.Contract.NeedsProof || play.Proof == ProofKind.None)
        {
            return null;
        }

        var proof = new ProofOfPerson(
            $"proof-{_keys}",
            person,
            play.Proof == ProofKind.Other ? "SomeOtherCommand" : play.Command.Name,
            play.Command.Contract.Creates ? target with { Key = "" } : target,
            BodyMatches: true,
            play.Proof == ProofKind.Expired ? Now : Now.AddMinutes(5));
        if (play.Proof == ProofKind.Spent)
        {
            Append(new StreamEvent(proof.Stream, new ProofSpent(person, play.Command.Name)));
        }

        return proof;
    }

    private States Load<TCommand>(TCommand command, States known, Facts facts) where TCommand : ICommand<TCommand>
    {
        while (Decider.Reads(command, known, facts).Where(stream => !known.Has(stream)).ToList() is { Count: > 0 } missing)
        {
            known = missing.Aggregate(known, (states, stream) => states.With(stream, [.. Read(stream)]));
        }

        return known;
    }

    private List<IEvent> Read(StreamId stream) => _streams.GetValueOrDefault(stream, []);

    private void Append(StreamEvent one)
    {
        // Through the stored form, so that every event in every scenario proves that it survives it.
        var stored = EventCatalog.Deserialize(EventCatalog.WireNameOf(one.Event), EventCatalog.Serialize(one.Event));
        (_streams.TryGetValue(one.Stream, out var events) ? events : _streams[one.Stream] = []).Add(stored);
        World.Learn(one.Stream, one.Event.GetType().Name);
    }
}

/// <summary>What a command came to.</summary>
/// <param name="Events">What was appended, in order.</param>
/// <param name="Rejection">Why it was refused, if it was.</param>
public sealed record Happened(IReadOnlyList<StreamEvent> Events, Rejection? Rejection)
{
    /// <summary>The rejection as JSON: its code, its field, and its values.</summary>
    public JsonObject? RejectionBody => Rejection is null ? null : new JsonObject(
        Rejection.Values.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)value.Value))
            .Append(KeyValuePair.Create("field", (JsonNode?)Rejection.Field)));
}
