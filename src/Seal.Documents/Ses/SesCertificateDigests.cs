using System.Formats.Asn1;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;

namespace Seal.Documents.Ses;

/// <summary>Compares a certificate with listed digests.</summary>
internal static class SesCertificateDigests
{
    // GB/T 32918.5 (sm2p256v1): a, b, x and y of the base point, after the default identity with its length in bits.
    private static readonly byte[] IdentityAndCurve = Convert.FromHexString(
        "008031323334353637383132333435363738" +
        "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC" +
        "28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93" +
        "32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7" +
        "BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0");

    public static bool Match(IReadOnlyList<SesCertificateDigest> listed, Certificate certificate)
    {
        var plain = Sm3.HashData(certificate.RawData.Span);
        return listed.Any(digest => digest.Value.Span.SequenceEqual(plain))
            || (WithIdentity(certificate) is { } prefixed && listed.Any(digest => digest.Value.Span.SequenceEqual(prefixed)));
    }

    /// <summary>SM3(Z ‖ certificate), Z = SM3(identity, curve, public key), GB/T 32918.2 §5.5; null when the key is not a 256-bit point.</summary>
    private static byte[]? WithIdentity(Certificate certificate)
    {
        if (PublicPoint(certificate) is not { } point)
        {
            return null;
        }

        var z = Sm3.HashData([.. IdentityAndCurve, .. point]);
        return Sm3.HashData([.. z, .. certificate.RawData.Span]);
    }

    private static byte[]? PublicPoint(Certificate certificate)
    {
        try
        {
            var info = new AsnReader(certificate.SubjectPublicKeyInfo, AsnEncodingRules.DER).ReadSequence();
            info.ReadEncodedValue();
            var key = info.ReadBitString(out _);
            return key.Length == 65 && key[0] == 4 ? key[1..] : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
