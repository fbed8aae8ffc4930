using System.Security.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Tests.Support;

/// <summary>A root, an issuing authority below it and signers, for one algorithm, at a fixed time.</summary>
internal sealed class Authority : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Now = Start.AddDays(100);

    private static readonly Lazy<byte[]>[] RsaKeys = [.. Enumerable.Range(0, 3).Select(_ => new Lazy<byte[]>(MakeRsaKey))];

    private readonly List<SoftwareKey> _keys = [];

    public Authority(SignatureAlgorithm algorithm, CertificateProfile? rootProfile = null, CertificateProfile? issuingProfile = null)
    {
        Algorithm = algorithm;
        var rootKey = NewKey();
        Root = CertificateAuthority.SelfSign(
            Request(rootProfile ?? CertificateProfile.RootAuthority, "Root", rootKey) with { NotAfter = Start.AddYears(30) }, rootKey);
        RootAuthority = new CertificateAuthority(Root, rootKey, Clock.At(Now));
        var issuingKey = NewKey();
        Issuing = RootAuthority.Issue(
            Request(issuingProfile ?? CertificateProfile.IssuingAuthority, "Issuing CA", issuingKey) with { NotAfter = Start.AddYears(15) });
        if (Issuing.BasicConstraints!.IsAuthority)
        {
            IssuingAuthority = new CertificateAuthority(Issuing, issuingKey, Clock.At(Now));
        }

        IssuingKey = issuingKey;
    }

    public SignatureAlgorithm Algorithm { get; }

    public Certificate Root { get; }

    public CertificateAuthority RootAuthority { get; }

    public Certificate Issuing { get; }

    public CertificateAuthority? IssuingAuthority { get; }

    public SoftwareKey IssuingKey { get; }

    public SoftwareKey NewKey()
    {
        // RSA keys take long to make, and no test mixes two RSA authorities: they share three keys.
        var key = Algorithm is SignatureAlgorithm.RsaPkcs1Sha256 or SignatureAlgorithm.RsaPssSha256 && _keys.Count < RsaKeys.Length
            ? SoftwareKey.ImportPkcs8(RsaKeys[_keys.Count].Value, Algorithm)
            : SoftwareKey.Generate(Algorithm);
        _keys.Add(key);
        return key;
    }

    public (Certificate Certificate, SoftwareKey Key) NewSigner(string name = "测试公司", CertificateProfile? profile = null)
    {
        var key = NewKey();
        return (IssuingAuthority!.Issue(Request(profile ?? CertificateProfile.Organisation, name, key)), key);
    }

    public static IssueRequest Request(CertificateProfile profile, string name, ISigner key) => new()
    {
        Profile = profile,
        Subject = DistinguishedName.Of(
            new NameAttribute(NameAttributeTypes.Country, "CN"),
            new NameAttribute(NameAttributeTypes.Organization, "Seal 测试"),
            new NameAttribute(NameAttributeTypes.CommonName, name)),
        SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
        NotBefore = Start,
        NotAfter = Start.AddYears(5),
        SerialNumber = RandomNumberGenerator.GetBytes(IssueRequest.SerialNumberSize),
    };

    private static byte[] MakeRsaKey()
    {
        using var key = SoftwareKey.Generate(SignatureAlgorithm.RsaPkcs1Sha256);
        return key.ExportPkcs8();
    }

    public void Dispose() => _keys.ForEach(static key => key.Dispose());
}

/// <summary>A clock that stands still.</summary>
internal sealed class Clock(DateTimeOffset time) : TimeProvider
{
    public static Clock At(DateTimeOffset time) => new(time);

    public override DateTimeOffset GetUtcNow() => time;
}
