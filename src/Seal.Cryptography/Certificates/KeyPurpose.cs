using Seal.Cryptography.Asn1;

namespace Seal.Cryptography.Certificates;

/// <summary>What the leaf's key was used for.</summary>
public enum KeyPurpose
{
    /// <summary>Anything; only the path matters.</summary>
    Any,

    /// <summary>Signing a document.</summary>
    DocumentSigning,

    /// <summary>Signing seal data (GB/T 38540).</summary>
    SealMaking,

    /// <summary>Signing time stamps (RFC 3161 §2.3: the purpose alone, and critical).</summary>
    TimeStamping,

    /// <summary>Signing a ledger's checkpoints.</summary>
    LogSigning,

    /// <summary>Signing certificates.</summary>
    CertificateSigning,
}

internal static class KeyPurposes
{
    /// <summary>clientAuth and the two vendors' purposes stand in many signers' certificates that predate RFC 9336.</summary>
    private static readonly string[] DocumentPurposes =
    [
        Oids.KpDocumentSigning, Oids.KpEmailProtection, Oids.KpClientAuth,
        Oids.KpAdobeDocumentSigning, Oids.KpMicrosoftDocumentSigning, Oids.AnyExtendedKeyUsage,
    ];

    public static bool Allows(this KeyPurpose purpose, Certificate leaf) => purpose switch
    {
        KeyPurpose.Any => true,
        KeyPurpose.CertificateSigning => leaf.KeyUsage is not { } usage || usage.HasFlag(KeyUsages.KeyCertSign),
        KeyPurpose.TimeStamping => MaySign(leaf) && leaf.ExtendedKeyUsage is [Oids.KpTimeStamping] && leaf.Find(Oids.ExtendedKeyUsage) is { Critical: true },
        _ => MaySign(leaf) && (leaf.ExtendedKeyUsage is not { } purposes || purposes.Intersect(DocumentPurposes).Any()),
    };

    /// <summary>One of the signing bits, whatever else is set: real signers carry keyEncipherment beside them.</summary>
    private static bool MaySign(Certificate leaf) =>
        leaf.KeyUsage is not { } usage || (usage & (KeyUsages.DigitalSignature | KeyUsages.NonRepudiation)) != 0;
}
