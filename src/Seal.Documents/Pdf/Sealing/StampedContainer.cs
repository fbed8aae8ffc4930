using System.Formats.Asn1;
using Seal.Cryptography;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Cms;
using Seal.Cryptography.Timestamps;
using Seal.Documents.Ses;

namespace Seal.Documents.Pdf;

/// <summary>A signature container of any kind as long-term validation sees it: a signature value, certificates, perhaps a time stamp.</summary>
internal sealed class StampedContainer
{
    private readonly ReadOnlyMemory<byte> _encoded;
    private readonly SesSignature? _ses;
    private readonly bool _isSm2;

    private StampedContainer(ReadOnlyMemory<byte> encoded, SesSignature? ses, bool isSm2, ReadOnlyMemory<byte> value, IEnumerable<Certificate> certificates, IReadOnlyList<ReadOnlyMemory<byte>> tokens)
    {
        _encoded = encoded;
        _ses = ses;
        _isSm2 = isSm2;
        Value = value;
        HasTimestamp = tokens.Count > 0;
        Certificates = [.. certificates, .. tokens.Select(TryReadToken).OfType<TimestampToken>().SelectMany(token => token.Certificates)];
    }

    /// <summary>The signature value, which a signature time stamp is over.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>Whether there is a time stamp in it already.</summary>
    public bool HasTimestamp { get; }

    /// <summary>Every certificate in it and in its time stamp; untrusted.</summary>
    public IReadOnlyList<Certificate> Certificates { get; }

    /// <summary>Reads a container, padding behind it allowed; null when it is none that is known.</summary>
    public static StampedContainer? TryRead(ReadOnlyMemory<byte> contents)
    {
        try
        {
            var content = CmsSignedData.Parse(contents);
            return content.Signers is [var signer]
                ? new StampedContainer(contents[..content.EncodedLength], null, signer.DigestAlgorithm == DigestAlgorithm.Sm3, signer.Signature, content.Certificates, signer.SignatureTimeStamps)
                : null;
        }
        catch (DerFormatException)
        {
            return TryReadSes(contents);
        }
    }

    /// <summary>Has the signature value stamped, and gives the container with the token in it.</summary>
    public async ValueTask<(byte[] Container, TimestampToken Token)> StampAsync(ITimestampSource source, CancellationToken cancellation)
    {
        // Beside an SM2 signature an SM3 imprint; beside others the one every authority takes.
        var digest = _isSm2 ? DigestAlgorithm.Sm3 : DigestAlgorithm.Sha256;
        var token = await source.StampAsync(digest, digest.HashData(Value.Span), cancellation);
        var stamped = _ses is null
            ? CmsSignedData.AddSignatureTimeStamp(_encoded, token.RawData)
            : SesSignature.Complete(_ses.TbsBytes, Certificate.Parse(_ses.SignerCertificate), _ses.Signature.Span, token.RawData).RawData.ToArray();
        return (stamped, token);
    }

    private static StampedContainer? TryReadSes(ReadOnlyMemory<byte> contents)
    {
        try
        {
            AsnDecoder.ReadEncodedValue(contents.Span, AsnEncodingRules.DER, out _, out _, out var length);
            var ses = SesSignature.Parse(contents[..length]);
            return new StampedContainer(contents[..length], ses, true, ses.Signature, [Certificate.Parse(ses.SignerCertificate)], ses.TimeStamp is { } token ? [token] : []);
        }
        catch (Exception foreign) when (foreign is SesFormatException or AsnContentException or DerFormatException)
        {
            return null;
        }
    }

    private static TimestampToken? TryReadToken(ReadOnlyMemory<byte> token)
    {
        try
        {
            return TimestampToken.Parse(token);
        }
        catch (DerFormatException)
        {
            return null;
        }
    }
}
