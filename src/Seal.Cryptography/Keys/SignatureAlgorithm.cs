namespace Seal.Cryptography.Keys;

/// <summary>A way of signing that this platform's own keys use; key kind, padding and digest in one.</summary>
public enum SignatureAlgorithm
{
    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2).</summary>
    RsaPkcs1Sha256,

    /// <summary>RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes (RFC 8017 §8.1).</summary>
    RsaPssSha256,

    /// <summary>ECDSA on P-256 with SHA-256; signatures are DER SEQUENCE { r, s }.</summary>
    EcdsaP256Sha256,

    /// <summary>ECDSA on P-384 with SHA-384; signatures are DER SEQUENCE { r, s }.</summary>
    EcdsaP384Sha384,

    /// <summary>SM2 with SM3 and the default identity 1234567812345678 (GB/T 32918.2); signatures are DER SEQUENCE { r, s }.</summary>
    Sm2Sm3,

    /// <summary>Ed25519 (RFC 8032), 64 bytes.</summary>
    Ed25519,
}
