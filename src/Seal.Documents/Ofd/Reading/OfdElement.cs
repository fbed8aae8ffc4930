namespace Seal.Documents.Ofd;

/// <summary>
/// An XML element by its local name: vendors get the namespace wrong and the order of children differs, so both are read
/// leniently (and a wrong namespace is noted).
/// </summary>
internal sealed class OfdElement(string name)
{
    public string Name { get; } = name;

    public Dictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    public List<OfdElement> Children { get; } = [];

    /// <summary>The text directly in it, without white space around it.</summary>
    public string Text { get; set; } = "";

    public string? this[string attribute] => Attributes.GetValueOrDefault(attribute);

    public IEnumerable<OfdElement> All(string name) => Children.Where(child => child.Name == name);

    /// <summary>The only child of this name; null when there is none.</summary>
    /// <exception cref="OfdFormatException">There are several: readers would disagree about which one counts.</exception>
    public OfdElement? One(string name) => All(name).ToArray() switch
    {
        [] => null,
        [var only] => only,
        _ => throw OfdFormatException.Damaged($"{Name} holds {name} several times"),
    };

    /// <summary>The text of the only child of this name; null when there is none or it is empty.</summary>
    public string? TextOf(string name) => One(name) is { Text.Length: > 0 } child ? child.Text : null;
}
