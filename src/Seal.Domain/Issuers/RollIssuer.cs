using Seal.Domain.Deciding;

namespace Seal.Domain.Issuers;

/// <summary>
/// Makes a new key for the issuing authority of one algorithm, and for its root where that is wanted; from then on it issues. Former ones issue
/// nothing more, but what they issued holds, and their lists and answers go on. A new root is certified by the former one, for those who
/// trust only that.
/// </summary>
/// <param name="Issuer">The authority: <c>ecdsa-p256</c>, <c>rsa2048</c> or <c>sm2</c>.</param>
/// <param name="Root">Whether a new root is made, too.</param>
public sealed record RollIssuer(IssuerId Issuer, bool Root = false) : ICommand<RollIssuer>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(IssuerId.StreamType, Role.Administrator) { NeedsProof = true, ProofEvenByOffice = true };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Issuer.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [];

    /// <inheritdoc/>
    public static Decision Decide(RollIssuer command, States states, Facts facts)
    {
        if (command.Issuer.Algorithm is null)
        {
            return IssuerRejections.IssuerUnknown;
        }

        var issuer = states.Get<Issuer>(command.Issuer.Stream);
        return facts.Outcome<IssuerMade>() is { } made
            ? Decision.Of(command.Issuer.Stream, new IssuerRolled(made.Name, made.Digest, made.NotAfter, made.RootName, made.RootDigest, made.CrossDigest))
            : Decision.First(new MakeIssuer(command.Issuer, issuer.Generation + 1, command.Root));
    }
}

/// <summary>Another issuing authority issues from now on.</summary>
/// <param name="Name">Its published name.</param>
/// <param name="Digest">SHA-256 (hex) of its certificate (DER).</param>
/// <param name="NotAfter">Until when that holds (UTC).</param>
/// <param name="RootName">The published name of its root.</param>
/// <param name="RootDigest">SHA-256 (hex) of the root's certificate.</param>
/// <param name="CrossDigest">Of a new root, SHA-256 (hex) of the certificate that the former root issued for it.</param>
[EventName("issuer.rolled")]
public sealed record IssuerRolled(string Name, string Digest, DateTimeOffset NotAfter, string RootName, string RootDigest, string? CrossDigest = null) : IEvent;

/// <summary>Make keys and certificates of the next generation of an authority.</summary>
/// <param name="Issuer">The authority.</param>
/// <param name="Generation">The number of the generation, from 2.</param>
/// <param name="Root">Whether a new root is made, too.</param>
public sealed record MakeIssuer(IssuerId Issuer, int Generation, bool Root) : IEffect;

/// <summary>They are made; nothing is issued by them before their event is recorded.</summary>
/// <param name="Name">The issuing authority's published name.</param>
/// <param name="Digest">SHA-256 (hex) of its certificate (DER).</param>
/// <param name="NotAfter">Until when that holds (UTC).</param>
/// <param name="RootName">The published name of its root.</param>
/// <param name="RootDigest">SHA-256 (hex) of the root's certificate.</param>
/// <param name="CrossDigest">Of a new root, SHA-256 (hex) of the certificate that the former root issued for it.</param>
public sealed record IssuerMade(string Name, string Digest, DateTimeOffset NotAfter, string RootName, string RootDigest, string? CrossDigest) : IOutcome;
