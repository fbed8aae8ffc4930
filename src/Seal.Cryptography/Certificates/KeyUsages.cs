namespace Seal.Cryptography.Certificates;

/// <summary>What a key may be used for (RFC 5280 §4.2.1.3); bit n of the extension is bit n here.</summary>
[Flags]
public enum KeyUsages
{
    /// <summary>No use named.</summary>
    None = 0,

    /// <summary>Signatures other than on certificates and CRLs.</summary>
    DigitalSignature = 1 << 0,

    /// <summary>Signatures that bind the signer (contentCommitment).</summary>
    NonRepudiation = 1 << 1,

    /// <summary>Encrypting keys.</summary>
    KeyEncipherment = 1 << 2,

    /// <summary>Encrypting data directly.</summary>
    DataEncipherment = 1 << 3,

    /// <summary>Key agreement.</summary>
    KeyAgreement = 1 << 4,

    /// <summary>Signing certificates.</summary>
    KeyCertSign = 1 << 5,

    /// <summary>Signing revocation lists.</summary>
    CrlSign = 1 << 6,

    /// <summary>With key agreement: only to encrypt.</summary>
    EncipherOnly = 1 << 7,

    /// <summary>With key agreement: only to decrypt.</summary>
    DecipherOnly = 1 << 8,
}
