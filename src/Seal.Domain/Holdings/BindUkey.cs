using System.Collections.Immutable;
using Seal.Domain.Apps;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Seals;

namespace Seal.Domain.Holdings;

/// <summary>
/// Lets a holder sign with a key on a token of theirs as well. The token makes the key and signs a certification request with it;
/// the service certifies that key and lists the certificate in a new edition. The cloud medium goes on working.
/// </summary>
/// <param name="Holding">The holding, claimed before.</param>
/// <param name="SerialNumber">The token's serial number, as its maker gave it.</param>
/// <param name="Model">The token's model, as its maker names it.</param>
/// <param name="Request">The PKCS#10 certification request (RFC 2986), DER in base64; its subject's serialNumber is the token's.</param>
public sealed record BindUkey(HoldingId Holding, string SerialNumber, string Model, string Request) : ICommand<BindUkey>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(HoldingId.StreamType, Role.Holder)
    {
        NeedsProof = true,
        Unknown = HoldingRejections.HoldingUnknown,
    };

    private UkeyBinding Binding => new(Holding.OnUkey, Model, SerialNumber, Request);

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Holding.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts)
    {
        var holding = known.Get<Holding>(Holding.Stream);
        return [holding.Seal.Stream, holding.Certificate.Stream, known.Get<ElectronicSeal>(holding.Seal.Stream).Organisation.Stream, .. Binding.Reads(known)];
    }

    /// <inheritdoc/>
    public static Decision Decide(BindUkey command, States states, Facts facts)
    {
        var holding = states.Get<Holding>(command.Holding.Stream);
        var seal = states.Get<ElectronicSeal>(holding.Seal.Stream);
        if (Refuse(command, holding, seal, states, facts) is { } refused)
        {
            return refused;
        }

        return command.Binding.Decide(holding.Seal, seal, (holding.Person, holding.From, holding.Until), facts);
    }

    private static Rejection? Refuse(BindUkey command, Holding holding, ElectronicSeal seal, States states, Facts facts)
    {
        var bound = states.Get<Holding>(command.Holding.OnUkey.Stream);
        return holding.Status switch
        {
            // Whoever holds another seal on the same token is a holder, but not of this one.
            _ when holding.Person != facts.Actor.Person => AccessRejections.NotPermitted,
            _ when holding.Medium != Medium.Cloud => HoldingRejections.HoldingUnknown,
            _ when !command.Binding.IsWellFormed => UkeyRejections.UkeyMalformed,
            _ when seal.Status == SealStatus.Revoked => SealRejections.SealRevoked,
            HoldingStatus.Withdrawn => HoldingRejections.HoldingWithdrawn,
            not HoldingStatus.Claimed => HoldingRejections.HoldingNotClaimed,
            _ when seal.WhyNotUsable(facts.Now) is { } refused => refused,
            _ when holding.Until <= facts.Now => HoldingRejections.HoldingExpired,
            // A suspension is not to be got round with another medium.
            _ when new[] { holding, bound }.Any(one => states.Get<Certificate>(one.Certificate.Stream).Status == CertificateStatus.Suspended) => CertificateRejections.CertificateSuspended,
            _ when bound.Status == HoldingStatus.Claimed && states.Get<Certificate>(bound.Certificate.Stream).IsInForce(facts.Now) => UkeyRejections.UkeyAlreadyBound,
            _ when command.Binding.ServesOther(seal, states, facts.Now) => UkeyRejections.UkeyOfOther,

            // An HSM may serve its organisation's apps besides.
            _ when command.Binding.Serves(states, facts.Now).Any(one => one.Person != holding.Person && AppId.Behind(one.Person) is null) => UkeyRejections.UkeyOfOther,
            _ => null,
        };
    }
}

/// <summary>A holder can sign with a key on a token.</summary>
/// <param name="Seal">The seal.</param>
/// <param name="Person">Whose right it is.</param>
/// <param name="From">From when it may be used (UTC).</param>
/// <param name="Until">Until when it may be used (UTC).</param>
/// <param name="Certificate">The certificate's serial number.</param>
/// <param name="SerialNumber">The token's serial number.</param>
/// <param name="Model">The token's model.</param>
/// <param name="Algorithm">The key's algorithm.</param>
/// <param name="Edition">The edition of the seal data that lists the certificate first.</param>
[EventName("holding.ukey-bound")]
public sealed record UkeyBound(
    SealId Seal,
    PersonId Person,
    DateTimeOffset From,
    DateTimeOffset Until,
    CertificateId Certificate,
    string SerialNumber,
    string Model,
    KeyAlgorithm Algorithm,
    int Edition) : IEvent;

/// <summary>Check a certification request, certify its key, and sign an edition of the seal data that lists the certificate.</summary>
/// <param name="Holding">The holding on the Ukey.</param>
/// <param name="Seal">The seal.</param>
/// <param name="Organisation">The seal's owner.</param>
/// <param name="SerialNumber">The token's serial number, which the request must name.</param>
/// <param name="Request">The request, DER in base64.</param>
/// <param name="Edition">The number of the edition to make.</param>
/// <param name="OtherSigners">The other holdings that stay in force and their certificates.</param>
/// <param name="NotAfter">Until when the certificate must hold (UTC).</param>
public sealed record CertifyUkey(
    HoldingId Holding,
    SealId Seal,
    OrganisationId Organisation,
    string SerialNumber,
    string Request,
    int Edition,
    ImmutableSortedDictionary<string, CertificateId> OtherSigners,
    DateTimeOffset NotAfter) : IEffect;

/// <summary>Certificate and edition are made; nothing of it is in force before its events are recorded.</summary>
/// <param name="Certificate">The certificate's serial number.</param>
/// <param name="CertificateDigest">SHA-256 (hex) of the certificate (DER).</param>
/// <param name="NotAfter">Until when the certificate holds (UTC).</param>
/// <param name="Algorithm">The key's algorithm.</param>
/// <param name="EditionDigest">SHA-256 (hex) of the seal data (DER).</param>
/// <param name="Issuer">Who issued the certificate, by the published name; <c>null</c> for the first authority of its algorithm.</param>
public sealed record UkeyCertified(
    CertificateId Certificate, string CertificateDigest, DateTimeOffset NotAfter, KeyAlgorithm Algorithm, string EditionDigest, string? Issuer = null) : IOutcome;

/// <summary>The key is not certified on such a request.</summary>
/// <param name="Code">The code of a <see cref="RequestRejections"/>.</param>
public sealed record RequestUnfit(string Code) : IOutcome;
