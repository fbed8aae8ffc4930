using System.Collections.Concurrent;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;

namespace Seal.Documents.Tests.Judging;

/// <summary>A root, an issuing authority and signers below it, of one algorithm.</summary>
public sealed class TestAuthority
{
    private readonly CertificateAuthority _issuing;
    private readonly SoftwareKey _issuingKey;

    private TestAuthority(SignatureAlgorithm algorithm)
    {
        Algorithm = algorithm;
        var rootKey = SoftwareKey.Generate(algorithm);
        Root = CertificateAuthority.SelfSign(Request(CertificateProfile.RootAuthority, $"Test Root {algorithm}", rootKey, 20), rootKey);
        CertificateAuthority root = new(Root, rootKey, TimeProvider.System);
        _issuingKey = SoftwareKey.Generate(algorithm);
        Issuing = root.Issue(Request(CertificateProfile.IssuingAuthority, $"Test Issuing {algorithm}", _issuingKey, 10));
        _issuing = new CertificateAuthority(Issuing, _issuingKey, TimeProvider.System);
        Crls.Add(Crl.Parse(root.BuildCrl([], 1, Start, Start.AddYears(20))));
    }

    private static readonly ConcurrentDictionary<SignatureAlgorithm, Lazy<TestAuthority>> All = new();

    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TestAuthority Rsa => Of(SignatureAlgorithm.RsaPkcs1Sha256);

    public static TestAuthority Ecdsa => Of(SignatureAlgorithm.EcdsaP256Sha256);

    public SignatureAlgorithm Algorithm { get; }

    public Certificate Root { get; }

    public Certificate Issuing { get; }

    /// <summary>The root's list; the issuing authority's is made per question.</summary>
    public List<Crl> Crls { get; } = [];

    public static TestAuthority Of(SignatureAlgorithm algorithm) =>
        All.GetOrAdd(algorithm, static wanted => new Lazy<TestAuthority>(() => new TestAuthority(wanted))).Value;

    public TestSigner Issue(string name, int years = 3, CertificateProfile? profile = null, DateTimeOffset? from = null, string? listUrl = null)
    {
        var key = SoftwareKey.Generate(Algorithm);
        var request = Request(profile ?? CertificateProfile.Organisation, name, key, years) with { CrlUrls = listUrl is null ? [] : [listUrl] };
        return new TestSigner(this, key, _issuing.Issue(from is { } begins ? request with { NotBefore = begins, NotAfter = begins.AddYears(years) } : request));
    }

    /// <summary>Certifies a key that was made elsewhere.</summary>
    public Certificate Certify(string name, byte[] subjectPublicKeyInfo) =>
        _issuing.Issue(Request(CertificateProfile.Organisation, name, _issuingKey, 3) with { SubjectPublicKeyInfo = subjectPublicKeyInfo });

    /// <summary>What is known of revocation: these certificates, revoked then.</summary>
    public IRevocationEvidence Revocation(params (Certificate Certificate, DateTimeOffset At)[] revoked) => Revocation(RevocationReason.KeyCompromise, revoked);

    public IRevocationEvidence Revocation(RevocationReason reason, params (Certificate Certificate, DateTimeOffset At)[] revoked) =>
        new CrlEvidence([.. Crls, Crl.Parse(List(Start, Start.AddYears(20), reason, revoked))]);

    /// <summary>A list of the issuing authority, DER.</summary>
    public byte[] List(DateTimeOffset thisUpdate, DateTimeOffset nextUpdate, RevocationReason reason = RevocationReason.KeyCompromise, params (Certificate Certificate, DateTimeOffset At)[] revoked) =>
        _issuing.BuildCrl([.. revoked.Select(item => new CrlEntry(item.Certificate.SerialNumber, item.At, reason))], 2, thisUpdate, nextUpdate);

    /// <summary>An OCSP answer of the issuing authority itself, DER.</summary>
    public byte[] Answer(Certificate certificate, RevocationFinding finding, DateTimeOffset thisUpdate, DateTimeOffset nextUpdate) =>
        new OcspResponder(Issuing, Issuing, _issuingKey).Answer([new OcspStatement(OcspCertId.Of(certificate, Issuing), finding)], thisUpdate, nextUpdate, null);

    /// <summary>The root's and the issuing authority's lists, nothing on them.</summary>
    public IReadOnlyList<Crl> AllCrls() => [.. Crls, Crl.Parse(_issuing.BuildCrl([], 2, Start, Start.AddYears(20)))];

    private static IssueRequest Request(CertificateProfile profile, string name, SoftwareKey key, int years) => new()
    {
        Profile = profile,
        Subject = DistinguishedName.Of(new NameAttribute(NameAttributeTypes.Country, "CN"), new NameAttribute(NameAttributeTypes.CommonName, name)),
        SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
        NotBefore = Start,
        NotAfter = Start.AddYears(years),
        SerialNumber = System.Security.Cryptography.RandomNumberGenerator.GetBytes(IssueRequest.SerialNumberSize),
    };
}

/// <summary>A key with its certificate.</summary>
public sealed record TestSigner(TestAuthority Authority, SoftwareKey Key, Certificate Certificate);
