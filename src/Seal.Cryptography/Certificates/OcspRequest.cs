using System.Formats.Asn1;
using Seal.Cryptography.Asn1;

namespace Seal.Cryptography.Certificates;

/// <summary>A question about the state of certificates (OCSPRequest, RFC 6960 §4.1). A signature on it is passed over.</summary>
public sealed class OcspRequest
{
    /// <summary>Longest nonce, in bytes (RFC 9654 §2.1).</summary>
    public const int MaximumNonceSize = 128;

    private const int MaximumCertificates = 16;

    private OcspRequest(ReadOnlyMemory<byte> der)
    {
        var outer = Der.Read(der);
        var request = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var tbs = request.ReadSequence();
        if (Der.Has(request, Der.Context0))
        {
            request.ReadEncodedValue();
        }

        request.ThrowIfNotEmpty();
        if (Der.TryReadExplicit(tbs, Der.Context0) is { } version && (!version.TryReadInt32(out var number) || number != 0))
        {
            throw new AsnContentException("Only version 1 is known.");
        }

        if (Der.Has(tbs, Der.Context1))
        {
            tbs.ReadEncodedValue(); // requestorName
        }

        Certificates = ReadList(tbs.ReadSequence());
        if (Der.TryReadExplicit(tbs, Der.Context2) is { } tagged)
        {
            Nonce = ReadExtensions(tagged.ReadSequence());
        }

        tbs.ThrowIfNotEmpty();
    }

    /// <summary>The certificates asked about, at least one.</summary>
    public IReadOnlyList<OcspCertId> Certificates { get; }

    /// <summary>1 to 128 bytes that the answer must repeat, or null.</summary>
    public ReadOnlyMemory<byte>? Nonce { get; }

    /// <summary>Reads a DER OCSPRequest, strictly.</summary>
    /// <exception cref="DerFormatException">It is none, asks about more than 16 certificates, has a nonce of another length than RFC 9654 allows, or a critical extension.</exception>
    public static OcspRequest Parse(ReadOnlyMemory<byte> der) => Der.Parse("OCSP request", der, static bytes => new OcspRequest(bytes));

    /// <summary>Writes a question about one certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="nonce">1 to 128 random bytes; empty for none, so that the answer may come from a cache.</param>
    /// <returns>DER.</returns>
    public static byte[] Create(OcspCertId certificate, ReadOnlySpan<byte> nonce)
    {
        var value = nonce.ToArray();
        return Der.Encode(writer =>
        {
            using var request = writer.PushSequence();
            using var tbs = writer.PushSequence();
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(certificate.RawData.Span);
            }

            if (value.Length > 0)
            {
                using var tag = writer.PushSequence(Der.Context2);
                using var extensions = writer.PushSequence();
                WriteNonce(writer, value);
            }
        });
    }

    internal static void WriteNonce(AsnWriter writer, byte[] nonce) =>
        CertificateWriter.WriteExtension(writer, Oids.OcspNonce, false, Der.Encode(inner => inner.WriteOctetString(nonce)));

    /// <summary>The nonce among extensions that are not critical, or null.</summary>
    internal static ReadOnlyMemory<byte>? ReadExtensions(AsnReader list)
    {
        ReadOnlyMemory<byte>? nonce = null;
        foreach (var extension in ExtensionReader.ReadAll(list))
        {
            if (extension.Oid == Oids.OcspNonce)
            {
                nonce = Der.ReadOctets(Der.Read(extension.Value));
                if (nonce.Value.Length is 0 or > MaximumNonceSize)
                {
                    throw new AsnContentException("A nonce has 1 to 128 bytes (RFC 9654 §2.1).");
                }
            }
            else if (extension.Critical)
            {
                throw new AsnContentException($"The critical extension {extension.Oid} is not known.");
            }
        }

        return nonce;
    }

    private static List<OcspCertId> ReadList(AsnReader list)
    {
        List<OcspCertId> certificates = [];
        while (list.HasData)
        {
            var one = list.ReadSequence();
            certificates.Add(new OcspCertId(one.ReadEncodedValue()));
            if (Der.TryReadExplicit(one, Der.Context0) is { } extensions)
            {
                ReadExtensions(extensions.ReadSequence());
            }

            one.ThrowIfNotEmpty();
        }

        return certificates.Count is > 0 and <= MaximumCertificates
            ? certificates
            : throw new AsnContentException($"One certificate is asked about, or up to {MaximumCertificates}.");
    }
}
