using System.Formats.Asn1;
using Seal.Cryptography.Asn1;

namespace Seal.Cryptography.Cms;

/// <summary>
/// Revocation lists and OCSP answers that a signer encloses in the signed attribute adbe-revocationInfoArchival
/// (ISO 32000-1 §12.8.3.3.2), not yet read.
/// <code>
/// RevocationInfoArchival ::= SEQUENCE {
///   crl [0] EXPLICIT SEQUENCE OF CRL OPTIONAL, ocsp [1] EXPLICIT SEQUENCE OF OCSPResponse OPTIONAL, … }
/// </code>
/// </summary>
/// <param name="Lists">CertificateList, DER.</param>
/// <param name="Answers">OCSPResponse, DER.</param>
public sealed record RevocationArchive(IReadOnlyList<ReadOnlyMemory<byte>> Lists, IReadOnlyList<ReadOnlyMemory<byte>> Answers)
{
    /// <summary>Nothing enclosed.</summary>
    public static RevocationArchive Empty { get; } = new([], []);

    /// <summary>What a signer enclosed; nothing when the attribute is absent or malformed.</summary>
    public static RevocationArchive Of(CmsSignerInfo signer)
    {
        if (signer.SignedAttributes.FirstOrDefault(static attribute => attribute.Oid == Oids.AdobeRevocationArchive) is not { Values: [var value] })
        {
            return Empty;
        }

        try
        {
            var archive = Der.Read(value, AsnEncodingRules.BER).ReadSequence();
            return new RevocationArchive(Read(archive, Der.Context0), Read(archive, Der.Context1));
        }
        catch (AsnContentException)
        {
            return Empty; // only evidence is lost, and what it would have shown stays unknown
        }
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> Read(AsnReader archive, Asn1Tag tag) =>
        Der.TryReadExplicit(archive, tag) is { } list ? [.. CmsContent.Bounded(list.ReadSequence())] : [];
}
