using System.Collections.Frozen;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Seal.Service.OpenApi;

/// <summary>The documentation comments of the code, as plain text.</summary>
public sealed partial class XmlTexts
{
    private static readonly string[] Assemblies = ["Seal.Domain", "Seal.Documents", "Seal.Service"];

    private readonly FrozenDictionary<string, XElement> _members;

    private XmlTexts(IEnumerable<XElement> members) =>
        _members = members.ToFrozenDictionary(member => (string)member.Attribute("name")!, StringComparer.Ordinal);

    /// <summary>Reads the comments on everything that the API shows; the files lie beside the program.</summary>
    public static XmlTexts Read() => new(Assemblies
        .SelectMany(assembly => XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{assembly}.xml")).Descendants("member")));

    /// <summary>What a type or a property is; empty when nothing is said.</summary>
    public string SummaryOf(MemberInfo member)
    {
        ArgumentNullException.ThrowIfNull(member);
        var name = member is Type type ? $"T:{NameOf(type)}" : $"P:{NameOf(member.DeclaringType!)}.{member.Name}";
        return _members.GetValueOrDefault(name)?.Element("summary") is { } summary ? Plain(summary) : "";
    }

    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string Plain(XElement element) => Blanks().Replace(string.Concat(element.Nodes().Select(Plain)), " ").Trim();

    private static string Plain(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" } reference => ((string?)reference.Attribute("cref") ?? (string?)reference.Attribute("name") ?? "").Split('.', ':')[^1],
        XElement inner => Plain(inner),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
