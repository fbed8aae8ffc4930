using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Seal.Documents.Ofd;

/// <summary>Changes the two files that a further signature changes: OFD.xml, once, and the list of signatures.</summary>
internal static class OfdLists
{
    private const int DigitsOfId = 3;

    /// <summary>OFD.xml with the place of the list in its first document.</summary>
    public static byte[] AddList(OfdPackage package, ZipEntry root, string listPath)
    {
        var xml = Read(package, root);
        var body = xml.Root!.Elements().First(static element => element.Name.LocalName == "DocBody");
        body.Add(new XElement(body.Name.Namespace + "Signatures", listPath));
        return Write(xml);
    }

    /// <summary>The list with one signature more; a new list where there is none.</summary>
    /// <param name="package">The package.</param>
    /// <param name="list">The list as it is; null for none.</param>
    /// <param name="id">The signature's ID.</param>
    /// <param name="lastId">The last ID that the signature uses for its stamps.</param>
    /// <param name="isSeal">Whether it is a seal.</param>
    /// <param name="signatureFile">Path of Signature.xml.</param>
    public static byte[] AddSignature(OfdPackage package, ZipEntry? list, string id, string lastId, bool isSeal, string signatureFile)
    {
        var xml = list is null ? New() : Read(package, list);
        var root = xml.Root!;
        var space = root.Name.Namespace;
        root.Elements().Where(static element => element.Name.LocalName == "MaxSignId").Remove();
        root.AddFirst(new XElement(space + "MaxSignId", lastId));
        root.Add(new XElement(
            space + "Signature",
            new XAttribute("ID", id),
            new XAttribute("Type", isSeal ? "Seal" : "Sign"),
            new XAttribute("BaseLoc", "/" + signatureFile)));
        return Write(xml);
    }

    /// <summary>The number behind the letters of the largest ID in use, MaxSignId among them; 0 for none.</summary>
    public static int LargestNumber(OfdPackage package, ZipEntry? list) => list is null
        ? 0
        : OfdXml.Load(package, list).Children
            .Select(static element => element.Name == "MaxSignId" ? element.Text : element["ID"] ?? "")
            .Select(static id => int.TryParse(id.AsSpan(id.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .DefaultIfEmpty()
            .Max();

    /// <summary>An ID that is also a valid xs:ID: a letter and at least three digits.</summary>
    public static string Id(int number) => "s" + number.ToString(CultureInfo.InvariantCulture).PadLeft(DigitsOfId, '0');

    private static XDocument New() => new(new XElement(XName.Get("Signatures", OfdXml.Namespace), new XAttribute(XNamespace.Xmlns + "ofd", OfdXml.Namespace)));

    /// <summary>The file has been read before, so that its depth and size are known to be reasonable.</summary>
    private static XDocument Read(OfdPackage package, ZipEntry entry)
    {
        using MemoryStream stream = new(package.ReadAll(entry, package.Budget.Limits.MaxXmlBytes, nameof(OfdLimits.MaxXmlBytes)), writable: false);
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    private static byte[] Write(XDocument document)
    {
        using MemoryStream bytes = new();
        using (var xml = XmlWriter.Create(bytes, OfdWriting.Settings))
        {
            document.Save(xml);
        }

        return bytes.ToArray();
    }
}
