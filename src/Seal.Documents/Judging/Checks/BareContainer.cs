using System.Formats.Asn1;
using Seal.Cryptography;
using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>adbe.x509.rsa_sha1 (ISO 32000-1 §12.8.3.2): an OCTET STRING with the signature value; the certificates stand in <c>/Cert</c>.</summary>
internal static class BareContainer
{
    private const string SubFilter = "adbe.x509.rsa_sha1";

    public static bool LooksLike(PdfSignature signature, ReadOnlySpan<byte> contents) => signature.SubFilter == SubFilter && contents[0] == 0x04;

    /// <summary>The signature value; null when that is not what stands there, or more does.</summary>
    public static ReadOnlyMemory<byte>? Read(ReadOnlyMemory<byte> contents)
    {
        try
        {
            var value = AsnDecoder.ReadOctetString(contents.Span, AsnEncodingRules.BER, out var used);
            return contents.Span[used..].ContainsAnyExcept((byte)0) ? null : (ReadOnlyMemory<byte>?)value;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>The signer's certificate, which is the first; null when it is not there or cannot be read.</summary>
    public static Cryptography.Certificates.Certificate? Certificate(PdfSignature signature)
    {
        if (signature.Certificates.FirstOrDefault() is not { } der)
        {
            return null;
        }

        try
        {
            return Cryptography.Certificates.Certificate.Parse(der);
        }
        catch (DerFormatException)
        {
            return null;
        }
    }
}
