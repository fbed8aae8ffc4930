using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;

namespace Seal.Domain.Holdings;

/// <summary>One token: whose it is, as long as a holding is bound to it.</summary>
public sealed record UkeyToken : IState<UkeyToken>
{
    private const int LongestSerialNumber = 64;
    private const int LongestModel = 32;

    /// <inheritdoc/>
    public static string StreamType => "token";

    /// <inheritdoc/>
    public static UkeyToken Initial { get; } = new();

    /// <summary>Whose seals are on it.</summary>
    public PersonId Person { get; init; }

    /// <summary>For which organisation.</summary>
    public OrganisationId Organisation { get; init; }

    /// <summary>The holdings that were bound to it and not unbound; some may have come to their end since.</summary>
    public ImmutableSortedSet<string> Holdings { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Those holdings.</summary>
    [JsonIgnore]
    public IEnumerable<HoldingId> Bound => Holdings.Select(HoldingId.From);

    /// <summary>The stream of the token with a serial number; makers number their models apart.</summary>
    public static StreamId StreamOf(string model, string serialNumber) =>
        new(StreamType, $"{string.Concat(model.Select(c => c == ' ' ? '_' : c))}:{serialNumber}");

    /// <summary>Whether a token may call itself so: names that makers give, and so no person's.</summary>
    public static bool IsWellFormed(string model, string serialNumber) =>
        model.Length is > 0 and <= LongestModel && model.Trim() == model && model.All(c => char.IsAsciiLetterOrDigit(c) || " -_.:+".Contains(c, StringComparison.Ordinal))
        && serialNumber.Length is > 0 and <= LongestSerialNumber && serialNumber.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>Whether the token serves anybody else: a holding still in force is bound to it that is not this person's for this organisation.</summary>
    internal bool ServesOther(PersonId person, OrganisationId organisation, States states, DateTimeOffset now) =>
        (Person != person || Organisation != organisation) && ServesAnybody(states, now);

    /// <summary>Whether the token, an HSM that may serve many apps, serves another organisation.</summary>
    internal bool ServesOther(OrganisationId organisation, States states, DateTimeOffset now) => Organisation != organisation && ServesAnybody(states, now);

    private bool ServesAnybody(States states, DateTimeOffset now) => Bound
        .Select(id => states.Get<Holding>(id.Stream))
        .Any(holding => holding.Status == HoldingStatus.Claimed && states.Get<Certificate>(holding.Certificate.Stream).IsLive(now));

    /// <inheritdoc/>
    public UkeyToken Apply(IEvent happened) => happened switch
    {
        TokenBound e => new UkeyToken
        {
            Person = e.Person,
            Organisation = e.Organisation,
            Holdings = (e.Person == Person && e.Organisation == Organisation ? Holdings : Initial.Holdings).Add(e.Holding.Value),
        },
        TokenUnbound e => this with { Holdings = Holdings.Remove(e.Holding.Value) },
        _ => this,
    };
}

/// <summary>A token serves a holding.</summary>
/// <param name="Holding">The holding.</param>
/// <param name="Person">Whose it is.</param>
/// <param name="Organisation">Whose seal it is.</param>
[EventName("token.bound")]
public sealed record TokenBound(HoldingId Holding, PersonId Person, OrganisationId Organisation) : IEvent;

/// <summary>A token serves a holding no more.</summary>
/// <param name="Holding">The holding.</param>
[EventName("token.unbound")]
public sealed record TokenUnbound(HoldingId Holding) : IEvent;
