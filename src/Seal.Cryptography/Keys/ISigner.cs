namespace Seal.Cryptography.Keys;

/// <summary>A private key that can sign, wherever it lives: in memory, in the vault or on a token.</summary>
public interface ISigner
{
    /// <summary>How it signs.</summary>
    SignatureAlgorithm Algorithm { get; }

    /// <summary>The public key as DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).</summary>
    ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>
    /// Signs the message itself (it is hashed inside). ECDSA and SM2 give DER SEQUENCE { r, s }, RSA the
    /// big-endian number as long as the modulus, Ed25519 its 64 bytes. May be called by several threads at once.
    /// </summary>
    byte[] Sign(ReadOnlySpan<byte> message);
}
