using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;

namespace Seal.Documents.Ses;

/// <summary>
/// SES_Signature: a document sealed with an electronic seal; the seal data travels inside. Read from GM/T 0031-2014,
/// GB/T 38540-2020 and GM/T 0031-2025, written as GB/T 38540-2020. Kept byte for byte as received.
/// </summary>
public sealed class SesSignature
{
    internal SesSignature(ReadOnlyMemory<byte> rawData, ReadOnlyMemory<byte> tbsBytes, SesTbsSign tbs, SesMakerPart signer)
    {
        (RawData, TbsBytes, Tbs, SignerPart) = (rawData, tbsBytes, tbs, signer);
    }

    /// <summary>The whole structure, DER as received.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>TBS_Sign with tag and length, DER as received: exactly what is signed.</summary>
    public ReadOnlyMemory<byte> TbsBytes { get; }

    /// <summary>TBS_Sign.version.</summary>
    public int Version => Tbs.Version;

    /// <summary>The seal inside; its <see cref="SesSealData.RawData"/> must equal the document's Seal.esl.</summary>
    public SesSealData SealData => Tbs.SealData;

    /// <summary>When the signer claims to have signed, UTC; null when version 1 carries something that is no readable time (a token).</summary>
    public DateTimeOffset? SignedAt => Tbs.TimeInfo.Time;

    /// <summary>timeInfo: the encoded time, or in version 1 the content of the BIT STRING (text, UTCTime or an RFC 3161 token).</summary>
    public ReadOnlyMemory<byte> TimeInfo => Tbs.TimeInfo.Content;

    /// <summary>dataHash: for OFD the SM3 of Signature.xml, for PDF that of the ByteRange.</summary>
    public ReadOnlyMemory<byte> DataHash => Tbs.DataHash;

    /// <summary>propertyInfo: what the hash is over; for OFD the path of Signature.xml.</summary>
    public string PropertyInfo => Tbs.PropertyInfo;

    /// <summary>extDatas of the signature (not of the seal); version 1 has none.</summary>
    public IReadOnlyList<SesExtension> Extensions => Tbs.Extensions;

    /// <summary>The signer's certificate, DER as received and not yet parsed. In versions 4 and 5 the signature does not cover it.</summary>
    public ReadOnlyMemory<byte> SignerCertificate => SignerPart.Certificate;

    /// <summary>The signature algorithm as an object identifier.</summary>
    public string SignatureAlgorithmOid => SignerPart.AlgorithmOid;

    /// <summary>The signature: DER SEQUENCE { r, s } for SM2.</summary>
    public ReadOnlyMemory<byte> Signature => SignerPart.Signature;

    /// <summary>timeStamp: an RFC 3161 token over the signature value, not checked here; null when absent.</summary>
    public ReadOnlyMemory<byte>? TimeStamp => SignerPart.TimeStamp;

    internal SesTbsSign Tbs { get; }

    internal SesMakerPart SignerPart { get; }

    /// <summary>Reads a signature of any version.</summary>
    /// <param name="der">The bytes, without padding behind; must not change afterwards.</param>
    /// <param name="options">Bounds; <see cref="SesReadOptions.Default"/> when null.</param>
    /// <exception cref="SesFormatException">It is none, or beyond the bounds.</exception>
    public static SesSignature Parse(ReadOnlyMemory<byte> der, SesReadOptions? options = null)
    {
        options ??= SesReadOptions.Default;
        return SesReader.Parse("SES_Signature", der, options, reader => SesSignatureParser.Read(reader, options));
    }

    /// <summary>TBS_Sign of version 4 in DER: the message that the signer's key (on whatever device) signs with SM2 and SM3.</summary>
    /// <exception cref="SesFormatException">The content cannot be used; the message names the field.</exception>
    public static byte[] EncodeToSign(SesSignatureRequest request) => SesSignatureBuilder.EncodeToSign(request);

    /// <summary>Puts a signature together from what was signed and what the key gave.</summary>
    /// <param name="toSign">From <see cref="EncodeToSign"/>.</param>
    /// <param name="signer">The signer's certificate.</param>
    /// <param name="signature">DER SEQUENCE { r, s }.</param>
    /// <param name="timeStamp">An RFC 3161 token over <paramref name="signature"/>, if there is one.</param>
    /// <exception cref="SesFormatException">The signature is not the signer's over these bytes.</exception>
    public static SesSignature Complete(
        ReadOnlyMemory<byte> toSign, Certificate signer, ReadOnlySpan<byte> signature, ReadOnlyMemory<byte>? timeStamp = null) =>
        SesSignatureBuilder.Complete(toSign, signer, signature, timeStamp);

    /// <summary>Both steps at once with a key at hand.</summary>
    /// <exception cref="SesFormatException">Content, certificate or key cannot be used.</exception>
    public static SesSignature Create(SesSignatureRequest request, Certificate signer, ISigner key)
    {
        SesSealBuilder.CheckSigner(signer, key);
        var toSign = EncodeToSign(request);
        return Complete(toSign, signer, key.Sign(toSign));
    }
}

/// <summary>What is sealed, and with what.</summary>
public sealed record SesSignatureRequest
{
    /// <summary>The seal, of version 4.</summary>
    public required SesSealData SealData { get; init; }

    /// <summary>timeInfo; written in UTC, whole seconds.</summary>
    public required DateTimeOffset SignedAt { get; init; }

    /// <summary>dataHash: 32 bytes of SM3.</summary>
    public required ReadOnlyMemory<byte> DataHash { get; init; }

    /// <summary>propertyInfo: 1–1024 printable ASCII characters; for OFD the absolute path of Signature.xml.</summary>
    public required string PropertyInfo { get; init; }

    /// <summary>extDatas, at most 64; the seal receipt goes here.</summary>
    public IReadOnlyList<SesExtension> Extensions { get; init; } = [];
}
