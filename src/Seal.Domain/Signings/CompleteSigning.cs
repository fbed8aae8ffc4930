using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Issuers;
using Seal.Domain.Seals;

namespace Seal.Domain.Signings;

/// <summary>
/// The second of two steps of sealing with a Ukey: the token's signature is checked against the certificate that was prepared for, put
/// into the document, and recorded on condition that nothing has changed since the first step. One signature is taken, right or wrong.
/// </summary>
/// <param name="Signing">The signing that was prepared.</param>
/// <param name="Signature">The token's signature over the signed attributes, base64; DER SEQUENCE { r, s } for ECDSA.</param>
public sealed record CompleteSigning(SigningId Signing, string Signature) : ICommand<CompleteSigning>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(SigningId.StreamType, Role.Person) { Unknown = SigningRejections.SigningUnknown };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => Signing.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts)
    {
        var signing = known.Get<Signing>(Signing.Stream);
        return signing.Prepared is { } prepared
            ? [signing.Seal.Stream, HoldingId.Of(signing.Seal, signing.Person).Stream, prepared.Holding.Stream, prepared.Certificate.Stream, IssuerId.Of(prepared.Algorithm).Stream]
            : [];
    }

    /// <inheritdoc/>
    public static Decision Decide(CompleteSigning command, States states, Facts facts)
    {
        var stream = command.Signing.Stream;
        var signing = states.Get<Signing>(stream);
        if (signing.Person != facts.Actor.Person)
        {
            return RefuseApart(signing, SigningRejections.SigningOfOther, facts);
        }

        if (signing.Status != SigningStatus.Requested)
        {
            return RefuseApart(signing, SigningRejections.SigningFinished, facts);
        }

        if (signing.Prepared is not { } prepared)
        {
            return SigningRejections.SigningInProgress;
        }

        if (WhyNot(signing, prepared, states, facts.Now) is { } refused)
        {
            return Decline(stream, refused);
        }

        var seal = states.Get<ElectronicSeal>(signing.Seal.Stream);
        return facts.Outcomes.LastOrDefault(outcome => outcome is SignatureMade or SignatureFailed or SignatureForeign or SignatureUnderWay) switch
        {
            SignatureMade made => Decision.Of(stream, new SigningSealed(
                    prepared.SealVersion, prepared.Edition, prepared.Holding, prepared.Certificate, made.SealedDigest, made.SignatureDigest, made.SignedDigest,
                    made.Level, made.StampedAt))
                .Guarding(stream, signing.Seal.Stream, HoldingId.Of(signing.Seal, signing.Person).Stream, prepared.Holding.Stream, prepared.Certificate.Stream, IssuerId.Of(prepared.Algorithm).Stream)
                .Before(prepared.ExpiresAt)
                .Before(seal.ValidUntil)
                .Before(states.Get<Holding>(prepared.Holding.Stream).Until)
                .Before(states.Get<Certificate>(prepared.Certificate.Stream).NotAfter),
            SignatureForeign => Decline(stream, SigningRejections.SignatureInvalid),
            SignatureUnderWay => SigningRejections.SigningInProgress,
            SignatureFailed failed => Decision.Of(stream, new SigningFailed(failed.Code))
                .ButReject(SigningRejections.SignatureFailed.With("why", failed.Code)).Guarding(stream),
            _ => Decision.First(new FinishSignature(Order(command.Signing, signing, prepared), prepared.SignedAttributes, command.Signature)),
        };
    }

    private static Rejection? WhyNot(Signing signing, PreparedUse prepared, States states, DateTimeOffset now)
    {
        var seal = states.Get<ElectronicSeal>(signing.Seal.Stream);
        var right = states.Get<Holding>(HoldingId.Of(signing.Seal, signing.Person).Stream);
        var ukey = states.Get<Holding>(prepared.Holding.Stream);
        if (prepared.ExpiresAt <= now)
        {
            return SigningRejections.SigningExpired;
        }

        // What was signed names a version of the seal and a certificate: with others it would tell something untrue.
        return SealUse.WhyNotOnUkey(seal, right, ukey, states.Get<Certificate>(prepared.Certificate.Stream), states.Get<Issuer>(IssuerId.Of(prepared.Algorithm).Stream), now)
            ?? (states.VersionOf(signing.Seal.Stream) != prepared.SealVersion || ukey.Certificate != prepared.Certificate ? SigningRejections.SealChanged : null);
    }

    private static Decision Decline(StreamId stream, Rejection why) =>
        Decision.Of(stream, new SigningDeclined(why.Code, DeclineStage.Append)).ButReject(why).Guarding(stream);

    /// <summary>
    /// A signing that has ended, or is somebody else's, stays as it is, for what became of it is told by what ended it: the refused use is one of its own.
    /// </summary>
    private static Decision RefuseApart(Signing signing, Rejection why, Facts facts)
    {
        var stream = new SigningId(facts.NewKey).Stream;
        var requested = new DeviceSigningRequested(
            signing.Seal, signing.Organisation, signing.Region, facts.Actor.Person, signing.Place.Document, signing.DocumentDigest,
            signing.Place.Page, signing.Place.XMm, signing.Place.YMm, facts.Now, signing.Place.Further, signing.Place.Certify);
        return Decision.Of(stream, requested).And(stream, new SigningDeclined(why.Code, DeclineStage.Decision)).ButReject(why).Guarding(stream);
    }

    private static DeviceSignature Order(SigningId id, Signing signing, PreparedUse prepared) => new(
        id, signing.Place.Document, signing.Seal, prepared.SealVersion, prepared.Edition, signing.Organisation, prepared.Certificate, prepared.Algorithm,
        signing.Place.Page, signing.Place.XMm, signing.Place.YMm, prepared.At, signing.Place.Further, signing.Place.Certify);
}
