using System.Globalization;
using System.Text;
using System.Xml;
using Seal.Cryptography.Algorithms;

namespace Seal.Documents.Ofd;

/// <summary>One line of text.</summary>
/// <param name="XMm">Left edge, in mm.</param>
/// <param name="BaselineMm">Base line, in mm from the top of the page.</param>
/// <param name="SizeMm">Height of the type, in mm.</param>
/// <param name="Text">The text.</param>
public sealed record OfdTextLine(double XMm, double BaselineMm, double SizeMm, string Text);

/// <summary>
/// A plain OFD of lines of text (GB/T 33190): a font of the reader's system, named and not embedded. The same content gives
/// the same bytes.
/// </summary>
public sealed record OfdTextDocument
{
    private const int FontId = 1;

    /// <summary>The pages, each with its lines.</summary>
    public required IReadOnlyList<IReadOnlyList<OfdTextLine>> Pages { get; init; }

    /// <summary>The title in the document's information.</summary>
    public string Title { get; init; } = "";

    /// <summary>The day of its making.</summary>
    public required DateOnly CreatedOn { get; init; }

    /// <summary>Name of a font on the reader's system.</summary>
    public string FontName { get; init; } = "宋体";

    /// <summary>Width of the pages, in mm.</summary>
    public double WidthMm { get; init; } = 210;

    /// <summary>Height of the pages, in mm.</summary>
    public double HeightMm { get; init; } = 297;

    /// <summary>Writes the package.</summary>
    /// <param name="destination">Written from its current position on.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public async Task WriteAsync(Stream destination, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var next = FontId;
        var pages = Pages.Select(lines => (Id: ++next, Layer: ++next, Lines: lines.Select(line => (Id: ++next, Line: line)).ToArray())).ToArray();
        List<(string Name, byte[] Content)> files =
        [
            ("Doc_0/Document.xml", OfdWriting.Xml("Document", xml => WriteDocument(xml, [.. pages.Select(page => page.Id)], next))),
            ("Doc_0/PublicRes.xml", OfdWriting.Xml("Res", WriteResources)),
            .. pages.Select((page, index) => (PagePath(index), OfdWriting.Xml("Page", xml => WritePage(xml, page.Layer, page.Lines)))),
        ];
        using IncrementalDigest identity = new(DigestAlgorithm.Sm3);
        files.ForEach(file => identity.Append(file.Content));
        files.Insert(0, (OfdFile.RootName, OfdWriting.Xml("OFD", xml => WriteRoot(xml, Convert.ToHexStringLower(identity.Finish().AsSpan(0, 16))))));

        ZipWriter zip = new(destination);
        foreach (var (name, content) in files)
        {
            await zip.AddAsync(name, content, cancellation);
        }

        await zip.FinishAsync(cancellation);
    }

    private static string PagePath(int index) => string.Create(CultureInfo.InvariantCulture, $"Doc_0/Pages/Page_{index}/Content.xml");

    private void WriteRoot(XmlWriter xml, string documentId)
    {
        xml.WriteAttributeString("Version", "1.0");
        xml.WriteAttributeString("DocType", "OFD");
        OfdWriting.Start(xml, "DocBody");
        OfdWriting.Start(xml, "DocInfo");
        OfdWriting.Text(xml, "DocID", documentId);
        if (Title.Length > 0)
        {
            OfdWriting.Text(xml, "Title", Title);
        }

        OfdWriting.Text(xml, "CreationDate", CreatedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        xml.WriteEndElement();
        OfdWriting.Text(xml, "DocRoot", "Doc_0/Document.xml");
        xml.WriteEndElement();
    }

    private void WriteDocument(XmlWriter xml, int[] pages, int last)
    {
        OfdWriting.Start(xml, "CommonData");
        OfdWriting.Text(xml, "MaxUnitID", last.ToString(CultureInfo.InvariantCulture));
        OfdWriting.Start(xml, "PageArea");
        OfdWriting.Text(xml, "PhysicalBox", new OfdBox(0, 0, WidthMm, HeightMm).ToString());
        xml.WriteEndElement();
        OfdWriting.Text(xml, "PublicRes", "PublicRes.xml");
        xml.WriteEndElement();
        OfdWriting.Start(xml, "Pages");
        for (var index = 0; index < pages.Length; index++)
        {
            OfdWriting.Start(xml, "Page");
            xml.WriteAttributeString("ID", pages[index].ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("BaseLoc", PagePath(index)["Doc_0/".Length..]);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void WriteResources(XmlWriter xml)
    {
        xml.WriteAttributeString("BaseLoc", "Res");
        OfdWriting.Start(xml, "Fonts");
        OfdWriting.Start(xml, "Font");
        xml.WriteAttributeString("ID", FontId.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("FontName", FontName);
        xml.WriteAttributeString("FamilyName", FontName);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void WritePage(XmlWriter xml, int layer, (int Id, OfdTextLine Line)[] lines)
    {
        OfdWriting.Start(xml, "Content");
        OfdWriting.Start(xml, "Layer");
        xml.WriteAttributeString("ID", layer.ToString(CultureInfo.InvariantCulture));
        foreach (var (id, line) in lines)
        {
            OfdWriting.Start(xml, "TextObject");
            xml.WriteAttributeString("ID", id.ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("Boundary", new OfdBox(line.XMm, line.BaselineMm - line.SizeMm, WidthMm - line.XMm, 1.25 * line.SizeMm).ToString());
            xml.WriteAttributeString("Font", FontId.ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("Size", Number(line.SizeMm));
            OfdWriting.Start(xml, "TextCode");
            xml.WriteAttributeString("X", "0");
            xml.WriteAttributeString("Y", Number(line.SizeMm));
            var advances = line.Text.EnumerateRunes().SkipLast(1).Select(rune => Number(IsWide(rune) ? line.SizeMm : line.SizeMm / 2));
            if (string.Join(' ', advances) is { Length: > 0 } deltas)
            {
                xml.WriteAttributeString("DeltaX", deltas);
            }

            xml.WriteString(line.Text);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>From the CJK radicals on, characters take a full square.</summary>
    private static bool IsWide(Rune rune) => rune.Value >= 0x2E80;

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
