using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Seals;

namespace Seal.Domain.Holdings;

/// <summary>Make a key under a PIN, have it certified, and sign an edition of the seal data that lists the certificate.</summary>
/// <param name="Holding">Whose key it will be.</param>
/// <param name="Seal">The seal.</param>
/// <param name="Organisation">The seal's owner.</param>
/// <param name="Person">The holder.</param>
/// <param name="Algorithm">The key's algorithm.</param>
/// <param name="Pin">The PIN that seals the key.</param>
/// <param name="Edition">The number of the edition to make.</param>
/// <param name="OtherSigners">The other holdings that stay in force and their certificates, listed beside the new one.</param>
/// <param name="NotAfter">Until when the certificate must hold (UTC).</param>
public sealed record IssueHolding(
    HoldingId Holding,
    SealId Seal,
    OrganisationId Organisation,
    PersonId Person,
    KeyAlgorithm Algorithm,
    Pin Pin,
    int Edition,
    IReadOnlyDictionary<string, CertificateId> OtherSigners,
    DateTimeOffset NotAfter) : IEffect;

/// <summary>Key, certificate and edition are made; nothing of it is in force before its events are recorded.</summary>
/// <param name="Key">The vault's opaque name of the key.</param>
/// <param name="Certificate">The certificate's serial number.</param>
/// <param name="CertificateDigest">SHA-256 (hex) of the certificate (DER).</param>
/// <param name="NotAfter">Until when the certificate holds (UTC).</param>
/// <param name="EditionDigest">SHA-256 (hex) of the seal data (DER).</param>
/// <param name="Issuer">Who issued the certificate, by the published name; <c>null</c> for the first authority of its algorithm.</param>
public sealed record HoldingIssued(
    string Key, CertificateId Certificate, string CertificateDigest, DateTimeOffset NotAfter, string EditionDigest, string? Issuer = null) : IOutcome;

/// <summary>What a claim and a PIN reset have in common: a new certificate in a new edition, in place of the old one.</summary>
internal static class Issuing
{
    internal static IssueHolding Effect(HoldingId id, Holding holding, ElectronicSeal seal, KeyAlgorithm algorithm, Pin pin) =>
        new(id, holding.Seal, seal.Organisation, holding.Person, algorithm, pin, seal.Edition + 1, seal.Signers.Remove(id.Value), seal.ValidUntil);

    internal static Decision Record(HoldingId id, Holding holding, States states, KeyAlgorithm algorithm, HoldingIssued issued, IEvent onHolding)
    {
        var seal = states.Get<ElectronicSeal>(holding.Seal.Stream);
        var old = holding.Certificate;
        var decision = Decision.Of(id.Stream, onHolding)
            .And(issued.Certificate.Stream, new CertificateIssued(holding.Seal, id, holding.Person, algorithm, issued.CertificateDigest, issued.NotAfter, issued.Issuer));
        if (!old.Stream.IsNone && states.Get<Certificate>(old.Stream).Status != CertificateStatus.Revoked)
        {
            decision = decision.And(old.Stream, new CertificateRevoked(RevocationReason.Superseded));
        }

        var signers = seal.Signers.SetItem(id.Value, issued.Certificate);
        decision = decision.And(holding.Seal.Stream, new EditionMade(seal.Edition + 1, issued.EditionDigest, signers));
        var attempts = states.Get<PinAttempts>(id.PinStream);
        return attempts.Failures > 0 ? decision.And(id.PinStream, new PinReset()) : decision;
    }
}
