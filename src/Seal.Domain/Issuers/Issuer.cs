using Seal.Domain.Deciding;

namespace Seal.Domain.Issuers;

/// <summary>The embedded authority for one algorithm as its events have it.</summary>
public sealed record Issuer : IState<Issuer>
{
    /// <inheritdoc/>
    public static string StreamType => IssuerId.StreamType;

    /// <inheritdoc/>
    public static Issuer Initial { get; } = new();

    /// <summary>How many times the issuing authority was followed by another; the first one was there from the start.</summary>
    public int Rollovers { get; init; }

    /// <summary>The published name of the present issuing authority; empty for the first one.</summary>
    public string Name { get; init; } = "";

    /// <summary>The published name of the present root; empty for the first one.</summary>
    public string RootName { get; init; } = "";

    /// <inheritdoc/>
    public Issuer Apply(IEvent happened) => happened switch
    {
        IssuerRolled e => this with { Rollovers = Rollovers + 1, Name = e.Name, RootName = e.RootName },
        _ => this,
    };
}
