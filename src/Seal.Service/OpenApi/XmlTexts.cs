using System.Collections.Frozen;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Seal.Service.OpenApi;

/// <summary>The documentation comments of the code, as plain text.</summary>
public sealed partial class XmlTexts
{
    private readonly FrozenDictionary<string, XElement> _members;

    private XmlTexts(IEnumerable<XElement> members) =>
        _members = members.ToFrozenDictionary(member => (string)member.Attribute("name")!, StringComparer.Ordinal);

    /// <summary>The files with comments of what the API shows, beside the program.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. new[] { "Seal.Domain", "Seal.Documents", "Seal.Service" }.Select(assembly => Path.Combine(AppContext.BaseDirectory, $"{assembly}.xml"))];

    /// <summary>Reads the comments of all of them.</summary>
    public static XmlTexts Read() => new(Files.SelectMany(file => XDocument.Load(file).Descendants("member")));

    /// <summary>What a type or a property is; empty when nothing is said.</summary>
    public string SummaryOf(MemberInfo member)
    {
        ArgumentNullException.ThrowIfNull(member);
        var name = member is Type type ? $"T:{NameOf(type)}" : $"P:{NameOf(member.DeclaringType!)}.{member.Name}";
        return _members.GetValueOrDefault(name)?.Element("summary") is { } summary ? Plain(summary) : "";
    }

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

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
