using System.Globalization;
using System.Security.Cryptography;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Certificates;

/// <summary>How the embedded authority calls itself.</summary>
public sealed record EmbeddedAuthorityOptions
{
    /// <summary>Country of the authorities' names, two letters.</summary>
    public string Country { get; init; } = "CN";

    /// <summary>Organisation of the authorities' names.</summary>
    public required string Organization { get; init; }

    /// <summary>Which chains there are, each of a root and an issuing authority.</summary>
    public IReadOnlyList<SignatureAlgorithm> Algorithms { get; init; } =
        [SignatureAlgorithm.RsaPkcs1Sha256, SignatureAlgorithm.EcdsaP256Sha256, SignatureAlgorithm.Sm2Sm3];

    /// <summary>Address prefix under which lists (<c>name.crl</c>) and certificates (<c>name.cer</c>) are served; null names none.</summary>
    public string? PublishedAt { get; init; }
}

/// <summary>
/// Root and issuing authority for each algorithm, over keys that the host provides (on the token or in the
/// vault). The host stores the certificates and gives them back at the next start.
/// </summary>
public sealed class EmbeddedAuthority
{
    private readonly Dictionary<SignatureAlgorithm, CertificateAuthority> _roots = [];
    private readonly Dictionary<SignatureAlgorithm, CertificateAuthority> _issuing = [];
    private readonly List<Certificate> _made = [];
    private readonly EmbeddedAuthorityOptions _options;
    private readonly TimeProvider _clock;

    private EmbeddedAuthority(EmbeddedAuthorityOptions options, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
    }

    /// <summary>The roots' certificates: what others have to trust.</summary>
    public IReadOnlyList<Certificate> RootCertificates => [.. _roots.Values.Select(static authority => authority.Certificate)];

    /// <summary>The issuing authorities' certificates: what goes into signatures beside the signer's.</summary>
    public IReadOnlyList<Certificate> IssuingCertificates => [.. _issuing.Values.Select(static authority => authority.Certificate)];

    /// <summary>Certificates that were missing and have been made: the host must store them.</summary>
    public IReadOnlyList<Certificate> NewCertificates => _made;

    /// <summary>Takes up the stored certificates that fit the keys and makes those that are missing.</summary>
    /// <param name="options">Names and algorithms.</param>
    /// <param name="keyOf">The key of a name (such as <c>ca-root-sm2</c>) and algorithm, made on first use, the same ever after.</param>
    /// <param name="stored">What earlier calls made.</param>
    /// <param name="clock">The time of issue.</param>
    public static EmbeddedAuthority Establish(
        EmbeddedAuthorityOptions options,
        Func<string, SignatureAlgorithm, ISigner> keyOf,
        IReadOnlyCollection<Certificate> stored,
        TimeProvider clock)
    {
        var authority = new EmbeddedAuthority(options, clock);
        foreach (var algorithm in options.Algorithms)
        {
            authority.EstablishChain(algorithm, keyOf, stored);
        }

        return authority;
    }

    /// <summary>The root for an algorithm.</summary>
    public CertificateAuthority Root(SignatureAlgorithm algorithm) => _roots[algorithm];

    /// <summary>The issuing authority for an algorithm.</summary>
    public CertificateAuthority Issuing(SignatureAlgorithm algorithm) => _issuing[algorithm];

    /// <summary>Name of the root's key and published files.</summary>
    public static string RootName(SignatureAlgorithm algorithm) => "ca-root-" + ShortName(algorithm);

    /// <summary>Name of the issuing authority's key and published files.</summary>
    public static string IssuingName(SignatureAlgorithm algorithm) => "ca-issuing-" + ShortName(algorithm);

    /// <summary>The name of a later generation's key and published files.</summary>
    public static string NameOf(string first, int generation) => string.Create(CultureInfo.InvariantCulture, $"{first}-{generation}");

    /// <summary>Takes an authority up again from its certificate and key.</summary>
    public CertificateAuthority Take(Certificate certificate, ISigner key) => new(certificate, key, _clock);

    /// <summary>
    /// Makes the next generation of a chain: an issuing authority under the present root, or under a new one that the present one certifies
    /// (RFC 4210 §4.4, the new key with the old), so that whoever trusts only the present root can follow. Each generation has a name of its own.
    /// </summary>
    /// <param name="generation">Its number, from 2.</param>
    /// <param name="presentRoot">The present root.</param>
    /// <param name="presentRootName">Its published name.</param>
    /// <param name="issuingKey">The new issuing authority's key.</param>
    /// <param name="rootName">The published name of the root it lies under.</param>
    /// <param name="rootKey">The new root's key; null leaves the present root.</param>
    public AuthorityGeneration MakeGeneration(
        int generation, CertificateAuthority presentRoot, string presentRootName, ISigner issuingKey, string rootName, ISigner? rootKey)
    {
        var number = generation.ToString(CultureInfo.InvariantCulture);
        var root = presentRoot;
        Certificate? cross = null;
        if (rootKey is not null)
        {
            var request = Request(CertificateProfile.RootAuthority, "Root CA", 25, rootKey, number);
            root = new CertificateAuthority(CertificateAuthority.SelfSign(request, rootKey), rootKey, _clock);
            cross = presentRoot.Issue(request with
            {
                NotAfter = Earlier(request.NotAfter, presentRoot.Certificate.NotAfter),
                SerialNumber = RandomNumberGenerator.GetBytes(IssueRequest.SerialNumberSize),
                CrlUrls = CrlUrls(presentRootName),
                CaIssuerUrls = CaIssuerUrls(presentRootName),
            });
        }

        var issuing = Request(CertificateProfile.IssuingAuthority, "Issuing CA", 15, issuingKey, number);
        return new AuthorityGeneration(
            root,
            new CertificateAuthority(
                root.Issue(issuing with { NotAfter = Earlier(issuing.NotAfter, root.Certificate.NotAfter), CrlUrls = CrlUrls(rootName), CaIssuerUrls = CaIssuerUrls(rootName) }), issuingKey, _clock),
            cross);
    }

    /// <summary>Where the list of the named authority is served: for <see cref="IssueRequest.CrlUrls"/>.</summary>
    public IReadOnlyList<string> CrlUrls(string name) => Published(name, "crl");

    /// <summary>Where the certificate of the named authority is served: for <see cref="IssueRequest.CaIssuerUrls"/>.</summary>
    public IReadOnlyList<string> CaIssuerUrls(string name) => Published(name, "cer");

    /// <summary>Where the named authority answers by OCSP: for <see cref="IssueRequest.OcspUrls"/>.</summary>
    public IReadOnlyList<string> OcspUrls(string name) => _options.PublishedAt is { } prefix ? [$"{prefix.TrimEnd('/')}/{name}/ocsp"] : [];

    private void EstablishChain(
        SignatureAlgorithm algorithm, Func<string, SignatureAlgorithm, ISigner> keyOf, IReadOnlyCollection<Certificate> stored)
    {
        var rootName = RootName(algorithm);
        var rootKey = keyOf(rootName, algorithm);
        var root = Find(stored, rootKey, rootKey.SubjectPublicKeyInfo)
                           ?? Keep(CertificateAuthority.SelfSign(Request(CertificateProfile.RootAuthority, "Root CA", 25, rootKey), rootKey));
        _roots[algorithm] = new CertificateAuthority(root, rootKey, _clock);

        var issuingKey = keyOf(IssuingName(algorithm), algorithm);
        var certificate = Find(stored, issuingKey, rootKey.SubjectPublicKeyInfo)
                                  ?? Keep(_roots[algorithm].Issue(
                                      Request(CertificateProfile.IssuingAuthority, "Issuing CA", 15, issuingKey) with
                                      {
                                          CrlUrls = CrlUrls(rootName),
                                          CaIssuerUrls = CaIssuerUrls(rootName),
                                      }));
        _issuing[algorithm] = new CertificateAuthority(certificate, issuingKey, _clock);
    }

    private static Certificate? Find(IReadOnlyCollection<Certificate> stored, ISigner key, ReadOnlyMemory<byte> issuerKey) =>
        stored.FirstOrDefault(certificate =>
            certificate.SubjectPublicKeyInfo.Span.SequenceEqual(key.SubjectPublicKeyInfo.Span)
            && certificate.IsSignedBy(issuerKey));

    private Certificate Keep(Certificate certificate)
    {
        _made.Add(certificate);
        return certificate;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private IssueRequest Request(CertificateProfile profile, string title, int years, ISigner key, string number = "")
    {
        // The hour before forgives verifiers whose clocks are behind.
        var from = _clock.GetUtcNow().AddHours(-1);
        return new IssueRequest
        {
            Profile = profile,
            Subject = DistinguishedName.Of(
                new NameAttribute(NameAttributeTypes.Country, _options.Country),
                new NameAttribute(NameAttributeTypes.Organization, _options.Organization),
                new NameAttribute(NameAttributeTypes.CommonName, $"{_options.Organization} {title} {ShortName(key.Algorithm).ToUpperInvariant()} {number}".TrimEnd())),
            SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
            NotBefore = from,
            NotAfter = from.AddYears(years),
            SerialNumber = RandomNumberGenerator.GetBytes(IssueRequest.SerialNumberSize),
        };
    }

    private IReadOnlyList<string> Published(string name, string extension) =>
        _options.PublishedAt is { } prefix ? [$"{prefix.TrimEnd('/')}/{name}.{extension}"] : [];

    private static string ShortName(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.RsaPkcs1Sha256 => "rsa",
        SignatureAlgorithm.RsaPssSha256 => "rsa-pss",
        SignatureAlgorithm.EcdsaP256Sha256 => "ecdsa",
        SignatureAlgorithm.EcdsaP384Sha384 => "ecdsa-p384",
        SignatureAlgorithm.Sm2Sm3 => "sm2",
        SignatureAlgorithm.Ed25519 => "ed25519",
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };
}

/// <summary>A later generation of a chain.</summary>
/// <param name="Root">Its root: the former one, or one of its own.</param>
/// <param name="Issuing">Its issuing authority.</param>
/// <param name="Cross">The certificate that the former root issued for a new one; null when the root is the former one.</param>
public sealed record AuthorityGeneration(CertificateAuthority Root, CertificateAuthority Issuing, Certificate? Cross);
