using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Issuers;
using Seal.Domain.Organisations;
using Seal.Domain.Seals;

namespace Seal.Domain.Signings;

/// <summary>
/// Puts a seal on a document. Anyone signed in may ask, so that a refused use is logged as well. The file is looked at first,
/// then the rules, then the PIN; the signature is made after the request is recorded, and holds only if the seal, the holding
/// and the certificate are still as they were read when it is recorded itself.
/// </summary>
/// <param name="Seal">The seal.</param>
/// <param name="Document">The uploaded file.</param>
/// <param name="Page">The page, from 1; 0 when only <paramref name="Further"/> says where.</param>
/// <param name="XMm">The impression's left edge from the page's left edge, in millimetres.</param>
/// <param name="YMm">The impression's upper edge from the page's upper edge, in millimetres.</param>
/// <param name="Pin">The holder's PIN.</param>
/// <param name="Further">Further places, on words, across edges, on all pages; it is still one signature.</param>
/// <param name="Certify">Closes the document: 1 allows no change after it; a PDF's first signature may also say 2, forms and signatures, or 3, also annotations.</param>
public sealed record SealDocument(
    SealId Seal, DocumentId Document, int Page, decimal XMm, decimal YMm, Pin Pin, IReadOnlyList<Placing>? Further = null, int? Certify = null) : ICommand<SealDocument>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(SigningId.StreamType, Role.Person) { Creates = true, Unknown = SealRejections.SealUnknown };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => new SigningId(facts.NewKey).Stream;

    /// <inheritdoc/>
    public StreamId Subject(Facts facts) => Seal.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts)
    {
        var id = HoldingId.Of(Seal, facts.Actor.Person);
        return [known.Get<ElectronicSeal>(Seal.Stream).Organisation.Stream, id.Stream, id.PinStream, known.Get<Holding>(id.Stream).Certificate.Stream, .. IssuerId.Of(known.Get<Holding>(id.Stream))];
    }

    /// <inheritdoc/>
    public static Decision Decide(SealDocument command, States states, Facts facts)
    {
        var use = new Use(command, states, facts);
        return states.Get<Signing>(use.Stream).Status switch
        {
            SigningStatus.None => use.Request(),
            SigningStatus.Requested => use.Finish(),
            _ => SigningRejections.SigningFinished,
        };
    }

    /// <summary>One use of a seal: what is asked, by whom, of what.</summary>
    private sealed class Use(SealDocument command, States states, Facts facts)
    {
        private readonly HoldingId _id = HoldingId.Of(command.Seal, facts.Actor.Person);
        private readonly ElectronicSeal _seal = states.Get<ElectronicSeal>(command.Seal.Stream);

        public StreamId Stream { get; } = command.Target(facts);

        private Holding Holding { get; } = states.Get<Holding>(HoldingId.Of(command.Seal, facts.Actor.Person).Stream);

        private StreamId Issuer { get; } = IssuerId.Of(states.Get<Holding>(HoldingId.Of(command.Seal, facts.Actor.Person).Stream)).FirstOrDefault();

        private Certificate Certificate => states.Get<Certificate>(Holding.Certificate.Stream);

        public Decision Request()
        {
            switch (facts.Outcomes.FirstOrDefault(outcome => outcome is DocumentPrepared or DocumentUnfit))
            {
                case null:
                    return Decision.First(new PrepareDocument(
                        command.Document, command.Seal, command.Page, command.XMm, command.YMm, _seal.WidthMm, _seal.HeightMm, command.Further, command.Certify));
                case DocumentUnfit unfit:
                    return DocumentRejections.Of(unfit.Code, unfit.Field);
            }

            var attempts = states.Get<PinAttempts>(_id.PinStream);
            var format = facts.Outcome<DocumentPrepared>()!.Format;
            if ((Refuse() ?? (attempts.IsLocked ? HoldingRejections.PinLocked : null) ?? SealUse.WhyNotFor(format, Holding)) is { } refused)
            {
                return Decide(Requested(), Declined(refused, DeclineStage.Decision)).ButReject(refused).Guarding(Stream);
            }

            if (facts.Outcome<PinChecked>() is not { } pin)
            {
                return Decision.First(new CheckPin(_id, Holding.Key, command.Pin));
            }

            if (!pin.Correct)
            {
                var (failed, wrong) = attempts.Fail(_id.PinStream, facts.Settings);
                return Decide(Requested(), Declined(wrong, DeclineStage.Decision))
                    .And(failed)
                    .ButReject(wrong)
                    .Guarding(Stream, _id.PinStream);
            }

            return Decide(Requested())
                .And(attempts.Succeed(_id.PinStream))
                .Guarding(Stream, _id.PinStream)
                .Then(Signature());
        }

        public Decision Finish()
        {
            if (Refuse() is { } refused)
            {
                return Decide(Declined(refused, DeclineStage.Append)).ButReject(refused).Guarding(Stream);
            }

            // The PIN opened the key of then: since it was asked for, the holder has claimed anew or set another PIN.
            if (facts.Outcome<PinChecked>()?.Key is { } opened && opened != Holding.Key)
            {
                return Fail("key-replaced");
            }

            return facts.Outcomes.LastOrDefault(outcome => outcome is SignatureMade or SignatureFailed) switch
            {
                SignatureMade made => Decide(new SigningSealed(
                        states.VersionOf(command.Seal.Stream), _seal.Edition, _id, Holding.Certificate, made.SealedDigest, made.SignatureDigest, made.SignedDigest,
                        made.Level, made.StampedAt))
                    .Guarding(Stream, command.Seal.Stream, _id.Stream, Holding.Certificate.Stream, Issuer)
                    .Before(_seal.ValidUntil)
                    .Before(Holding.Until)
                    .Before(Certificate.NotAfter),
                SignatureFailed failed => Fail(failed.Code),
                _ => Decision.First(Signature()),
            };
        }

        private Decision Fail(string code) =>
            Decide(new SigningFailed(code)).ButReject(SigningRejections.SignatureFailed.With("why", code)).Guarding(Stream);

        private Rejection? Refuse() => SealUse.WhyNot(_seal, Holding, Certificate, states.Get<Issuer>(Issuer), facts.Now);

        private Decision Decide(params IEnumerable<IEvent> happened) => Decision.Of(happened.Select(one => new StreamEvent(Stream, one)));

        private SigningRequested Requested() => new(
            command.Seal,
            _seal.Organisation,
            states.Get<Organisation>(_seal.Organisation.Stream).Region,
            facts.Actor.Person,
            command.Document,
            facts.Outcome<DocumentPrepared>()?.Digest ?? "",
            command.Page,
            command.XMm,
            command.YMm,
            facts.Now);

        private static SigningDeclined Declined(Rejection why, DeclineStage stage) => new(why.Code, stage);

        private MakeSignature Signature() => new(
            new SigningId(Stream.Key),
            command.Document,
            command.Seal,
            _seal.Edition,
            _id,
            Holding.Key,
            Holding.Certificate,
            _seal.Organisation,
            command.Page,
            command.XMm,
            command.YMm,
            command.Further,
            command.Certify);
    }
}
