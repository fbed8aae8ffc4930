using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Documents.Ses;

namespace Seal.Documents.Tests.Ses;

/// <summary>An SM2 authority with a seal maker and a signer, at a fixed time, and the trust in it.</summary>
internal sealed class Parties
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Now = Start.AddDays(100);

    private readonly CertificateAuthority _authority;
    private byte _serial = 1;

    private Parties()
    {
        var rootKey = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);
        Root = CertificateAuthority.SelfSign(Request(CertificateProfile.RootAuthority, "Root", rootKey), rootKey);
        _authority = new CertificateAuthority(Root, rootKey, new StandingClock());
        (Maker, MakerKey) = Issue(CertificateProfile.SealMaker, "印章制作单位");
        (Signer, SignerKey) = Issue(CertificateProfile.Organisation, "深圳市腾云科技有限公司");
    }

    public static Parties Shared { get; } = new();

    public Certificate Root { get; }

    public Certificate Maker { get; }

    public SoftwareKey MakerKey { get; }

    public Certificate Signer { get; }

    public SoftwareKey SignerKey { get; }

    public SesTrust Trust => new([Root], [], RevocationEvidence.NotRequired);

    public SesTrust TrustAfterRevoking(Certificate certificate, DateTimeOffset at)
    {
        var list = _authority.BuildCrl(
            [new CrlEntry(certificate.SerialNumber, at, RevocationReason.KeyCompromise)], 1, Now, Now.AddDays(30));
        return new([Root], [], new CrlEvidence([Crl.Parse(list)]));
    }

    public (Certificate Certificate, SoftwareKey Key) Issue(
        CertificateProfile profile, string name, SignatureAlgorithm algorithm = SignatureAlgorithm.Sm2Sm3, int years = 3)
    {
        var key = SoftwareKey.Generate(algorithm);
        return (_authority.Issue(Request(profile, name, key) with { NotAfter = Start.AddYears(years) }), key);
    }

    public SesSealRequest SealRequest() => new()
    {
        Vid = "SEAL-MAKER",
        SealId = "4403051234567",
        Type = 1,
        Name = "深圳市腾云科技有限公司",
        SignerCertificates = [Signer],
        CreatedAt = Start.AddDays(10),
        ValidFrom = Start.AddDays(10),
        ValidUntil = Start.AddYears(2),
        Picture = new SesPicture("PNG", new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' }, 40, 40),
        Extensions = [new SesExtension("1.2.156.10260.4.1.1", true, new byte[] { 5, 0 })],
    };

    public SesSealData MakeSeal(SesSealRequest? request = null) => SesSealData.Create(request ?? SealRequest(), Maker, MakerKey);

    public SesSignatureRequest SignatureRequest(SesSealData? seal = null) => new()
    {
        SealData = seal ?? MakeSeal(),
        SignedAt = Now,
        DataHash = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray(),
        PropertyInfo = "/Doc_0/Signs/Sign_0/Signature.xml",
        Extensions = [new SesExtension("1.3.6.1.4.1.99999.1", false, new byte[] { 4, 1, 7 })],
    };

    private IssueRequest Request(CertificateProfile profile, string name, SoftwareKey key) => new()
    {
        Profile = profile,
        Subject = DistinguishedName.Of(new NameAttribute(NameAttributeTypes.Country, "CN"), new NameAttribute(NameAttributeTypes.CommonName, name)),
        SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
        NotBefore = Start,
        NotAfter = Start.AddYears(20),
        SerialNumber = new byte[] { 0x40, 2, 3, 4, 5, 6, 7, _serial++ },
    };

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
