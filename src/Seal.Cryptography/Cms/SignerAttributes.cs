using System.Formats.Asn1;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Asn1;
using Seal.Cryptography.Certificates;

namespace Seal.Cryptography.Cms;

/// <summary>What signed attributes say about their own signature.</summary>
internal static class SignerAttributes
{
    /// <summary>
    /// Whether signing-certificate-v2 (RFC 5035), or where there is none its predecessor (RFC 2634 §5.4, with SHA-1, which many
    /// time-stamping authorities still write), names this certificate; null if neither is there. SHA-1 may stand here: to
    /// profit, one would have to find a certificate with a given digest.
    /// </summary>
    public static bool? Name(IReadOnlyList<CmsAttribute> attributes, Certificate? certificate)
    {
        var attribute = attributes.FirstOrDefault(static candidate => candidate.Oid == Oids.SigningCertificateV2);
        var algorithm = DigestAlgorithm.Sha256;
        if (attribute is null)
        {
            attribute = attributes.FirstOrDefault(static candidate => candidate.Oid == Oids.SigningCertificate);
            algorithm = DigestAlgorithm.Sha1;
        }

        return attribute is null
            ? null
            : certificate is not null && attribute.Values is [var value] && Read(value, list => Names(list, algorithm, certificate));
    }

    /// <summary>
    /// Whether the algorithms of the signer are the ones it signed (CMSAlgorithmProtection, RFC 6211), where it says so at all:
    /// else another could be put in their place.
    /// </summary>
    public static bool Protect(IReadOnlyList<CmsAttribute> attributes, string digestOid, string signatureOid)
    {
        var protection = attributes.Where(static attribute => attribute.Oid == Oids.AlgorithmProtection).ToArray();
        return protection.Length == 0 || (protection is [{ Values: [var value] }] && Read(value, reader =>
        {
            var algorithms = reader.ReadSequence();
            return algorithms.ReadSequence().ReadObjectIdentifier() == digestOid
                   && (!Der.Has(algorithms, Der.Context1) || algorithms.ReadSequence(Der.Context1).ReadObjectIdentifier() == signatureOid);
        }));
    }

    /// <summary>Reads an attribute's value; a malformed one counts as absent.</summary>
    public static T? Read<T>(ReadOnlyMemory<byte> value, Func<AsnReader, T> read)
    {
        try
        {
            return read(Der.Read(value, AsnEncodingRules.BER));
        }
        catch (AsnContentException)
        {
            return default;
        }
    }

    private static bool Names(AsnReader signingCertificate, DigestAlgorithm algorithm, Certificate certificate)
    {
        var identifier = signingCertificate.ReadSequence().ReadSequence().ReadSequence();
        var digest = Der.Has(identifier, Asn1Tag.Sequence)
            ? DigestAlgorithms.FromOid(identifier.ReadSequence().ReadObjectIdentifier())
            : algorithm;
        return digest is { } known && Der.ReadOctets(identifier).Span.SequenceEqual(known.HashData(certificate.RawData.Span));
    }
}
