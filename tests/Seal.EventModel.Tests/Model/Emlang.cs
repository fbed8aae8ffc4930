using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Seal.EventModel.Tests.Model;

/// <summary>Reads Emlang 1.0 files and refuses what its linter calls an error.</summary>
public static class Emlang
{
    private static readonly Dictionary<string, ElementKind> Kinds = new(StringComparer.Ordinal)
    {
        ["t"] = ElementKind.Trigger,
        ["c"] = ElementKind.Command,
        ["e"] = ElementKind.Event,
        ["x"] = ElementKind.Exception,
        ["v"] = ElementKind.View,
    };

    /// <summary>The slices of a file.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">Its name, for messages.</param>
    public static IReadOnlyList<Slice> Read(string text, string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.SelectMany(document => Slices(document.RootNode, file))];
    }

    private static IEnumerable<Slice> Slices(YamlNode root, string file)
    {
        var top = Members(root, file, "slices");
        foreach (var (name, node) in Members(top["slices"], file))
        {
            if (node is YamlSequenceNode steps)
            {
                yield return new Slice(name, file, Elements(steps, file, null), []);
                continue;
            }

            var members = Members(node, file, "steps", "tests");
            var tests = members.TryGetValue("tests", out var written) ? Members(written, file) : [];
            yield return new Slice(
                name,
                file,
                Elements(members["steps"], file, null),
                [.. tests.Select(test => Scenario(name, test.Key, test.Value, file))]);
        }
    }

    private static Scenario Scenario(string slice, string name, YamlNode node, string file)
    {
        var sections = Members(node, file, "given", "when", "then");
        IReadOnlyList<Element> Section(string section, params ElementKind[] allowed) =>
            sections.TryGetValue(section, out var elements) ? Elements(elements, file, allowed) : [];

        var when = Section("when", ElementKind.Command);
        var then = Section("then", ElementKind.Event, ElementKind.View, ElementKind.Exception);
        return when.Count == 1 && then.Count > 0
            ? new Scenario(slice, name, Section("given", ElementKind.Event, ElementKind.View), when[0], then)
            : throw Wrong(node, file, $"'{name}' needs one command under when and something under then");
    }

    private static IReadOnlyList<Element> Elements(YamlNode node, string file, ElementKind[]? allowed) =>
        node is YamlSequenceNode { Children.Count: > 0 } items
            ? [.. items.Select(item => Element(item, file, allowed))]
            : throw Wrong(node, file, "a list of elements is needed");

    private static Element Element(YamlNode node, string file, ElementKind[]? allowed)
    {
        var members = Members(node, file, "t", "c", "e", "x", "v", "props");
        var (key, named) = members.Single(member => member.Key != "props");
        var kind = Kinds[key];
        if (allowed is not null && !allowed.Contains(kind))
        {
            throw Wrong(node, file, $"{key}: may not stand here");
        }

        var name = ((YamlScalarNode)named).Value ?? "";
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return name.Length > 0 && !name.EndsWith('/')
            ? new Element(
                kind,
                slash > 0 ? name[..slash] : "",
                name[(slash + 1)..],
                members.TryGetValue("props", out var props) ? (JsonObject)Json(props, file)! : [])
            : throw Wrong(node, file, "an element needs a name");
    }

    private static Dictionary<string, YamlNode> Members(YamlNode node, string file, params string[] allowed)
    {
        var mapping = node as YamlMappingNode ?? throw Wrong(node, file, "a mapping is needed");
        var members = mapping.ToDictionary(member => ((YamlScalarNode)member.Key).Value!, member => member.Value, StringComparer.Ordinal);
        return allowed.Length == 0 || members.Keys.All(allowed.Contains)
            ? members
            : throw Wrong(node, file, $"only {string.Join(", ", allowed)} may stand here");
    }

    private static JsonNode? Json(YamlNode node, string file) => node switch
    {
        YamlMappingNode => new JsonObject(Members(node, file).Select(member => KeyValuePair.Create(member.Key, Json(member.Value, file)))),
        YamlSequenceNode items => new JsonArray([.. items.Select(item => Json(item, file))]),
        YamlScalarNode scalar => Scalar(scalar),
        _ => throw Wrong(node, file, "what is this?"),
    };

    private static JsonNode? Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        return scalar.Style != ScalarStyle.Plain ? text : text switch
        {
            "" or "null" or "~" => null,
            "true" => true,
            "false" => false,
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
            _ when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
            _ => text,
        };
    }

    private static FormatException Wrong(YamlNode node, string file, string what) => new($"{file}:{node.Start.Line}: {what}.");
}
