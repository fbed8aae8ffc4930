using System.Formats.Asn1;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Cms;
using Seal.Cryptography.Keys;
using Seal.Documents.Ses;

namespace Seal.Documents.Pdf;

/// <summary>
/// How the structure in <c>/Contents</c> is made: <see cref="SealSigning"/> with the key at hand, <see cref="DeviceSealing"/> for a
/// key elsewhere.
/// </summary>
public abstract record SealContainer
{
    /// <summary>Which structure. SM2 goes with <see cref="SealFormat.GmSignedData"/> and <see cref="SealFormat.Ses"/> alone, and they with it.</summary>
    public SealFormat Format { get; init; }

    /// <summary>How the key signs.</summary>
    public abstract SignatureAlgorithm Algorithm { get; }

    /// <summary>The signer's certificate.</summary>
    public required Certificate Certificate { get; init; }

    /// <summary>The certificates above it that are put into the signature; best without the root. SES_Signature has no place for them.</summary>
    public IReadOnlyList<Certificate> Chain { get; init; } = [];

    /// <summary>
    /// Further statements under the signature, such as the seal receipt: object identifier and one DER value each; signed
    /// attributes of SignedData, <c>extDatas</c> (not critical) of SES_Signature.
    /// </summary>
    public IReadOnlyList<(string Oid, byte[] DerValue)> ExtraSignedAttributes { get; init; } = [];

    /// <summary>The seal that goes into a SES_Signature, of version 4; null with the other formats.</summary>
    public SesSealData? SealData { get; init; }

    /// <summary>How far the signature is to be provable later, and with whose help; the default is B-B, which needs nobody's.</summary>
    public SealStrength Strength { get; init; } = SealStrength.Basic;

    /// <summary>The digest over the document, which the algorithm of the key decides.</summary>
    public DigestAlgorithm Digest => Algorithm.Digest();

    /// <summary>Most bytes that the container takes, its time stamp included if <see cref="Strength"/> asks for one.</summary>
    public int Capacity()
    {
        RequireFit();
        var plain = Format == SealFormat.Ses ? LargestSes() : CmsSignedData.MaximumLength(Cms(new byte[Digest.SizeInBytes()]));
        return Strength.SignatureTimestamps is { } timestamps ? plain + timestamps.MaximumTokenSize + TimestampOverhead : plain;
    }

    /// <summary>Makes the container over a document's digest, lacking its signature value.</summary>
    /// <param name="digest">By <see cref="Digest"/>, over the byte range.</param>
    /// <param name="byteRange">The four numbers of <c>/ByteRange</c>; SES_Signature names what its hash is over.</param>
    /// <param name="signedAt">The time that a SES_Signature claims; in PAdES it stands in <c>/M</c>.</param>
    public PreparedContainer Prepare(ReadOnlyMemory<byte> digest, IReadOnlyList<long> byteRange, DateTimeOffset signedAt)
    {
        RequireFit();
        if (Format != SealFormat.Ses)
        {
            var prepared = CmsSignedData.Prepare(Cms(digest));
            return new PreparedContainer(prepared.ToBeSigned, signature => prepared.Complete(signature.Span));
        }

        var toSign = SesSignature.EncodeToSign(new SesSignatureRequest
        {
            SealData = SealData!,
            SignedAt = signedAt,
            DataHash = digest,
            PropertyInfo = $"/ByteRange [{string.Join(' ', byteRange)}]",
            Extensions = [.. ExtraSignedAttributes.Select(extra => new SesExtension(extra.Oid, false, extra.DerValue))],
        });
        return new PreparedContainer(toSign, signature => SesSignature.Complete(toSign, Certificate, signature.Span).RawData.ToArray());
    }

    /// <summary>The attribute around a token (or the tag and BIT STRING of SES), and what the lengths around it grow by.</summary>
    private const int TimestampOverhead = 64;

    private CmsRequest Cms(ReadOnlyMemory<byte> digest) => new()
    {
        MessageDigest = digest,
        Algorithm = Algorithm,
        SignerCertificate = Certificate,
        Chain = Chain,
        ExtraSignedAttributes = ExtraSignedAttributes,
        Format = Format == SealFormat.GmSignedData ? CmsFormat.Gm : CmsFormat.Cms,
        Pades = true,
    };

    private int LargestSes()
    {
        long[] widest = [0, 99_999_999_999, 99_999_999_999, 99_999_999_999];
        var toSign = Prepare(new byte[Sm3.HashSizeInBytes], widest, DateTimeOffset.UnixEpoch).ToBeSigned;
        AsnWriter frame = new(AsnEncodingRules.DER);
        using (frame.PushSequence())
        {
            frame.WriteEncodedValue(toSign.Span);
            frame.WriteOctetString(Certificate.RawData.Span);
            frame.WriteObjectIdentifier("1.2.156.10197.1.501");
            frame.WriteBitString(new byte[LongestSm2Signature]);
        }

        return frame.GetEncodedLength();
    }

    private const int LongestSm2Signature = 72;

    private void RequireFit()
    {
        if ((Algorithm == SignatureAlgorithm.Sm2Sm3) != (Format != SealFormat.Pades))
        {
            throw new InvalidOperationException($"{Format} is not for {Algorithm}.");
        }

        if ((Format == SealFormat.Ses) != (SealData is not null))
        {
            throw new InvalidOperationException("Seal data go into a SES_Signature, and only there.");
        }
    }
}

/// <summary>A container that waits for its signature value.</summary>
/// <param name="ToBeSigned">What the key signs: signed attributes (DER SET OF) or TBS_Sign.</param>
/// <param name="Complete">Puts the signature in, in the form <see cref="ISigner.Sign"/> gives it, and gives the container in DER.</param>
public sealed record PreparedContainer(ReadOnlyMemory<byte> ToBeSigned, Func<ReadOnlyMemory<byte>, byte[]> Complete);
