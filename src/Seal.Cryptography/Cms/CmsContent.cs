using System.Formats.Asn1;
using Seal.Cryptography.Asn1;
using Seal.Cryptography.Certificates;

namespace Seal.Cryptography.Cms;

/// <summary>A signature container taken apart. Everything keeps its bytes as received.</summary>
public sealed class CmsContent
{
    private const int MaximumElements = 128;
    private const int MaximumSigners = 16;

    internal CmsContent(ReadOnlyMemory<byte> ber)
    {
        var outer = Der.Read(ber, AsnEncodingRules.BER);
        EncodedLength = outer.PeekEncodedValue().Length;
        var contentInfo = outer.ReadSequence();
        Format = contentInfo.ReadObjectIdentifier() switch
        {
            Oids.CmsSignedData => CmsFormat.Cms,
            Oids.GmSignedData => CmsFormat.Gm,
            string other => throw new AsnContentException($"The content type {other} is not signed data."),
        };
        var signedData = contentInfo.ReadSequence(Der.Context0).ReadSequence();
        Version = signedData.TryReadInt32(out var version) ? version : throw new AsnContentException("Version out of range.");

        DigestAlgorithmOids = Bounded(signedData.ReadSetOf(skipSortOrderValidation: true))
            .Select(static element => Der.Read(element, AsnEncodingRules.BER).ReadSequence().ReadObjectIdentifier())
            .ToArray();

        var encapsulated = signedData.ReadSequence();
        EncapsulatedContentType = encapsulated.ReadObjectIdentifier();
        if (Der.TryReadExplicit(encapsulated, Der.Context0) is { } content)
        {
            EncapsulatedContent = Der.Has(content, Asn1Tag.PrimitiveOctetString) ? Der.ReadOctets(content) : content.PeekEncodedValue();
        }

        // Other choices than a plain certificate or list carry a context tag; they are passed over.
        Certificates = Der.Has(signedData, Der.Context0)
            ? [.. Bounded(signedData.ReadSetOf(true, Der.Context0)).Where(IsSequence).Select(TryReadCertificate).OfType<Certificate>()]
            : [];
        RevocationLists = Der.Has(signedData, Der.Context1)
            ? [.. Bounded(signedData.ReadSetOf(true, Der.Context1)).Where(IsSequence)]
            : [];
        Signers =
        [
            .. Bounded(signedData.ReadSetOf(skipSortOrderValidation: true), MaximumSigners)
                .Select(signer => new CmsSignerInfo(signer, this)),
        ];
    }

    /// <summary>Which standard's container.</summary>
    public CmsFormat Format { get; }

    /// <summary>Length of the container in bytes; what follows it in the buffer is padding, or should not be there.</summary>
    public int EncodedLength { get; }

    /// <summary>Version of the SignedData structure.</summary>
    public int Version { get; }

    /// <summary>The digest algorithms announced, as object identifiers.</summary>
    public IReadOnlyList<string> DigestAlgorithmOids { get; }

    /// <summary>Object identifier of the content's type.</summary>
    public string EncapsulatedContentType { get; }

    /// <summary>The content, if it is inside (the octets, where it is an OCTET STRING); null if detached.</summary>
    public ReadOnlyMemory<byte>? EncapsulatedContent { get; }

    /// <summary>The certificates inside that could be read; untrusted.</summary>
    public IReadOnlyList<Certificate> Certificates { get; }

    /// <summary>The revocation lists inside, DER, not yet read.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> RevocationLists { get; }

    /// <summary>The signers.</summary>
    public IReadOnlyList<CmsSignerInfo> Signers { get; }

    internal static IEnumerable<ReadOnlyMemory<byte>> Bounded(AsnReader set, int maximum = MaximumElements)
    {
        for (var count = 0; set.HasData; count++)
        {
            if (count == maximum)
            {
                throw new AsnContentException($"More than {maximum} elements.");
            }

            yield return set.ReadEncodedValue();
        }
    }

    private static bool IsSequence(ReadOnlyMemory<byte> element) => element.Span[0] == 0x30;

    /// <summary>A broken certificate beside the signer's must not make a good signature unreadable.</summary>
    private static Certificate? TryReadCertificate(ReadOnlyMemory<byte> der)
    {
        try
        {
            return Certificate.Parse(der);
        }
        catch (DerFormatException)
        {
            return null;
        }
    }
}
