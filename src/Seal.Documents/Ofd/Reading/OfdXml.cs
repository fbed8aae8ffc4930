using System.Text;
using System.Xml;

namespace Seal.Documents.Ofd;

/// <summary>
/// Reads XML of a package: no document type, no entities but the five of XML itself, nothing fetched; depth, size and number
/// of nodes bounded.
/// </summary>
internal static class OfdXml
{
    public const string Namespace = "http://www.ofdspec.org/2016";

    /// <summary>A file as a tree.</summary>
    /// <exception cref="OfdFormatException">It is no such XML, or beyond the limits.</exception>
    public static OfdElement Load(OfdPackage package, ZipEntry entry)
    {
        var parsed = Parsed(package, entry);
        NoteNamespace(package, entry.Name, parsed.Namespace);
        return parsed.Root;
    }

    /// <summary>A file already read as a tree.</summary>
    /// <exception cref="OfdFormatException">As above.</exception>
    public static OfdElement Load(OfdPackage package, string name, byte[] content)
    {
        var parsed = Parse(package, name, content, null);
        NoteNamespace(package, name, parsed.Namespace);
        return parsed.Root;
    }

    /// <summary>Every attribute's value and every piece of text of a file, in order.</summary>
    /// <returns>The name of the file's outermost element.</returns>
    /// <exception cref="OfdFormatException">It is no such XML, or beyond the limits.</exception>
    public static string Visit(OfdPackage package, ZipEntry entry, Action<string> value)
    {
        if (entry.Size <= OfdPackage.LargestKept && Parsed(package, entry) is { Values: { } values } parsed)
        {
            foreach (var one in values)
            {
                value(one);
            }

            return parsed.Root.Name;
        }

        var root = "";
        Read(package, entry.Name, Bytes(package, entry), reader =>
        {
            root = root.Length == 0 && reader.NodeType == XmlNodeType.Element ? reader.LocalName : root;
            VisitNode(reader, value);
        });
        return root;
    }

    /// <summary>Small files are looked at several times and parsed once.</summary>
    private static OfdParsed Parsed(OfdPackage package, ZipEntry entry)
    {
        if (package.Parsed.TryGetValue(entry, out var known))
        {
            return known;
        }

        var content = Bytes(package, entry);
        if (!package.Keeps(entry))
        {
            return Parse(package, entry.Name, content, null);
        }

        var parsed = Parse(package, entry.Name, content, []);
        package.Parsed.Add(entry, parsed);
        return parsed;
    }

    private static OfdParsed Parse(OfdPackage package, string name, byte[] content, List<string>? values)
    {
        Stack<OfdElement> open = new();
        OfdElement? root = null;
        var space = "";
        StringBuilder text = new();
        Read(package, name, content, reader =>
        {
            if (values is not null)
            {
                VisitNode(reader, values.Add);
            }

            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    OfdElement element = new(reader.LocalName);
                    if (open.TryPeek(out var parent))
                    {
                        parent.Children.Add(element);
                    }

                    if (root is null)
                    {
                        (root, space) = (element, reader.NamespaceURI);
                    }

                    ReadAttributes(reader, element);
                    if (!reader.IsEmptyElement)
                    {
                        open.Push(element);
                    }

                    text.Clear();
                    break;
                case XmlNodeType.EndElement:
                    var closed = open.Pop();
                    closed.Text = closed.Children.Count == 0 ? text.ToString().Trim() : "";
                    text.Clear();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    text.Append(reader.Value);
                    break;
            }
        });
        return new OfdParsed(root ?? throw OfdFormatException.Damaged($"{name} is empty"), space, values);
    }

    private static void VisitNode(XmlReader reader, Action<string> value)
    {
        if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
        {
            value(reader.Value);
            return;
        }

        while (reader.MoveToNextAttribute())
        {
            value(reader.Value);
        }

        reader.MoveToElement();
    }

    private static byte[] Bytes(OfdPackage package, ZipEntry entry) =>
        package.ReadAll(entry, package.Budget.Limits.MaxXmlBytes, nameof(OfdLimits.MaxXmlBytes));

    private static void Read(OfdPackage package, string name, byte[] content, Action<XmlReader> node)
    {
        var limits = package.Budget.Limits;
        XmlReaderSettings settings = new()
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            NameTable = package.XmlNames,
            MaxCharactersFromEntities = 1,
            MaxCharactersInDocument = limits.MaxXmlBytes,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            using MemoryStream stream = new(content, writable: false);
            using var reader = XmlReader.Create(stream, settings);
            var nodes = 0;
            while (reader.Read())
            {
                nodes += 1 + reader.AttributeCount;
                package.Budget.SpendNodes(1 + reader.AttributeCount);
                if (nodes > limits.MaxXmlNodes || reader.Depth > limits.MaxXmlDepth)
                {
                    throw new OfdFormatException(
                        OfdProblem.TooComplex, $"{name} has too many or too deeply nested elements", nodes > limits.MaxXmlNodes ? nameof(OfdLimits.MaxXmlNodes) : nameof(OfdLimits.MaxXmlDepth));
                }

                node(reader);
            }
        }
        catch (XmlException error)
        {
            throw new OfdFormatException(OfdProblem.Damaged, $"{name} is not XML as OFD wants it: {error.Message}", error);
        }
    }

    private static void ReadAttributes(XmlReader reader, OfdElement element)
    {
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI.Length == 0)
            {
                element.Attributes[reader.LocalName] = reader.Value;
            }
        }

        reader.MoveToElement();
    }

    private static void NoteNamespace(OfdPackage package, string name, string used)
    {
        if (used != Namespace)
        {
            package.AddNote($"{name} is in the namespace \"{used}\"");
        }
    }
}
