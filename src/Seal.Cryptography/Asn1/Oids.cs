namespace Seal.Cryptography.Asn1;

/// <summary>Object identifiers by the names their standards give them.</summary>
internal static class Oids
{
    // RFC 8017, RFC 5480, RFC 8410
    public const string RsaEncryption = "1.2.840.113549.1.1.1";
    public const string Mgf1 = "1.2.840.113549.1.1.8";
    public const string RsassaPss = "1.2.840.113549.1.1.10";
    public const string Sha256WithRsa = "1.2.840.113549.1.1.11";
    public const string Sha384WithRsa = "1.2.840.113549.1.1.12";
    public const string Sha512WithRsa = "1.2.840.113549.1.1.13";
    public const string EcPublicKey = "1.2.840.10045.2.1";
    public const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    public const string EcdsaWithSha384 = "1.2.840.10045.4.3.3";
    public const string EcdsaWithSha512 = "1.2.840.10045.4.3.4";
    public const string P256 = "1.2.840.10045.3.1.7";
    public const string P384 = "1.3.132.0.34";
    public const string P521 = "1.3.132.0.35";
    public const string Ed25519 = "1.3.101.112";

    // RFC 5639
    public const string BrainpoolP256 = "1.3.36.3.3.2.8.1.1.7";
    public const string BrainpoolP384 = "1.3.36.3.3.2.8.1.1.11";
    public const string BrainpoolP512 = "1.3.36.3.3.2.8.1.1.13";

    // GM/T 0006
    public const string Sm2Curve = "1.2.156.10197.1.301";
    public const string Sm2Sign = "1.2.156.10197.1.301.1";
    public const string Sm4Ecb = "1.2.156.10197.1.104.1";
    public const string Sm3 = "1.2.156.10197.1.401";
    public const string Sm3Keyless = "1.2.156.10197.1.401.1";
    public const string Sm2WithSm3 = "1.2.156.10197.1.501";
    /// <summary>A misprint of <see cref="Sm2WithSm3"/> found in real files: accepted, never written.</summary>
    public const string Sm2WithSm3Misprinted = "1.2.156.10197.501";

    // RFC 3370, RFC 3279: read, never accepted
    public const string Sha1 = "1.3.14.3.2.26";
    public const string Sha1WithRsa = "1.2.840.113549.1.1.5";
    public const string EcdsaWithSha1 = "1.2.840.10045.4.1";

    // RFC 5754
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";
    public const string Sha384 = "2.16.840.1.101.3.4.2.2";
    public const string Sha512 = "2.16.840.1.101.3.4.2.3";

    // RFC 8702 and NIST's register of its algorithms
    public const string Sha3Of256 = "2.16.840.1.101.3.4.2.8";
    public const string Sha3Of384 = "2.16.840.1.101.3.4.2.9";
    public const string Sha3Of512 = "2.16.840.1.101.3.4.2.10";
    public const string EcdsaWithSha3Of256 = "2.16.840.1.101.3.4.3.10";
    public const string EcdsaWithSha3Of384 = "2.16.840.1.101.3.4.3.11";
    public const string EcdsaWithSha3Of512 = "2.16.840.1.101.3.4.3.12";
    public const string RsaWithSha3Of256 = "2.16.840.1.101.3.4.3.14";
    public const string RsaWithSha3Of384 = "2.16.840.1.101.3.4.3.15";
    public const string RsaWithSha3Of512 = "2.16.840.1.101.3.4.3.16";

    // RFC 5280 §4.2, §5.2, §5.3
    public const string SubjectKeyIdentifier = "2.5.29.14";
    public const string KeyUsage = "2.5.29.15";
    public const string SubjectAlternativeName = "2.5.29.17";
    public const string BasicConstraints = "2.5.29.19";
    public const string CrlNumber = "2.5.29.20";
    public const string CrlReason = "2.5.29.21";
    public const string ExpiredCertsOnCrl = "2.5.29.60";
    public const string DeltaCrlIndicator = "2.5.29.27";
    public const string FreshestCrl = "2.5.29.46";
    public const string IssuingDistributionPoint = "2.5.29.28";
    public const string CrlDistributionPoints = "2.5.29.31";
    public const string CertificatePolicies = "2.5.29.32";
    public const string AuthorityKeyIdentifier = "2.5.29.35";
    public const string ExtendedKeyUsage = "2.5.29.37";
    public const string AnyExtendedKeyUsage = "2.5.29.37.0";
    public const string AuthorityInformationAccess = "1.3.6.1.5.5.7.1.1";
    public const string AccessOcsp = "1.3.6.1.5.5.7.48.1";
    public const string AccessCaIssuers = "1.3.6.1.5.5.7.48.2";
    public const string KpClientAuth = "1.3.6.1.5.5.7.3.2";
    public const string KpEmailProtection = "1.3.6.1.5.5.7.3.4";
    public const string KpTimeStamping = "1.3.6.1.5.5.7.3.8";
    public const string KpOcspSigning = "1.3.6.1.5.5.7.3.9";
    public const string KpDocumentSigning = "1.3.6.1.5.5.7.3.36"; // RFC 9336
    public const string KpAdobeDocumentSigning = "1.2.840.113583.1.1.5";
    public const string KpMicrosoftDocumentSigning = "1.3.6.1.4.1.311.10.3.12";

    // RFC 5652, RFC 5035
    public const string CmsData = "1.2.840.113549.1.7.1";
    public const string CmsSignedData = "1.2.840.113549.1.7.2";
    public const string ContentType = "1.2.840.113549.1.9.3";
    public const string MessageDigest = "1.2.840.113549.1.9.4";
    public const string SigningTime = "1.2.840.113549.1.9.5";
    public const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    public const string SigningCertificate = "1.2.840.113549.1.9.16.2.12";
    public const string AlgorithmProtection = "1.2.840.113549.1.9.52"; // RFC 6211
    public const string AdobeRevocationArchive = "1.2.840.113583.1.1.8";
    public const string SignatureTimeStamp = "1.2.840.113549.1.9.16.2.14";

    // RFC 3161
    public const string TstInfo = "1.2.840.113549.1.9.16.1.4";

    // RFC 6960
    public const string OcspBasic = "1.3.6.1.5.5.7.48.1.1";
    public const string OcspNonce = "1.3.6.1.5.5.7.48.1.2";
    public const string OcspNoCheck = "1.3.6.1.5.5.7.48.1.5";

    // GB/T 35275
    public const string GmData = "1.2.156.10197.6.1.4.2.1";
    public const string GmSignedData = "1.2.156.10197.6.1.4.2.2";
}
