using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;

namespace Seal.Domain.Holdings;

/// <summary>One token: which organisation it serves, as long as a holding is bound to it.</summary>
public sealed record UkeyToken : IState<UkeyToken>
{
    private const int LongestSerialNumber = 64;
    private const int LongestModel = 32;

    /// <inheritdoc/>
    public static string StreamType => "token";

    /// <inheritdoc/>
    public static UkeyToken Initial { get; } = new();

    /// <summary>For which organisation it serves.</summary>
    public OrganisationId Organisation { get; init; }

    /// <summary>The holdings of that organisation that were bound to it and not unbound; some may have come to their end since, or be on another token.</summary>
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

    /// <inheritdoc/>
    public UkeyToken Apply(IEvent happened) => happened switch
    {
        TokenBound e => new UkeyToken
        {
            Organisation = e.Organisation,
            Holdings = (e.Organisation == Organisation ? Holdings : Initial.Holdings).Add(e.Holding.Value),
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
