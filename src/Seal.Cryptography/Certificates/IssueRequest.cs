namespace Seal.Cryptography.Certificates;

/// <summary>What an authority is asked to certify. Randomness and times are handed in, so that issuing is repeatable.</summary>
public sealed record IssueRequest
{
    /// <summary>Length of a fresh serial number in bytes (RFC 5280 §4.1.2.2 allows 20).</summary>
    public const int SerialNumberSize = 20;

    /// <summary>What kind of certificate.</summary>
    public required CertificateProfile Profile { get; init; }

    /// <summary>Whom it is about.</summary>
    public required DistinguishedName Subject { get; init; }

    /// <summary>The key to certify, DER.</summary>
    public required ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; init; }

    /// <summary>First moment of validity; fractions of a second are dropped.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Last moment of validity; fractions of a second are dropped.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>
    /// 8 to 20 random bytes. The top bit is cleared and the next one set, so that the number is positive and
    /// its encoding always has the same length.
    /// </summary>
    public required ReadOnlyMemory<byte> SerialNumber { get; init; }

    /// <summary>Where the authority publishes its revocation list.</summary>
    public IReadOnlyList<string> CrlUrls { get; init; } = [];

    /// <summary>Where the authority's own certificate is to be had.</summary>
    public IReadOnlyList<string> CaIssuerUrls { get; init; } = [];

    /// <summary>Where its state can be asked by OCSP.</summary>
    public IReadOnlyList<string> OcspUrls { get; init; } = [];

    /// <summary>Further extensions, such as the identity codes of GB/T 20518 §5.2.4.</summary>
    public IReadOnlyList<CertificateExtension> FurtherExtensions { get; init; } = [];
}
