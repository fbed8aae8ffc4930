namespace Seal.Documents.Pdf;

/// <summary>A decompressed object stream (ISO 32000-1 §7.5.7).</summary>
internal sealed class ObjectStream
{
    private readonly MemoryBytes _bytes;
    private readonly PdfBudget _budget;
    private readonly (int Number, long Offset)[] _index;
    private readonly PdfObject?[] _objects;

    private ObjectStream(MemoryBytes bytes, PdfBudget budget, (int Number, long Offset)[] index)
    {
        _bytes = bytes;
        _budget = budget;
        _index = index;
        _objects = new PdfObject?[index.Length];
    }

    /// <summary>The numbers of the objects it holds.</summary>
    public IEnumerable<int> Numbers => _index.Select(static item => item.Number);

    public static ObjectStream Read(byte[] data, PdfDictionary dictionary, PdfBudget budget)
    {
        // Each object needs at least "0 0 " in the header, which bounds the index by the data.
        if (dictionary.Name("Type") != "ObjStm"
            || dictionary["N"] is not PdfInteger count || count.Value < 0 || count.Value > data.Length / 2
            || dictionary["First"] is not PdfInteger first || first.Value < 0 || first.Value > data.Length)
        {
            throw PdfFormatException.Damaged("a broken object stream");
        }

        MemoryBytes bytes = new(data);
        PdfParser parser = new(bytes, budget);
        (int Number, long Offset)[] index = new (int, long)[count.Value];
        for (var i = 0; i < index.Length; i++)
        {
            if (parser.ReadValue() is not PdfInteger { Value: >= 0 and <= int.MaxValue } number
                || parser.ReadValue() is not PdfInteger { Value: >= 0 } offset)
            {
                throw PdfFormatException.Damaged("a broken index of an object stream");
            }

            index[i] = ((int)number.Value, first.Value + offset.Value);
        }

        return new ObjectStream(bytes, budget, index);
    }

    public PdfObject Read(int number, int index)
    {
        if (index >= _index.Length || _index[index].Number != number)
        {
            throw PdfFormatException.Damaged($"object {number} is not in its object stream at {index}");
        }

        return _objects[index] ??= Value(_index[index].Offset);
    }

    private PdfObject Value(long offset)
    {
        var value = new PdfParser(_bytes, _budget, offset).ReadValue();
        return value is PdfKeyword ? throw PdfFormatException.Damaged("a keyword in an object stream") : Detached(value);
    }

    /// <summary>Positions inside the decompressed data mean nothing in the file; strings forget them.</summary>
    private static PdfObject Detached(PdfObject value) => value switch
    {
        PdfString text => new PdfString(text.Value, text.IsHexadecimal),
        PdfArray array => new PdfArray([.. array.Items.Select(Detached)]),
        PdfDictionary dictionary => new PdfDictionary(
            dictionary.Entries.Select(entry => KeyValuePair.Create(entry.Key, Detached(entry.Value))),
            dictionary.HasDuplicateKeys),
        _ => value,
    };
}
