using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Cms;
using Seal.Cryptography.Keys;
using Seal.Documents.Judging;
using Seal.Documents.Ses;

namespace Seal.Documents.Ofd;

/// <summary>
/// A sealed OFD that lacks only its signature value: what is to be signed can be signed elsewhere (on a device, by a remote
/// service), and put in. The source stream must stay open and unchanged until then.
/// </summary>
public sealed class PreparedOfdSeal
{
    private readonly OfdPackage _package;
    private readonly OfdSealRequest _request;
    private readonly string _folder;
    private readonly SortedDictionary<string, byte[]> _added;
    private readonly PreparedSignedData? _plain;

    internal PreparedOfdSeal(OfdPackage package, OfdSealRequest request, string id, string folder, SortedDictionary<string, byte[]> added)
    {
        (_package, _request, _folder, _added) = (package, request, folder, added);
        SignatureId = id;
        var digest = Sm3.HashData(added[SignatureFile]);
        SignedDigest = digest;
        if (request.Seal is { } seal)
        {
            ToBeSigned = SesSignature.EncodeToSign(new SesSignatureRequest
            {
                SealData = seal,
                SignedAt = request.SigningTime,
                DataHash = digest,
                PropertyInfo = "/" + SignatureFile,
                Extensions = request.Receipt is { } receipt ? [new SesExtension(SealReceipt.AttributeOid, false, receipt.Encode())] : [],
            });
            return;
        }

        _plain = CmsSignedData.Prepare(new CmsRequest
        {
            MessageDigest = digest,
            Algorithm = SignatureAlgorithm.Sm2Sm3,
            SignerCertificate = request.Certificate,
            Chain = request.Chain,
            ExtraSignedAttributes = request.Receipt is { } recorded ? [(SealReceipt.AttributeOid, recorded.Encode())] : [],
            Pades = false,
            SigningTime = request.SigningTime,
            Format = CmsFormat.Gm,
        });
        ToBeSigned = _plain.ToBeSigned;
    }

    /// <summary>The ID of the signature in the list.</summary>
    public string SignatureId { get; }

    /// <summary>Path of the new Signature.xml from the root of the package.</summary>
    public string SignatureFile => $"{_folder}/Signature.xml";

    /// <summary>SM3 of the new Signature.xml, which holds the digest of every protected file: what the signature stands for.</summary>
    public ReadOnlyMemory<byte> SignedDigest { get; }

    /// <summary>The message that the key signs with SM2 and SM3: TBS_Sign, or the signed attributes.</summary>
    public ReadOnlyMemory<byte> ToBeSigned { get; }

    /// <summary>The 32 bytes that a device signs which leaves the hashing to its caller: SM3(Z ‖ <see cref="ToBeSigned"/>).</summary>
    public byte[] DigestForDevice() => Sm2Digest.Of(_request.Certificate.SubjectPublicKeyInfo, ToBeSigned.Span);

    /// <summary>Writes the sealed document.</summary>
    /// <param name="signature">DER SEQUENCE { r, s }.</param>
    /// <param name="timestamp">RFC 3161 token over <paramref name="signature"/>; null for none.</param>
    /// <param name="destination">Written from its current position on.</param>
    /// <param name="cancellation">Stops the writing.</param>
    /// <returns>The signature container as it lies in the document, DER.</returns>
    /// <exception cref="SesFormatException">The signature is not the signer's over this document.</exception>
    public Task<ReadOnlyMemory<byte>> CompleteAsync(ReadOnlyMemory<byte> signature, ReadOnlyMemory<byte>? timestamp, Stream destination, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return WriteAsync(Container(signature, timestamp), destination, cancellation);
    }

    /// <summary>Writes the sealed document with what the certified key itself has just given: nothing that came from elsewhere, and so not verified again.</summary>
    internal Task<ReadOnlyMemory<byte>> CompleteOwnAsync(ReadOnlyMemory<byte> signature, Stream destination, CancellationToken cancellation) => WriteAsync(
        _plain?.Complete(signature.Span) ?? SesSignatureBuilder.Encode(ToBeSigned, _request.Certificate, signature.Span, null), destination, cancellation);

    private async Task<ReadOnlyMemory<byte>> WriteAsync(ReadOnlyMemory<byte> value, Stream destination, CancellationToken cancellation)
    {
        ZipWriter zip = new(destination);
        foreach (var entry in _package.Entries.Where(entry => !_added.ContainsKey(entry.Name)))
        {
            await zip.CopyAsync(_package, entry, cancellation);
        }

        foreach (var (name, content) in _added)
        {
            await zip.AddAsync(name, content, cancellation);
        }

        await zip.AddAsync($"{_folder}/SignedValue.dat", value, cancellation);
        await zip.FinishAsync(cancellation);
        return value;
    }

    private ReadOnlyMemory<byte> Container(ReadOnlyMemory<byte> signature, ReadOnlyMemory<byte>? timestamp)
    {
        if (_plain is null)
        {
            return SesSignature.Complete(ToBeSigned, _request.Certificate, signature.Span, timestamp).RawData;
        }

        if (!Signatures.Verify(SignatureAlgorithm.Sm2Sm3, _request.Certificate.SubjectPublicKeyInfo, ToBeSigned.Span, signature.Span))
        {
            throw new SesFormatException($"The signature is not that of {_request.Certificate} over this document.");
        }

        var container = _plain.Complete(signature.Span);
        return timestamp is { } token ? CmsSignedData.AddSignatureTimeStamp(container, token) : container;
    }
}
