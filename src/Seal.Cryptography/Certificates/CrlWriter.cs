using System.Collections.Frozen;
using System.Formats.Asn1;
using Seal.Cryptography.Asn1;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Certificates;

/// <summary>Writes what of a revocation list is signed (RFC 5280 §5.1.2).</summary>
internal static class CrlWriter
{
    private const int OtherBytes = 4096;
    private const int LongestEntry = 64;

    // A list may have a hundred thousand entries, but they have ten reasons between them.
    private static readonly FrozenDictionary<RevocationReason, byte[]> Reasons =
        Enum.GetValues<RevocationReason>().ToFrozenDictionary(reason => reason, WriteReason);

    public static byte[] WriteTbs(CrlRequest request, Certificate issuer, SignatureAlgorithm algorithm)
    {
        if (request.NextUpdate <= request.ThisUpdate)
        {
            throw new ArgumentException("A list's next update comes after it.", nameof(request));
        }

        if (request.BaseNumber > request.Number)
        {
            throw new ArgumentException("A delta is not older than the list it is based on.", nameof(request));
        }

        if (request.BaseNumber is null && request.Entries.Any(static entry => entry.Reason == RevocationReason.RemoveFromCrl))
        {
            throw new ArgumentException("Only a delta takes certificates off a list.", nameof(request));
        }

        // The writer grows by a kilobyte at a time, and copies all it has each time.
        var writer = new AsnWriter(AsnEncodingRules.DER, OtherBytes + (request.Entries.Count * LongestEntry));
        using (writer.PushSequence())
        {
            writer.WriteInteger(1); // v2
            writer.WriteAlgorithmIdentifier(algorithm);
            writer.WriteEncodedValue(issuer.Subject.RawData.Span);
            Der.WriteTime(writer, request.ThisUpdate);
            Der.WriteTime(writer, request.NextUpdate);
            if (request.Entries.Count > 0) // an empty revokedCertificates must be left out (§5.1.2.6)
            {
                WriteEntries(writer, request.Entries);
            }

            using var tag = writer.PushSequence(Der.Context0);
            using var extensions = writer.PushSequence();
            WriteExtensions(writer, request, issuer);
        }

        return writer.Encode();
    }

    private static void WriteExtensions(AsnWriter writer, CrlRequest request, Certificate issuer)
    {
        if (issuer.SubjectKeyIdentifier is { } key)
        {
            CertificateWriter.WriteAuthorityKeyIdentifier(writer, key.Span);
        }

        CertificateWriter.WriteExtension(writer, Oids.CrlNumber, false, Der.Encode(inner => inner.WriteInteger(request.Number)));
        if (request.BaseNumber is { } baseNumber)
        {
            CertificateWriter.WriteExtension(writer, Oids.DeltaCrlIndicator, true, Der.Encode(inner => inner.WriteInteger(baseNumber)));
        }

        if (request.FreshestUrls.Count > 0)
        {
            CertificateWriter.WriteExtension(writer, Oids.FreshestCrl, false, Der.Encode(inner => CertificateWriter.WriteDistributionPoint(inner, request.FreshestUrls)));
        }

        if (request.ExpiredSince is { } since)
        {
            CertificateWriter.WriteExtension(
                writer, Oids.ExpiredCertsOnCrl, false, Der.Encode(inner => inner.WriteGeneralizedTime(since.ToUniversalTime(), omitFractionalSeconds: true)));
        }
    }

    private static void WriteEntries(AsnWriter writer, IReadOnlyCollection<CrlEntry> entries)
    {
        using var list = writer.PushSequence();
        foreach (var entry in entries)
        {
            using var item = writer.PushSequence();
            writer.WriteInteger(entry.SerialNumber.Span);
            Der.WriteTime(writer, entry.RevokedAt);
            if (entry.Reason != RevocationReason.Unspecified) // should be absent rather than 0 (§5.3.1)
            {
                writer.WriteEncodedValue(Reasons[entry.Reason]);
            }
        }
    }

    private static byte[] WriteReason(RevocationReason reason) => Der.Encode(writer =>
    {
        using var _ = writer.PushSequence();
        CertificateWriter.WriteExtension(writer, Oids.CrlReason, false, Der.Encode(inner => inner.WriteEnumeratedValue(reason)));
    });
}
