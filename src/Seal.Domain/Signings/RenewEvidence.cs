using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Persons;

namespace Seal.Domain.Signings;

/// <summary>
/// Renews what proves a sealed PDF before it grows old: the validation material of every signature and time stamp in it is gathered
/// anew, and a document time stamp is put over all of it (PAdES B-LTA, EN 319 142-1 §5.5). What is in the file stays as it is, so that
/// every signature stays valid; it may be done again and again.
/// </summary>
/// <param name="Signing">The signing that sealed the document.</param>
/// <param name="Document">The sealed document, uploaded, with whatever came into it later.</param>
public sealed record RenewEvidence(SigningId Signing, DocumentId Document) : ICommand<RenewEvidence>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(SigningId.StreamType, Role.OwnerSide | Role.Holder) { Unknown = SigningRejections.SigningUnknown };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Signing.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts)
    {
        var signing = known.Get<Signing>(Signing.Stream);
        return [signing.Organisation.Stream, HoldingId.Of(signing.Seal, facts.Actor.Person).Stream];
    }

    /// <inheritdoc/>
    public static Decision Decide(RenewEvidence command, States states, Facts facts)
    {
        var stream = command.Signing.Stream;
        var signing = states.Get<Signing>(stream);
        if (signing.Status != SigningStatus.Sealed)
        {
            return EvidenceRejections.SigningNotSealed;
        }

        var holding = states.Get<Holding>(HoldingId.Of(signing.Seal, facts.Actor.Person).Stream);
        if (holding.Status == HoldingStatus.Withdrawn && (Decider.RolesOf(facts.Actor, states, facts.Now) & Role.OwnerSide) == Role.None)
        {
            return HoldingRejections.HoldingWithdrawn;
        }

        return facts.Outcomes switch
        {
            [.., EvidenceExtended made] => Decision.Of(stream, new SigningEvidenceRenewed(
                    facts.Actor.Person, new DocumentId(facts.NewKey), made.DocumentDigest, made.RenewedDigest, made.StampedAt, made.Complete))
                .Guarding(stream),
            [.., EvidenceUnfit unfit] => Refuse(unfit.Flaw),
            [.., DocumentUnfit unfit] => DocumentRejections.Of(unfit.Code, unfit.Field),
            [.., SignatureFailed failed] => EvidenceRejections.EvidenceUnavailable.With("why", failed.Code),
            _ => Decision.First(new ExtendEvidence(command.Signing, command.Document, new DocumentId(facts.NewKey))),
        };
    }

    private static Rejection Refuse(EvidenceFlaw flaw) => flaw switch
    {
        EvidenceFlaw.NotSigned => EvidenceRejections.DocumentNotSigned,
        EvidenceFlaw.OfOther => EvidenceRejections.DocumentOfOtherSigning,
        EvidenceFlaw.Altered => EvidenceRejections.DocumentAltered,
        _ => EvidenceRejections.RenewalNeedsPdf,
    };
}

/// <summary>What proves the sealed document was renewed. The seal, its holders and its certificates have no part in it.</summary>
/// <param name="By">Who had it renewed.</param>
/// <param name="Renewed">The file that waits to be fetched.</param>
/// <param name="DocumentDigest">SHA-256 (hex) of the file as uploaded.</param>
/// <param name="RenewedDigest">SHA-256 (hex) of the renewed file.</param>
/// <param name="StampedAt">The time that the new time stamp states (UTC).</param>
/// <param name="Complete">Whether the revocation state of every certificate in the file could be had.</param>
[EventName("signing.evidence-renewed")]
public sealed record SigningEvidenceRenewed(
    PersonId By, DocumentId Renewed, string DocumentDigest, string RenewedDigest, DateTimeOffset StampedAt, bool Complete) : IEvent;

/// <summary>Judge a sealed document and renew what proves it; keep the file back until the renewal is recorded.</summary>
/// <param name="Signing">The signing.</param>
/// <param name="Document">The sealed file.</param>
/// <param name="Renewed">The renewed file.</param>
public sealed record ExtendEvidence(SigningId Signing, DocumentId Document, DocumentId Renewed) : IEffect;

/// <summary>The renewed file is made and kept back.</summary>
/// <param name="DocumentDigest">SHA-256 (hex) of the file as uploaded.</param>
/// <param name="RenewedDigest">SHA-256 (hex) of the renewed file.</param>
/// <param name="StampedAt">The time that the new time stamp states (UTC).</param>
/// <param name="Complete">Whether the revocation state of every certificate in the file could be had.</param>
public sealed record EvidenceExtended(string DocumentDigest, string RenewedDigest, DateTimeOffset StampedAt, bool Complete) : IOutcome;

/// <summary>The file is not one whose evidence can be renewed for this signing.</summary>
/// <param name="Flaw">Why not.</param>
public sealed record EvidenceUnfit(EvidenceFlaw Flaw) : IOutcome;

/// <summary>Why the evidence in a file is not renewed.</summary>
public enum EvidenceFlaw
{
    /// <summary>Nothing in it is signed.</summary>
    NotSigned,

    /// <summary>It is signed, but the signature of this signing is not in it.</summary>
    OfOther,

    /// <summary>Its signature does not hold, or something was done to it afterwards that may not be done.</summary>
    Altered,

    /// <summary>It is an OFD, which has no place for document time stamps.</summary>
    NotAPdf,
}

/// <summary>Refusals to renew what proves a sealed document.</summary>
[Rejections]
public static class EvidenceRejections
{
    /// <summary>Nothing was sealed: the signing was refused, failed, or is under way.</summary>
    public static Rejection SigningNotSealed => new("signing-not-sealed", RejectionKind.Conflict, "signing");

    /// <summary>Nothing in the file is signed.</summary>
    public static Rejection DocumentNotSigned => new("pdf-not-signed", RejectionKind.Invalid, "document");

    /// <summary>The file is signed, but not by this signing.</summary>
    public static Rejection DocumentOfOtherSigning => new("document-of-other-signing", RejectionKind.Invalid, "document");

    /// <summary>The file is not what was sealed any more: a new time stamp would prove nothing but that.</summary>
    public static Rejection DocumentAltered => new("document-altered", RejectionKind.Conflict, "document");

    /// <summary>Only a PDF has a place for document time stamps.</summary>
    public static Rejection RenewalNeedsPdf => new("renewal-needs-pdf", RejectionKind.Invalid, "document");

    /// <summary>A time stamp or a revocation state could not be had; <c>why</c> says which.</summary>
    public static Rejection EvidenceUnavailable => new("evidence-unavailable", RejectionKind.Conflict);
}
