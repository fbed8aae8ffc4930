using Seal.Cryptography.Asn1;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Cms;

/// <summary>Which standard's SignedData.</summary>
public enum CmsFormat
{
    /// <summary>RFC 5652.</summary>
    Cms,

    /// <summary>GB/T 35275: object identifiers of its own, the PKCS#7 1.5 shape, SM2 with SM3.</summary>
    Gm,
}

/// <summary>What the two formats name differently.</summary>
internal static class CmsFormats
{
    public static string SignedDataOid(this CmsFormat format) =>
        format == CmsFormat.Gm ? Oids.GmSignedData : Oids.CmsSignedData;

    public static string DataOid(this CmsFormat format) => format == CmsFormat.Gm ? Oids.GmData : Oids.CmsData;

    /// <summary>
    /// The algorithm of SignerInfo.signature. RSA is named by its key (RFC 3370 §3.2), which every verifier
    /// understands; GB/T 35275 names SM2 signing likewise.
    /// </summary>
    public static string? KeyAlgorithmOid(this CmsFormat format, SignatureAlgorithm algorithm) => (format, algorithm) switch
    {
        (CmsFormat.Gm, SignatureAlgorithm.Sm2Sm3) => Oids.Sm2Sign,
        (_, SignatureAlgorithm.RsaPkcs1Sha256) => Oids.RsaEncryption,
        _ => null,
    };
}
