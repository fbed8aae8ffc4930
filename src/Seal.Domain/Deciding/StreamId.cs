namespace Seal.Domain.Deciding;

/// <summary>Names one stream of events: its type (<c>seal</c>, <c>organisation</c>…) and its key within the type.</summary>
/// <param name="Type">The stream's type, a lower-case word of the domain.</param>
/// <param name="Key">The stream's key: opaque, never personal data. Empty names no stream at all.</param>
public readonly record struct StreamId(string Type, string Key)
{
    /// <summary>Whether a stream is named at all: a state that was never begun refers to nothing.</summary>
    public bool IsNone => string.IsNullOrEmpty(Key);

    /// <summary>The ledger's text form, <c>type/key</c>.</summary>
    public override string ToString() => $"{Type}/{Key}";

    /// <summary>Reads the text form back.</summary>
    /// <exception cref="FormatException">The text has no type or no key.</exception>
    public static StreamId Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < text.Length - 1
            ? new StreamId(text[..slash], text[(slash + 1)..])
            : throw new FormatException($"'{text}' is not a stream: expected type/key.");
    }
}
