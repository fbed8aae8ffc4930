using Seal.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Cms;
using Seal.Cryptography.Timestamps;
using Seal.Documents.Pdf;
using Seal.Documents.Ses;

namespace Seal.Documents.Judging;

/// <summary>What stands in <c>/Contents</c>, recognised by itself and not by what the dictionary calls it.</summary>
/// <param name="Structure">The structure check's row.</param>
/// <param name="Kind">What it is.</param>
internal sealed record SignatureContainer(Check Structure, SignatureKind Kind)
{
    private const string EnclosedSha1 = "adbe.pkcs7.sha1";

    /// <summary>The container without the zeros that pad it.</summary>
    public ReadOnlyMemory<byte> Encoded { get; private init; }

    /// <summary>The container taken apart, if it is SignedData.</summary>
    public CmsContent? Content { get; private init; }

    /// <summary>The time stamp in it, if it is a document time stamp.</summary>
    public TimestampToken? Timestamp { get; private init; }

    /// <summary>The seal's signature, if it is one.</summary>
    public SesSignature? Ses { get; private init; }

    /// <summary>An RSA signature value with nothing around it, if that is what it is.</summary>
    public ReadOnlyMemory<byte>? Bare { get; private init; }

    /// <summary>The SignedData encloses the SHA-1 digest of the file.</summary>
    public bool EnclosesSha1 { get; private init; }

    /// <summary>The signer's certificate, untrusted; null when there is none to be read.</summary>
    public Certificate? SignerCertificate { get; private init; }

    public CmsSignerInfo? Signer => Content?.Signers[0];

    /// <summary>The signature value, which signature time stamps are over.</summary>
    public ReadOnlyMemory<byte> SignatureValue => Ses?.Signature ?? Signer?.Signature ?? Bare ?? ReadOnlyMemory<byte>.Empty;

    /// <summary>The time stamps over the signature value, not verified.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> SignatureTimeStamps =>
        Ses is { } ses ? (ses.TimeStamp is { } token ? [token] : []) : Signer?.SignatureTimeStamps ?? [];

    /// <summary>The time of signing as the signer claims it inside the container.</summary>
    public DateTimeOffset? ClaimedTime => Ses is { } ses ? ses.SignedAt : Signer?.SigningTime;

    /// <summary>Where the sealing is recorded; null when the signer does not say.</summary>
    public SealReceipt? Receipt =>
        Ses?.Extensions.FirstOrDefault(static extension => extension.Oid == SealReceipt.AttributeOid) is { } inSes ? SealReceipt.Decode(inSes.Value)
        : Signer?.SignedAttributes.FirstOrDefault(static attribute => attribute.Oid == SealReceipt.AttributeOid) is { Values: [var value] } ? SealReceipt.Decode(value)
        : null;

    public static SignatureContainer Read(PdfSignature signature)
    {
        if (signature.Damage is { } damage)
        {
            return Broken("container-broken", SignatureKind.Unknown, ("error", damage));
        }

        if (signature.Dictionary.HasDuplicateKeys)
        {
            return Broken("dictionary-ambiguous", SignatureKind.Unknown);
        }

        if (signature.Contents is not { Value: [_, ..] contents } || contents.All(value => value == 0))
        {
            return Broken("container-missing", SignatureKind.Unknown);
        }

        if (SesContainer.LooksLike(contents))
        {
            return OfSes(signature, contents);
        }

        return BareContainer.LooksLike(signature, contents) ? OfBare(signature, contents) : OfSignedData(signature, contents);
    }

    private static SignatureContainer OfSes(PdfSignature signature, byte[] contents)
    {
        try
        {
            var encoded = SesContainer.WithoutPadding(contents);
            if (contents.AsSpan(encoded.Length).ContainsAnyExcept((byte)0))
            {
                return Broken("container-padding", SignatureKind.SesSignature);
            }

            var ses = SesSignature.Parse(encoded);
            return Whole(signature, SignatureKind.SesSignature, encoded, ("version", $"{ses.Version}")) with
            {
                Ses = ses,
                SignerCertificate = Certificate.Parse(ses.SignerCertificate),
            };
        }
        catch (Exception error) when (error is SesFormatException or DerFormatException)
        {
            return Broken("container-broken", SignatureKind.SesSignature, ("error", error.Message));
        }
    }

    private static SignatureContainer OfBare(PdfSignature signature, byte[] contents) => BareContainer.Read(contents) is { } value
        ? Whole(signature, SignatureKind.RsaSha1, contents) with { Bare = value, SignerCertificate = BareContainer.Certificate(signature) }
        : Broken("container-broken", SignatureKind.RsaSha1);

    private static SignatureContainer OfSignedData(PdfSignature signature, byte[] contents)
    {
        CmsContent content;
        TimestampToken? timestamp;
        try
        {
            content = CmsSignedData.Parse(contents);
            timestamp = content.EncapsulatedContentType == TimestampToken.ContentTypeOid ? TimestampToken.Parse(contents) : null;
        }
        catch (DerFormatException error)
        {
            return Broken(contents[0] == 0x30 ? "container-broken" : "container-unknown", SignatureKind.Unknown, ("error", error.Message));
        }

        var kind = timestamp is not null ? SignatureKind.DocumentTimestamp
            : content.Format == CmsFormat.Gm ? SignatureKind.GmSignedData
            : SignatureKind.Cms;
        var sha1 = content.EncapsulatedContent is { } enclosed && (signature.SubFilter == EnclosedSha1 || (kind == SignatureKind.Cms && enclosed.Length == 20));
        if (content.Signers.Count != 1)
        {
            return Broken("container-signers", kind);
        }

        if (contents.AsSpan(content.EncodedLength).ContainsAnyExcept((byte)0))
        {
            return Broken("container-padding", kind);
        }

        // What is enclosed would be signed in the document's place. A file's digest may be, where that is the custom.
        return kind == SignatureKind.Cms && content.EncapsulatedContent is not null && !sha1
            ? Broken("container-encloses-content", kind)
            : Whole(signature, kind, contents.AsMemory(0, content.EncodedLength)) with
            {
                Content = content,
                Timestamp = timestamp,
                EnclosesSha1 = sha1 && kind == SignatureKind.Cms,
                SignerCertificate = content.Signers[0].Certificate,
            };
    }

    private static SignatureContainer Whole(PdfSignature signature, SignatureKind kind, ReadOnlyMemory<byte> encoded, params (string, string)[] facts) =>
        new(Check.Passed(CheckName.Structure, "container-ok", [("subFilter", signature.SubFilter ?? ""), ("bytes", $"{encoded.Length}"), .. facts]), kind) { Encoded = encoded };

    private static SignatureContainer Broken(string code, SignatureKind kind, params (string, string)[] evidence) =>
        new(Check.Failed(CheckName.Structure, code, evidence), kind);
}
