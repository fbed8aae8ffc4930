using System.Globalization;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Issuers;
using Seal.Domain.MasterKeys;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Seals;
using Seal.Domain.Signings;
using Seal.EventModel.Tests.Model;

namespace Seal.EventModel.Tests.Pure;

/// <summary>What effects do, in memory: keys open with the PIN they were made with, documents are what their names say.</summary>
/// <param name="world">Its people and names.</param>
/// <param name="nameOf">The name of an organisation.</param>
/// <param name="obligationsOf">What a person answers for.</param>
public sealed class OutsideWorld(World world, Func<OrganisationId, string> nameOf, Func<PersonId, IReadOnlyList<string>> obligationsOf)
{
    /// <summary>A character that the simplified Song typeface has no outline for: GB 2312 has no place for it.</summary>
    private const char NotInTheFont = '喆';

    private readonly Dictionary<string, string> _pins = new(StringComparer.Ordinal);
    private readonly List<MasterKeyId> _masterKeys = [MasterKeyId.First];
    private int _made;

    /// <summary>The scenario's directions for the command being played: <c>certificate: short</c>, <c>upload: lost</c>,
    /// <c>signature: interrupted</c>.</summary>
    public Play? Playing { get; set; }

    /// <summary>Performs an effect.</summary>
    public IOutcome Perform(IEffect effect) => effect switch
    {
        DrawImpression draw when nameOf(draw.Organisation).Contains(NotInTheFont) => new ImpressionImpossible("font-lacks-character"),
        DrawImpression draw => new ImpressionDrawn(Digest(), Size(draw.Kind), Size(draw.Kind)),
        IssueHolding issue => Issue(issue),
        RewrapKey rewrap => Rewrap(rewrap),
        CheckPin check => new PinChecked(_pins[check.Key] == check.Pin.Digits, check.Key),
        RenewCertificates renew => new CertificatesRenewed(
            [.. renew.Signers.Select(one => new RenewedCertificate(new HoldingId(one.Key), one.Value, new(Serial()), Digest(), renew.NotAfter))],
            Digest()),
        PrepareDocument prepare => Prepare(prepare),
        CertifyUkey certify => Certify(certify),
        MakeIssuer make => new IssuerMade($"issuing-{make.Generation}", Digest(), new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero), "root", Digest(), make.Root ? Digest() : null),
        ExamineOrder examine => Examine(examine),
        CertifyOrder when Playing?.Props["issuing"] is { } code => new OrderNotCertified(code.ToString(), "why"),
        CertifyOrder { Kind: "organisation-pair" } certify => new OrderCertified(
            new(Serial()), "ca-issuing-sm2", Digest(), certify.NotAfter, new EncryptionCertified(new(Serial()), Digest(), certify.NotAfter, certify.FormerEncryption)),
        CertifyOrder certify => new OrderCertified(new(Serial()), certify.Authority == DomainSettings.EmbeddedAuthority ? "ca-issuing-ecdsa" : "", Digest(), certify.NotAfter),
        NotifyAuthority notify when Directed("telling", "declined") => new AuthorityAnswered(notify.Status, NoticeAnswer.Declined, "Not yours."),
        NotifyAuthority notify when Directed("telling", "not-reached") => new AuthorityAnswered(notify.Status, NoticeAnswer.NotReached, "HTTP 503"),
        NotifyAuthority notify => new AuthorityAnswered(notify.Status, NoticeAnswer.Confirmed),
        PrepareSignature => new SignaturePrepared(Digest()),
        FinishSignature { Value: not "right" } => new SignatureForeign(),
        FinishSignature when Directed("upload", "lost") => new SignatureFailed("document-unknown"),
        FinishSignature => new SignatureMade(Digest(), Digest(), Digest()),
        MakeSignature when Directed("upload", "lost") => new SignatureFailed("document-unknown"),
        MakeSignature => new SignatureMade(Digest(), Digest(), Digest()),
        ExtendEvidence extend => Extend(extend),
        FindObligations when Directed("obligations", "overlooked") => new ObligationsFound([]),
        FindObligations find => new ObligationsFound(obligationsOf(find.Person)),
        MakeMasterKey make => Make(make.Key),
        RetireMasterKey retire when !_masterKeys.Contains(retire.Key) => new MasterKeyRetired(Retirement.Unknown),
        RetireMasterKey retire => new MasterKeyRetired(retire.Key == _masterKeys[^1] ? Retirement.InUse : Retirement.Done),
        _ => throw new NotSupportedException($"Nobody performs {effect.GetType().Name}."),
    };

    /// <summary>Whether everything stops here, as if the power had failed.</summary>
    public bool IsInterruptedAt(IEffect effect) => effect is MakeSignature && Directed("signature", "interrupted");

    // The customary sizes, as the real impressions have them.
    private static decimal Size(SealKind kind) => kind switch
    {
        SealKind.LegalName => 40m,
        SealKind.LegalRepresentative => 20m,
        _ => 38m,
    };

    private HoldingIssued Issue(IssueHolding issue)
    {
        var key = $"key-{++_made}";
        _pins[key] = issue.Pin.Digits;
        var notAfter = Directed("certificate", "short") ? issue.NotAfter.AddMonths(-6) : issue.NotAfter;
        return new HoldingIssued(key, new(Serial()), Digest(), notAfter, Digest());
    }

    private IOutcome Certify(CertifyUkey certify) => (certify.Request, certify.SerialNumber) switch
    {
        ("tampered", _) => new RequestUnfit(RequestRejections.RequestNotSigned.Code),
        ("of-compromised-key", _) => new RequestUnfit(RequestRejections.RequestKeyCompromised.Code),
        ("weak" or "of-other-curve", _) => new RequestUnfit(RequestRejections.RequestKeyUnfit.Code),
        ("good", "token") or ("of-other-token", "other-token") =>
            new UkeyCertified(new(Serial()), Digest(), certify.NotAfter, KeyAlgorithm.EcdsaP256, Digest()),
        ("good" or "of-other-token", _) => new RequestUnfit(RequestRejections.RequestForOtherToken.Code),
        _ => new RequestUnfit(RequestRejections.RequestMalformed.Code),
    };

    private IOutcome Examine(ExamineOrder examine) => examine.Request switch
    {
        "tampered" => new RequestUnfit(RequestRejections.RequestNotSigned.Code),
        "of-compromised-key" => new RequestUnfit(RequestRejections.RequestKeyCompromised.Code),
        "weak" or "of-other-curve" => new RequestUnfit(RequestRejections.RequestKeyUnfit.Code),
        not (null or "good" or "of-other-token" or "sm2") => new RequestUnfit(RequestRejections.RequestMalformed.Code),
        _ when Directed("paper", "large") => new DocumentUnfit("material-too-large", "materials"),
        _ when examine.Materials.Any(material => Documents.CodeOf(material.Document.Value, world) == "document-unknown") => new DocumentUnfit("document-unknown", "materials"),
        var request => new OrderExamined(
            request is null ? null : request == "sm2" ? KeyAlgorithm.Sm2 : KeyAlgorithm.EcdsaP256, request is null ? null : Digest(), [.. examine.Materials.Select(material => new RecordedMaterial(material.Kind, Digest()))]),
    };

    private KeyRewrapped Rewrap(RewrapKey rewrap)
    {
        if (_pins[rewrap.Key] != rewrap.Old.Digits)
        {
            return new KeyRewrapped(null);
        }

        var key = $"key-{++_made}";
        _pins[key] = rewrap.New.Digits;
        return new KeyRewrapped(key);
    }

    private IOutcome Prepare(PrepareDocument prepare)
    {
        var code = Documents.CodeOf(prepare.Document.Value, world);
        return code is not null ? new DocumentUnfit(code)
            : prepare.Page is < 1 or > Documents.Pages ? new DocumentUnfit("page-not-found")
            : prepare.XMm < 0 || prepare.XMm + prepare.WidthMm > 210 ? new DocumentUnfit("stamp-outside-page")
            : prepare.YMm < 0 || prepare.YMm + prepare.HeightMm > 297 ? new DocumentUnfit("stamp-outside-page", "yMm")
            : new DocumentPrepared(Digest(), Documents.FormatOf(prepare.Document.Value, world), prepare.Settle ? prepare.Further : null);
    }

    private IOutcome Extend(ExtendEvidence extend) => extend.Document.Value switch
    {
        _ when Directed("evidence", "unavailable") => new SignatureFailed("timestamp-unavailable"),
        "sealed.pdf" when extend.Signing.Value != world.Key("signing") => new EvidenceUnfit(EvidenceFlaw.OfOther),
        "sealed.pdf" or "renewed.pdf" => new EvidenceExtended(Digest(), Digest(), world.Began, true),
        "altered.pdf" => new EvidenceUnfit(EvidenceFlaw.Altered),
        "sealed.ofd" => new EvidenceUnfit(EvidenceFlaw.NotAPdf),
        var document => Documents.CodeOf(document, world) is { } code ? new DocumentUnfit(code) : new EvidenceUnfit(EvidenceFlaw.NotSigned),
    };

    private MasterKeyMade Make(MasterKeyId key)
    {
        _masterKeys.Add(key);
        return new MasterKeyMade();
    }

    private bool Directed(string name, string value) => Playing?.Props[name]?.ToString() == value;

    private string Serial() => (0x5ea1_0000 + ++_made).ToString("x", CultureInfo.InvariantCulture);

    private string Digest() => (++_made).ToString("x64", CultureInfo.InvariantCulture);
}

/// <summary>The documents of the scenarios: A4, two pages, or broken in one way.</summary>
public static class Documents
{
    /// <summary>How many pages a good one has.</summary>
    public const int Pages = 2;

    private static readonly Dictionary<string, string?> Codes = new(StringComparer.Ordinal)
    {
        ["contract.pdf"] = null,
        ["contract.ofd"] = null,
        ["picture.png"] = "not-a-pdf",
        ["truncated.pdf"] = "pdf-truncated",
        ["encrypted.pdf"] = "pdf-encrypted",
        ["damaged.pdf"] = "pdf-damaged",
        ["large.pdf"] = "pdf-too-large",
        ["crowded.pdf"] = "pdf-too-many-objects",
        ["tangled.pdf"] = "pdf-too-complex",
        ["certified.pdf"] = "pdf-certified-no-changes",
        ["folder.zip"] = "not-an-ofd",
        ["truncated.ofd"] = "ofd-truncated",
        ["encrypted.ofd"] = "ofd-encrypted",
        ["ambiguous.ofd"] = "ofd-damaged",
        ["large.ofd"] = "ofd-too-large",
        ["crowded.ofd"] = "ofd-too-many-entries",
        ["tangled.ofd"] = "ofd-too-complex",
        ["closed.ofd"] = "ofd-list-protected",
    };

    /// <summary>The names of the documents.</summary>
    public static IReadOnlyCollection<string> Names => Codes.Keys;

    /// <summary>What kind of file a document is.</summary>
    public static DocumentFormat FormatOf(string key, World world) => world.Document("contract.ofd") == key ? DocumentFormat.Ofd : DocumentFormat.Pdf;

    /// <summary>Why a document cannot be sealed; <c>null</c> when it can.</summary>
    public static string? CodeOf(string key, World world) =>
        Codes.FirstOrDefault(one => world.Document(one.Key) == key) is { Key: not null } found ? found.Value : "document-unknown";
}

