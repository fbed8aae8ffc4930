using System.Globalization;
using System.Xml;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Keys;

namespace Seal.Documents.Ofd;

/// <summary>Writes Signature.xml (GB/T 33190 §18.2), in the order of its schema.</summary>
internal sealed record OfdSignatureFile
{
    private const string TimeForm = "yyyyMMddHHmmss'Z'";

    public required DateTimeOffset SigningTime { get; init; }

    /// <summary>The protected files and their SM3, in order.</summary>
    public required IReadOnlyList<(string Path, byte[] Digest)> References { get; init; }

    public required IReadOnlyList<(string Id, string PageId, OfdPlacement Place)> Stamps { get; init; }

    /// <summary>Path of Seal.esl; null for a signature without seal.</summary>
    public required string? SealPath { get; init; }

    public required string ValuePath { get; init; }

    public byte[] Write() => OfdWriting.Xml("Signature", xml =>
    {
        OfdWriting.Start(xml, "SignedInfo");
        OfdWriting.Start(xml, "Provider");
        xml.WriteAttributeString("ProviderName", "Seal");
        xml.WriteAttributeString("Version", "1.0");
        xml.WriteEndElement();
        OfdWriting.Text(xml, "SignatureMethod", SignatureAlgorithm.Sm2Sm3.Oid());
        OfdWriting.Text(xml, "SignatureDateTime", SigningTime.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture));
        WriteReferences(xml);
        foreach (var (id, pageId, place) in Stamps)
        {
            OfdWriting.Start(xml, "StampAnnot");
            xml.WriteAttributeString("ID", id);
            xml.WriteAttributeString("PageRef", pageId);
            xml.WriteAttributeString("Boundary", new OfdBox(place.XMm, place.YMm, place.WidthMm, place.HeightMm).ToString());
            if (place.Slice is { } slice)
            {
                xml.WriteAttributeString("Clip", slice.ToString());
            }

            xml.WriteEndElement();
        }

        if (SealPath is not null)
        {
            OfdWriting.Start(xml, "Seal");
            OfdWriting.Text(xml, "BaseLoc", "/" + SealPath);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        OfdWriting.Text(xml, "SignedValue", "/" + ValuePath);
    });

    private void WriteReferences(XmlWriter xml)
    {
        OfdWriting.Start(xml, "References");
        xml.WriteAttributeString("CheckMethod", DigestAlgorithm.Sm3.Oid());
        foreach (var (path, digest) in References)
        {
            OfdWriting.Start(xml, "Reference");
            xml.WriteAttributeString("FileRef", "/" + path);
            OfdWriting.Text(xml, "CheckValue", Convert.ToBase64String(digest));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}
