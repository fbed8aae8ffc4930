using System.Buffers.Text;
using System.Formats.Asn1;
using Seal.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Cms;
using Seal.Documents.Ofd;
using Seal.Documents.Ses;

namespace Seal.Documents.Judging;

/// <summary>What stands in SignedValue.dat, recognised by itself and not by the type the list gives.</summary>
/// <param name="Structure">The structure check's row, as far as the container goes.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Encoded">The container.</param>
internal sealed record OfdContainer(Check Structure, SignatureKind Kind, ReadOnlyMemory<byte> Encoded)
{
    private const int RawLength = 64;

    /// <summary>The seal's signature, if it is one.</summary>
    public SesSignature? Ses { get; private init; }

    /// <summary>The signed data, if it is such a container.</summary>
    public CmsContent? Cms { get; private init; }

    /// <summary>A signature value alone, DER SEQUENCE { r, s }: the certificate must come from elsewhere.</summary>
    public ReadOnlyMemory<byte>? Bare { get; private init; }

    /// <summary>The signer's certificate in the container; null when there is none to be read.</summary>
    public Certificate? Signer { get; private init; }

    /// <summary>Where the sealing is recorded, if what is signed says so.</summary>
    public SealReceipt? Receipt =>
        Ses?.Extensions.FirstOrDefault(static extension => extension.Oid == SealReceipt.AttributeOid) is { } extension ? SealReceipt.Decode(extension.Value)
        : Cms?.Signers[0].SignedAttributes.FirstOrDefault(static attribute => attribute.Oid == SealReceipt.AttributeOid) is { Values: [var value] } ? SealReceipt.Decode(value)
        : null;

    public static OfdContainer Read(OfdPackage package, ZipEntry? file)
    {
        if (file is null)
        {
            return Broken("container-missing", SignatureKind.Unknown);
        }

        byte[] content;
        try
        {
            content = Unwrap(package, package.ReadAll(file, package.Budget.Limits.MaxSignatureBytes, nameof(OfdLimits.MaxSignatureBytes)));
        }
        catch (OfdFormatException error) when (error.Code == OfdProblem.Damaged)
        {
            return Broken("container-broken", SignatureKind.Unknown, ("error", error.Message));
        }

        return content.Length == 0 ? Broken("container-missing", SignatureKind.Unknown)
            : LooksLikeSes(content) ? ReadSes(content)
            : content.Length == RawLength ? ReadBare(content, FromRaw(content))
            : IsPairOfNumbers(content) ? ReadBare(content, content)
            : ReadCms(content);
    }

    private static OfdContainer ReadSes(byte[] content)
    {
        try
        {
            var ses = SesSignature.Parse(content);
            var (signer, error) = ReadCertificate(ses.SignerCertificate);
            return signer is null
                ? Broken("container-certificate-broken", SignatureKind.SesSignature, ("error", error!))
                : new OfdContainer(Ok(content, ("version", $"{ses.SealData.Version}")), SignatureKind.SesSignature, content) { Ses = ses, Signer = signer };
        }
        catch (SesFormatException error)
        {
            return Broken("container-broken", SignatureKind.SesSignature, ("error", error.Message));
        }
    }

    private static OfdContainer ReadCms(byte[] content)
    {
        CmsContent cms;
        try
        {
            cms = CmsSignedData.Parse(content);
        }
        catch (DerFormatException error)
        {
            return Broken(content[0] == 0x30 ? "container-broken" : "container-unknown", SignatureKind.Unknown, ("error", error.Message));
        }

        var kind = cms.Format == CmsFormat.Gm ? SignatureKind.GmSignedData : SignatureKind.Cms;
        return cms.Signers.Count != 1 ? Broken("container-signers", kind)
            : cms.EncodedLength != content.Length ? Broken("container-padding", kind)
            : new OfdContainer(Ok(content), kind, content) { Cms = cms, Signer = cms.Signers[0].Certificate };
    }

    private static OfdContainer ReadBare(byte[] content, byte[] value) => new(Ok(content), SignatureKind.BareSignature, content) { Bare = value };

    private static Check Ok(byte[] content, params (string, string)[] evidence) =>
        Check.Passed(CheckName.Structure, "container-ok", [("bytes", $"{content.Length}"), .. evidence]);

    private static OfdContainer Broken(string code, SignatureKind kind, params (string, string)[] evidence) =>
        new(Check.Failed(CheckName.Structure, code, evidence), kind, ReadOnlyMemory<byte>.Empty);

    /// <summary>Some signing services store what they were given over HTTP: the container in Base64.</summary>
    private static byte[] Unwrap(OfdPackage package, byte[] content)
    {
        if (content is not [(byte)'M', ..] || !Base64.IsValid(content, out var length))
        {
            return content;
        }

        var decoded = new byte[length];
        Base64.DecodeFromUtf8(content, decoded, out _, out var written);
        package.AddNote("the signature value is stored in Base64");
        return decoded[..written];
    }

    /// <summary>All SES versions begin with nested sequences and, in the seal's header, the IA5String "ES".</summary>
    private static bool LooksLikeSes(ReadOnlySpan<byte> content) =>
        content[0] == 0x30 && content[..Math.Min(content.Length, 64)].IndexOf("\u0016\u0002ES"u8) > 0;

    private static bool IsPairOfNumbers(byte[] content)
    {
        try
        {
            AsnReader outer = new(content, AsnEncodingRules.BER);
            var pair = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            pair.ReadInteger();
            pair.ReadInteger();
            return !pair.HasData;
        }
        catch (AsnContentException)
        {
            return false; // then it is something else, and read as such
        }
    }

    private static byte[] FromRaw(ReadOnlySpan<byte> content)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new System.Numerics.BigInteger(content[..(RawLength / 2)], isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new System.Numerics.BigInteger(content[(RawLength / 2)..], isUnsigned: true, isBigEndian: true));
        }

        return writer.Encode();
    }

    private static (Certificate? Certificate, string? Error) ReadCertificate(ReadOnlyMemory<byte> der)
    {
        try
        {
            return (Certificate.Parse(der), null);
        }
        catch (DerFormatException error)
        {
            return (null, error.Message);
        }
    }
}
