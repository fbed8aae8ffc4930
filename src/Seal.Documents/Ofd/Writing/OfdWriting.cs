using System.Text;
using System.Xml;

namespace Seal.Documents.Ofd;

/// <summary>Writes the XML of OFD strictly: one namespace, prefix <c>ofd</c>, attributes without.</summary>
internal static class OfdWriting
{
    private const string Prefix = "ofd";

    /// <summary>A file with this outermost element, UTF-8 without a byte order mark.</summary>
    public static byte[] Xml(string outermost, Action<XmlWriter> content)
    {
        using MemoryStream bytes = new();
        using (var xml = XmlWriter.Create(bytes, Settings))
        {
            Start(xml, outermost);
            content(xml);
            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    public static XmlWriterSettings Settings => new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = false, NewLineHandling = NewLineHandling.None };

    public static void Start(XmlWriter xml, string name) => xml.WriteStartElement(Prefix, name, OfdXml.Namespace);

    public static void Text(XmlWriter xml, string name, string text) => xml.WriteElementString(Prefix, name, OfdXml.Namespace, text);
}
