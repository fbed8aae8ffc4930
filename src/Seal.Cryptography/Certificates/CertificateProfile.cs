using Seal.Cryptography.Asn1;

namespace Seal.Cryptography.Certificates;

/// <summary>What an authority puts into a certificate of one kind, as data (RFC 5280 §4.2; GB/T 20518 for the SM2 ones).</summary>
/// <param name="Name">Stable name of the kind, kebab case.</param>
/// <param name="KeyUsage">The critical key usage.</param>
/// <param name="ExtendedKeyUsage">Purposes as object identifiers; empty leaves the extension out.</param>
/// <param name="ExtendedKeyUsageCritical">Whether one who does not know the purposes must refuse.</param>
/// <param name="IsAuthority">Whether the subject issues certificates itself.</param>
/// <param name="PathLength">For an authority: how many more may follow below it; null is no limit.</param>
/// <param name="MaximumValidity">Longest life the authority grants.</param>
public sealed record CertificateProfile(
    string Name,
    KeyUsages KeyUsage,
    IReadOnlyList<string> ExtendedKeyUsage,
    bool ExtendedKeyUsageCritical,
    bool IsAuthority,
    int? PathLength,
    TimeSpan MaximumValidity)
{
    /// <summary>The policies that certificates are issued under, as object identifiers (RFC 5280 §4.2.1.4); none leaves the extension out.</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];

    private const KeyUsages Signing = KeyUsages.DigitalSignature | KeyUsages.NonRepudiation;

    /// <summary>
    /// RFC 9336 names document signing; emailProtection stands beside it because S/MIME verifiers (OpenSSL's
    /// cms command, NSS below pdfsig) ask for it.
    /// </summary>
    private static readonly IReadOnlyList<string> DocumentSigning = [Oids.KpDocumentSigning, Oids.KpEmailProtection];

    /// <summary>An organisation's seal key.</summary>
    public static CertificateProfile Organisation { get; } = Signer("organisation");

    /// <summary>A person's key in the name of an organisation.</summary>
    public static CertificateProfile OrganisationIndividual { get; } = Signer("organisation-individual");

    /// <summary>A person's own key.</summary>
    public static CertificateProfile Personal { get; } = Signer("personal");

    /// <summary>The encryption half of a signing and encryption pair (GB/T 20518).</summary>
    public static CertificateProfile Encryption { get; } = new(
        "encryption", KeyUsages.KeyEncipherment | KeyUsages.DataEncipherment | KeyUsages.KeyAgreement,
        [], false, false, null, Years(5));

    /// <summary>The key that signs seal data (GB/T 38540).</summary>
    public static CertificateProfile SealMaker { get; } = new(
        "seal-maker", Signing, [], false, false, null, Years(10));

    /// <summary>A time-stamping unit: the purpose alone and critical (RFC 3161 §2.3).</summary>
    public static CertificateProfile TimeStamp { get; } = new(
        "timestamp", Signing, [Oids.KpTimeStamping], true, false, null, Years(10));

    /// <summary>
    /// A responder that answers for its issuer (RFC 6960 §4.2.2.2); short-lived, because nobody asks whether it is revoked itself:
    /// <see cref="Certificates.OcspResponder.NoCheck"/> goes with it.
    /// </summary>
    public static CertificateProfile OcspResponder { get; } = new(
        "ocsp", KeyUsages.DigitalSignature, [Oids.KpOcspSigning], false, false, null, TimeSpan.FromDays(100));

    /// <summary>The key that signs the ledger's checkpoints.</summary>
    public static CertificateProfile Log { get; } = new(
        "log", KeyUsages.DigitalSignature, [], false, false, null, Years(10));

    /// <summary>An authority that issues to end entities only.</summary>
    public static CertificateProfile IssuingAuthority { get; } = new(
        "issuing-ca", KeyUsages.KeyCertSign | KeyUsages.CrlSign, [], false, true, 0, Years(15));

    /// <summary>A root.</summary>
    public static CertificateProfile RootAuthority { get; } = new(
        "root-ca", KeyUsages.KeyCertSign | KeyUsages.CrlSign, [], false, true, null, Years(30));

    private static CertificateProfile Signer(string name) =>
        new(name, Signing, DocumentSigning, false, false, null, Years(5));

    /// <summary>The longest life of so many years: leap days included, so that "five years from today" always fits.</summary>
    public static TimeSpan Years(int years) => TimeSpan.FromDays((365 * years) + (years / 4) + 2);
}
