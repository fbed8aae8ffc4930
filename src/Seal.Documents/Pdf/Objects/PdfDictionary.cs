namespace Seal.Documents.Pdf;

/// <summary>A dictionary; entries keep the order of the file, so that a rewritten object differs only where it must.</summary>
internal sealed class PdfDictionary : PdfObject
{
    private readonly OrderedDictionary<string, PdfObject> _entries;

    public PdfDictionary(IEnumerable<KeyValuePair<string, PdfObject>> entries, bool hasDuplicateKeys = false)
    {
        _entries = new OrderedDictionary<string, PdfObject>(entries, StringComparer.Ordinal);
        HasDuplicateKeys = hasDuplicateKeys;
    }

    public static PdfDictionary Empty { get; } = new([]);

    /// <summary>
    /// A key stands twice. Readers disagree which one counts, so nothing signed may hang on such a dictionary.
    /// </summary>
    public bool HasDuplicateKeys { get; }

    public int Count => _entries.Count;

    public IEnumerable<KeyValuePair<string, PdfObject>> Entries => _entries;

    public IEnumerable<string> Keys => _entries.Keys;

    /// <summary>The value as written, not followed if it is a reference; null when the key is absent.</summary>
    public PdfObject? this[string key] => _entries.GetValueOrDefault(key);

    public PdfDictionary With(string key, PdfObject value)
    {
        OrderedDictionary<string, PdfObject> copy = new(_entries, StringComparer.Ordinal) { [key] = value };
        return new PdfDictionary(copy);
    }

    public string? Name(string key) => (this[key] as PdfName)?.Value;
}
