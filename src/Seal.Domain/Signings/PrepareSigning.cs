using System.Text.Json.Nodes;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Issuers;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Seals;

namespace Seal.Domain.Signings;

/// <summary>
/// The first of two steps of sealing with a Ukey: everything is checked, the impression is put into the document, and the answer says
/// what the token has to sign, and until when. Anyone signed in may ask, so that a refused use is logged as well.
/// </summary>
/// <param name="Seal">The seal.</param>
/// <param name="Document">The uploaded file.</param>
/// <param name="Page">The page, from 1; 0 when only <paramref name="Further"/> says where.</param>
/// <param name="XMm">The impression's left edge from the page's left edge, in millimetres.</param>
/// <param name="YMm">The impression's upper edge from the page's upper edge, in millimetres.</param>
/// <param name="Further">Further places, on words, across edges, on all pages; it is still one signature.</param>
/// <param name="Certify">Closes the document: 1 allows no change after it; a PDF's first signature may also say 2, forms and signatures, or 3, also annotations.</param>
public sealed record PrepareSigning(
    SealId Seal, DocumentId Document, int Page, decimal XMm, decimal YMm, IReadOnlyList<Placing>? Further = null, int? Certify = null) : ICommand<PrepareSigning>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(SigningId.StreamType, Role.Person)
    {
        Creates = true,
        NamesRoute = true,
        Unknown = SealRejections.SealUnknown,
    };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => new SigningId(facts.NewKey).Stream;

    /// <inheritdoc/>
    public StreamId Subject(Facts facts) => Seal.Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts)
    {
        var id = HoldingId.Of(Seal, facts.Actor.Person);
        return [known.Get<ElectronicSeal>(Seal.Stream).Organisation.Stream, id.Stream, id.OnUkey.Stream, known.Get<Holding>(id.OnUkey.Stream).Certificate.Stream, .. IssuerId.Of(known.Get<Holding>(id.OnUkey.Stream))];
    }

    /// <inheritdoc/>
    public static Decision Decide(PrepareSigning command, States states, Facts facts)
    {
        var stream = command.Target(facts);
        var id = HoldingId.Of(command.Seal, facts.Actor.Person);
        var seal = states.Get<ElectronicSeal>(command.Seal.Stream);
        var ukey = states.Get<Holding>(id.OnUkey.Stream);
        var issuer = IssuerId.Of(ukey).FirstOrDefault();
        switch (facts.Outcomes.FirstOrDefault(outcome => outcome is DocumentPrepared or DocumentUnfit))
        {
            case null:
                return Decision.First(new PrepareDocument(command.Document, command.Seal, command.Page, command.XMm, command.YMm, seal.WidthMm, seal.HeightMm, command.Further, command.Certify, Settle: true));
            case DocumentUnfit unfit:
                return DocumentRejections.Of(unfit.Code, unfit.Field);
        }

        var document = facts.Outcome<DocumentPrepared>()!;
        var requested = new DeviceSigningRequested(
            command.Seal,
            seal.Organisation,
            states.Get<Organisation>(seal.Organisation.Stream).Region,
            facts.Actor.Person,
            command.Document,
            document.Digest,
            command.Page,
            command.XMm,
            command.YMm,
            facts.Now,
            document.Further,
            command.Certify);
        if ((SealUse.WhyNotOnUkey(seal, states.Get<Holding>(id.Stream), ukey, states.Get<Certificate>(ukey.Certificate.Stream), states.Get<Issuer>(issuer), facts.Now)
            ?? SealUse.WhyNotFor(document.Format, ukey)) is { } refused)
        {
            return Decision.Of(stream, requested).And(stream, new SigningDeclined(refused.Code, DeclineStage.Decision)).ButReject(refused).Guarding(stream);
        }

        var version = states.VersionOf(command.Seal.Stream);
        return facts.Outcomes.LastOrDefault(outcome => outcome is SignaturePrepared or SignatureFailed) switch
        {
            SignaturePrepared prepared => Decision.Of(stream, requested)
                .And(stream, new SigningPrepared(
                    version, seal.Edition, id.OnUkey, ukey.Certificate, ukey.Algorithm, prepared.SignedAttributes, facts.Now, facts.Now + facts.Settings.DeviceSigningTimeout))
                .Guarding(stream, command.Seal.Stream, id.Stream, id.OnUkey.Stream, ukey.Certificate.Stream, issuer),
            SignatureFailed failed => Decision.Of(stream, requested).And(stream, new SigningFailed(failed.Code))
                .ButReject(SigningRejections.SignatureFailed.With("why", failed.Code)).Guarding(stream),
            _ => Decision.First(new PrepareSignature(new DeviceSignature(
                new SigningId(stream.Key), command.Document, command.Seal, version, seal.Edition, seal.Organisation, ukey.Certificate, ukey.Algorithm,
                command.Page, command.XMm, command.YMm, facts.Now, document.Further, command.Certify))),
        };
    }
}

/// <summary>
/// Somebody wants to put a seal on a document with a key that they have on a device. It carries what the usage log 用章记录 shows,
/// whatever comes of it.
/// </summary>
/// <param name="Seal">The seal.</param>
/// <param name="Organisation">Its owner.</param>
/// <param name="Region">The owner's six-digit division code.</param>
/// <param name="Person">Who asks.</param>
/// <param name="Document">The uploaded file.</param>
/// <param name="DocumentDigest">SHA-256 (hex) of the file as uploaded.</param>
/// <param name="Page">The page, from 1.</param>
/// <param name="XMm">The impression's left edge from the page's left edge, in millimetres.</param>
/// <param name="YMm">The impression's upper edge from the page's upper edge, in millimetres.</param>
/// <param name="RequestedAt">When it was asked for (UTC).</param>
/// <param name="Further">Further places; none by words, which may say too much: they have become points.</param>
/// <param name="Certify">What may be done to the document afterwards, if it is to be certified.</param>
[EventName("signing.device-requested", 2)]
public sealed record DeviceSigningRequested(
    SealId Seal,
    OrganisationId Organisation,
    string Region,
    PersonId Person,
    DocumentId Document,
    string DocumentDigest,
    int Page,
    decimal XMm,
    decimal YMm,
    DateTimeOffset RequestedAt,
    IReadOnlyList<Placing>? Further = null,
    int? Certify = null) : IEvent;

/// <summary>The first version knew one place only, and did not certify.</summary>
internal sealed class DeviceSigningRequestedV1 : IUpcaster
{
    public string From => "signing.device-requested.v1";

    public string To => "signing.device-requested.v2";

    public JsonObject Upcast(JsonObject body) => body;
}

/// <summary>The document waits for the signature of a device. Only this certificate's key, over these attributes and in time, can give it.</summary>
/// <param name="SealVersion">The version of the seal's stream; the signature is refused once it is another.</param>
/// <param name="Edition">The edition of the seal data.</param>
/// <param name="Holding">The holding on the Ukey.</param>
/// <param name="Certificate">Its certificate.</param>
/// <param name="Algorithm">The key's algorithm.</param>
/// <param name="SignedAttributes">
/// What is to be signed: the signed attributes (RFC 5652 §5.4), or TBS_Sign (GB/T 38540), DER in base64; in the latter a full stop stands
/// for the seal data of the edition.
/// </param>
/// <param name="At">The time that the signature will state (UTC).</param>
/// <param name="ExpiresAt">From when the signature comes too late (UTC).</param>
[EventName("signing.prepared")]
public sealed record SigningPrepared(
    long SealVersion,
    int Edition,
    HoldingId Holding,
    CertificateId Certificate,
    KeyAlgorithm Algorithm,
    string SignedAttributes,
    DateTimeOffset At,
    DateTimeOffset ExpiresAt) : IEvent;
