using System.Security.Cryptography;
using System.Text;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;

namespace Seal.Benchmarks.Documents;

/// <summary>A root, an issuing authority and a signer of one algorithm, keys in memory, with the revocation lists to judge by.</summary>
internal sealed class Signers : IDisposable
{
    private readonly SoftwareKey _rootKey;
    private readonly SoftwareKey _issuingKey;
    private readonly CertificateAuthority _issuing;

    public Signers(SignatureAlgorithm algorithm)
    {
        _rootKey = SoftwareKey.Generate(algorithm);
        _issuingKey = SoftwareKey.Generate(algorithm);
        Key = SoftwareKey.Generate(algorithm);
        Root = CertificateAuthority.SelfSign(Request(CertificateProfile.RootAuthority, "Bench Root", _rootKey, 20), _rootKey);
        CertificateAuthority root = new(Root, _rootKey, TimeProvider.System);
        Issuing = root.Issue(Request(CertificateProfile.IssuingAuthority, "Bench Issuing", _issuingKey, 10));
        _issuing = new CertificateAuthority(Issuing, _issuingKey, TimeProvider.System);
        Certificate = _issuing.Issue(Request(CertificateProfile.Organisation, "Bench Company", Key, 3));
        Lists =
        [
            Crl.Parse(root.BuildCrl([], 1, Start, Start.AddYears(1))),
            Crl.Parse(_issuing.BuildCrl([], 1, Start, Start.AddYears(1))),
        ];
    }

    public SoftwareKey Key { get; }

    public Certificate Root { get; }

    public Certificate Issuing { get; }

    public Certificate Certificate { get; }

    public IReadOnlyList<Crl> Lists { get; }

    private static DateTimeOffset Start { get; } = TimeProvider.System.GetUtcNow().AddDays(-1);

    public SealSigning Signing => new()
    {
        Format = Key.Algorithm == SignatureAlgorithm.Sm2Sm3 ? SealFormat.GmSignedData : SealFormat.Pades,
        Signer = Key,
        Certificate = Certificate,
        Chain = [Issuing],
    };

    /// <summary>What the judge is asked with each time: its evidence remembers nothing between two files.</summary>
    public JudgeOptions Judging => new()
    {
        TrustAnchors = [Root],
        Revocation = new CrlEvidence(Lists),
        Limits = Limits,
    };

    public static PdfLimits Limits { get; } = new() { MaxRevisions = 1200, MaxSignatures = 1200, MaxTime = TimeSpan.FromMinutes(5) };

    /// <summary>A seal with a picture of about 4 KB.</summary>
    public static SealRequest Placed(int at = 0) => new()
    {
        Places = [new SealPlace.OnPage(1, 20 + (at % 100), 30 + (at % 150))],
        WidthMm = 40,
        HeightMm = 40,
        AppearanceContent = Picture,
        SigningTime = TimeProvider.System.GetUtcNow(),
        Name = "Bench Company",
        Limits = Limits,
    };

    private static byte[] Picture { get; } = Encoding.ASCII.GetBytes(
        "0.9 0 0.07 rg\n" + string.Concat(Enumerable.Range(0, 150).Select(i => $"{i % 50} {i % 40} m {i % 90} {i % 30} l {i % 70} {i % 80} l f\n")));

    /// <summary>A further certificate of the issuing authority, with a key of its own that is the caller's.</summary>
    public (Certificate Certificate, SoftwareKey Key) Issue(CertificateProfile profile, string name)
    {
        var key = SoftwareKey.Generate(Key.Algorithm);
        return (_issuing.Issue(Request(profile, name, key, 3)), key);
    }

    public void Dispose()
    {
        _rootKey.Dispose();
        _issuingKey.Dispose();
        Key.Dispose();
    }

    private static IssueRequest Request(CertificateProfile profile, string name, SoftwareKey key, int years) => new()
    {
        Profile = profile,
        Subject = DistinguishedName.Of(new NameAttribute(NameAttributeTypes.Country, "CN"), new NameAttribute(NameAttributeTypes.CommonName, name)),
        SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
        NotBefore = Start,
        NotAfter = Start.AddYears(years),
        SerialNumber = RandomNumberGenerator.GetBytes(IssueRequest.SerialNumberSize),
    };
}
