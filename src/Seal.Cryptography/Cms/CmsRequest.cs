using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Cms;

/// <summary>A signature to be made over a digest already computed; detached unless <see cref="Content"/> says otherwise.</summary>
public sealed record CmsRequest
{
    /// <summary>Digest of the content, by the digest of <see cref="Algorithm"/>.</summary>
    public required ReadOnlyMemory<byte> MessageDigest { get; init; }

    /// <summary>How the signer signs.</summary>
    public required SignatureAlgorithm Algorithm { get; init; }

    /// <summary>The signer's certificate; goes into the container.</summary>
    public required Certificate SignerCertificate { get; init; }

    /// <summary>Whether the signer's certificate and <see cref="Chain"/> go into the container; without them the verifier must have them.</summary>
    public bool WithCertificates { get; init; } = true;

    /// <summary>What <see cref="MessageDigest"/> is the digest of, where it is to lie inside; null leaves the container detached.</summary>
    public CmsEnclosed? Content { get; init; }

    /// <summary>The certificates above it that go into the container as well.</summary>
    public IReadOnlyList<Certificate> Chain { get; init; } = [];

    /// <summary>Further signed attributes: object identifier and one DER value each.</summary>
    public IReadOnlyList<(string Oid, byte[] DerValue)> ExtraSignedAttributes { get; init; } = [];

    /// <summary>
    /// Signed attributes as PAdES baseline wants them (EN 319 142-1 §6.3): content type, message digest and
    /// signing-certificate-v2, no signing time, which then stands in the PDF's /M.
    /// </summary>
    public bool Pades { get; init; } = true;

    /// <summary>The time of signing as the signer claims it; must be null with <see cref="Pades"/>.</summary>
    public DateTimeOffset? SigningTime { get; init; }

    /// <summary>Which standard's container.</summary>
    public CmsFormat Format { get; init; } = CmsFormat.Cms;
}

/// <summary>Content that lies in its container.</summary>
/// <param name="TypeOid">Object identifier of its type, such as that of TSTInfo (RFC 3161 §2.4.2).</param>
/// <param name="Octets">What the OCTET STRING holds.</param>
public sealed record CmsEnclosed(string TypeOid, ReadOnlyMemory<byte> Octets);
