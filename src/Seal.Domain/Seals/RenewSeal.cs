using System.Collections.Immutable;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;

namespace Seal.Domain.Seals;

/// <summary>
/// Extends a seal by one term, from its old end while it is valid and from now on when it is over. Every holder whose right
/// goes on gets a new certificate for the same key, because no PIN is there to open it.
/// </summary>
/// <param name="Seal">The seal.</param>
public sealed record RenewSeal(SealId Seal) : ICommand<RenewSeal>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(SealId.StreamType, Role.OwnerSide)
    {
        NeedsProof = true,
        Unknown = SealRejections.SealUnknown,
    };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Seal.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts)
    {
        var seal = known.Get<ElectronicSeal>(Seal.Stream);
        return [seal.Organisation.Stream, .. seal.Signers.SelectMany(signer => new[] { new HoldingId(signer.Key).Stream, signer.Value.Stream })];
    }

    /// <inheritdoc/>
    public static Decision Decide(RenewSeal command, States states, Facts facts)
    {
        var seal = states.Get<ElectronicSeal>(command.Seal.Stream);
        var refused = seal.Status switch
        {
            SealStatus.Active when seal.ValidUntil > facts.Now.AddYears(facts.Settings.TermYears) => SealRejections.RenewalTooEarly,
            // A new certificate for the same key would get round the suspension.
            SealStatus.Active when seal.Signers.Values.Any(one => states.Get<Certificate>(one.Stream).Status == CertificateStatus.Suspended) => CertificateRejections.CertificateSuspended,
            SealStatus.Active => null,
            _ => seal.WhyNotUsable(facts.Now),
        };
        if (refused is not null)
        {
            return refused;
        }

        var until = (seal.ValidUntil > facts.Now ? seal.ValidUntil : facts.Now).AddYears(facts.Settings.TermYears);
        var renewed = new SealRenewed(until);
        var goingOn = GoingOn(seal, states, facts.Now, until);
        if (goingOn.Count == 0)
        {
            return Decision.Of(command.Seal.Stream, renewed);
        }

        if (facts.Outcome<CertificatesRenewed>() is not { } outcome)
        {
            var signers = seal.Signers.Where(signer => goingOn.ContainsKey(signer.Key)).ToImmutableSortedDictionary(StringComparer.Ordinal);
            return Decision.First(new RenewCertificates(command.Seal, seal.Organisation, signers, until, seal.Edition + 1));
        }

        var listed = outcome.Certificates.ToImmutableSortedDictionary(one => one.Holding.Value, one => one.New, StringComparer.Ordinal);
        return Decision.Of(command.Seal.Stream, renewed)
            .And(outcome.Certificates.SelectMany(one => Record(one, states, goingOn)))
            .And(command.Seal.Stream, new EditionMade(seal.Edition + 1, outcome.EditionDigest, listed));
    }

    /// <summary>The signers whose right goes on, with its end: the legal representative's lasts as long as the seal, everybody else's as granted.</summary>
    private static Dictionary<string, DateTimeOffset> GoingOn(ElectronicSeal seal, States states, DateTimeOffset now, DateTimeOffset until)
    {
        var legalRepresentative = states.Get<Organisation>(seal.Organisation.Stream).LegalRepresentative;
        return seal.Signers.Keys
            .Select(key => (Key: key, Holding: states.Get<Holding>(new HoldingId(key).Stream)))
            .Select(one => one.Holding.Person == legalRepresentative ? one with { Holding = one.Holding with { Until = until } } : one)
            .Where(one => one.Holding.IsLive(now))
            .ToDictionary(one => one.Key, one => one.Holding.Until);
    }

    private static IEnumerable<StreamEvent> Record(RenewedCertificate one, States states, Dictionary<string, DateTimeOffset> goingOn)
    {
        var holding = states.Get<Holding>(one.Holding.Stream);
        return
        [
            new(one.New.Stream, new CertificateIssued(holding.Seal, one.Holding, holding.Person, holding.Algorithm, one.Digest, one.NotAfter, one.Issuer)),
            new(one.Old.Stream, new CertificateRenewed(one.New)),
            new(one.Holding.Stream, new HoldingRenewed(one.New, goingOn[one.Holding.Value])),
        ];
    }
}

/// <summary>A seal's validity is extended.</summary>
/// <param name="ValidUntil">Its new end (UTC).</param>
[EventName("seal.renewed")]
public sealed record SealRenewed(DateTimeOffset ValidUntil) : IEvent;

/// <summary>A holding goes on with a new certificate for the same key.</summary>
/// <param name="Certificate">The new certificate.</param>
/// <param name="Until">Until when the seal may be used by this holder (UTC).</param>
[EventName("holding.renewed")]
public sealed record HoldingRenewed(CertificateId Certificate, DateTimeOffset Until) : IEvent;
