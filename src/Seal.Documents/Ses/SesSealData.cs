using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;

namespace Seal.Documents.Ses;

/// <summary>
/// SESeal: the electronic seal as data, signed by its maker. Read from GM/T 0031-2014 (versions 1–3), GB/T 38540-2020 (4)
/// and GM/T 0031-2025 (5); written as version 4. Kept byte for byte as received: signatures are checked over the
/// slices that came, never over something encoded again, because vendors' DER is not always what a writer would give.
/// </summary>
public sealed class SesSealData
{
    internal SesSealData(
        ReadOnlyMemory<byte> rawData, ReadOnlyMemory<byte> sealInfo, ReadOnlyMemory<byte> signedBytes, SesLayout layout, SesSealInfo info, SesMakerPart maker)
    {
        (RawData, SealInfoBytes, SignedBytes, Layout, Info, MakerPart) = (rawData, sealInfo, signedBytes, layout, info, maker);
    }

    /// <summary>The whole structure, DER as received; what is stored as Seal.esl.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>SES_SealInfo, DER as received.</summary>
    public ReadOnlyMemory<byte> SealInfoBytes { get; }

    /// <summary>Which family of layouts it has.</summary>
    public SesLayout Layout { get; }

    /// <summary>header.version as written.</summary>
    public int Version => Info.Version;

    /// <summary>header.Vid: the maker's name for itself.</summary>
    public string Vid => Info.Vid;

    /// <summary>esID: the seal's number.</summary>
    public string SealId => Info.SealId;

    /// <summary>property.type; its meaning is agreed by the business.</summary>
    public int Type => Info.Property.Type;

    /// <summary>property.name.</summary>
    public string Name => Info.Property.Name;

    /// <summary>How the signers are listed; version 1 always lists certificates.</summary>
    public SesCertListType CertListType => Info.Property.CertListType;

    /// <summary>The listed signers' certificates, DER as received and not yet parsed; empty when digests are listed.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> SignerCertificates => Info.Property.Certificates;

    /// <summary>The listed signers' certificate digests; empty when certificates are listed.</summary>
    public IReadOnlyList<SesCertificateDigest> SignerDigests => Info.Property.Digests;

    /// <summary>property.createDate, UTC.</summary>
    public DateTimeOffset CreatedAt => Info.Property.CreatedAt;

    /// <summary>property.validStart, UTC, inclusive.</summary>
    public DateTimeOffset ValidFrom => Info.Property.ValidFrom;

    /// <summary>property.validEnd, UTC, inclusive.</summary>
    public DateTimeOffset ValidUntil => Info.Property.ValidUntil;

    /// <summary>The picture.</summary>
    public SesPicture Picture => Info.Picture;

    /// <summary>extDatas of the seal.</summary>
    public IReadOnlyList<SesExtension> Extensions => Info.Extensions;

    /// <summary>The maker's certificate, DER as received and not yet parsed.</summary>
    public ReadOnlyMemory<byte> MakerCertificate => MakerPart.Certificate;

    /// <summary>The maker's signature algorithm as an object identifier.</summary>
    public string SignatureAlgorithmOid => MakerPart.AlgorithmOid;

    /// <summary>The maker's signature: DER SEQUENCE { r, s } for SM2.</summary>
    public ReadOnlyMemory<byte> Signature => MakerPart.Signature;

    /// <summary>timeStamp of version 5, an RFC 3161 token over the signature; null when absent.</summary>
    public ReadOnlyMemory<byte>? TimeStamp => MakerPart.TimeStamp;

    /// <summary>What the maker's signature is over: SES_SealInfo in 38540; with certificate and algorithm in a new SEQUENCE in 0031.</summary>
    public ReadOnlyMemory<byte> SignedBytes { get; }

    internal SesSealInfo Info { get; }

    internal SesMakerPart MakerPart { get; }

    /// <summary>Reads seal data of any version.</summary>
    /// <param name="der">The bytes; must not change afterwards.</param>
    /// <param name="options">Bounds; <see cref="SesReadOptions.Default"/> when null.</param>
    /// <exception cref="SesFormatException">It is none, or beyond the bounds.</exception>
    public static SesSealData Parse(ReadOnlyMemory<byte> der, SesReadOptions? options = null)
    {
        options ??= SesReadOptions.Default;
        return SesReader.Parse("SESeal", der, options, reader => SesSealParser.Read(reader, options));
    }

    /// <summary>Makes seal data of version 4 and signs it with the maker's SM2 key.</summary>
    /// <param name="request">The content.</param>
    /// <param name="maker">The maker's certificate.</param>
    /// <param name="signer">The maker's SM2 key.</param>
    /// <exception cref="SesFormatException">Content, certificate or key cannot be used; the message names the field.</exception>
    /// <exception cref="InvalidOperationException">The key made a signature that does not verify.</exception>
    public static SesSealData Create(SesSealRequest request, Certificate maker, ISigner signer) =>
        SesSealBuilder.Build(request, maker, signer);

    /// <summary>
    /// Whether the seal lists this certificate: bytes compared, or digests (plain SM3 of the DER, or SM3 with the
    /// certificate's own SM2 identity before it: practice is divided).
    /// </summary>
    public bool Lists(Certificate signer) => CertListType == SesCertListType.Certificates
        ? SignerCertificates.Any(listed => listed.Span.SequenceEqual(signer.RawData.Span))
        : SesCertificateDigests.Match(SignerDigests, signer);
}
