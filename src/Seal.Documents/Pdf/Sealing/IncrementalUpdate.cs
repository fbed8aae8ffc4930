using System.Globalization;
using System.Security.Cryptography;

namespace Seal.Documents.Pdf;

/// <summary>
/// Collects new and changed objects and writes them as one incremental update (ISO 32000-1 §7.5.6), with the
/// cross-reference written as the file has it.
/// </summary>
internal sealed class IncrementalUpdate
{
    private readonly PdfFile _file;
    private readonly SortedDictionary<int, (int Generation, PdfObject Value)> _objects = [];
    private int _next;

    public IncrementalUpdate(PdfFile file)
    {
        _file = file;
        var largest = file.Revisions.SelectMany(revision => revision.Sections).SelectMany(section => section.Entries.Keys).DefaultIfEmpty(0).Max();
        // /Size may be too small in sloppy files and absurdly large in hostile ones.
        var size = file.Newest.Trailer["Size"] is PdfInteger given ? given.Value : 0;
        _next = (int)Math.Max(largest + 1, Math.Min(size, largest + 100_000L));
    }

    /// <summary>The document catalog's object.</summary>
    /// <exception cref="PdfFormatException">It is no indirect object.</exception>
    public PdfReference Catalog =>
        _file.Newest.Trailer["Root"] as PdfReference ?? throw PdfFormatException.Damaged("the document catalog is no indirect object");

    public PdfReference Add(PdfObject value)
    {
        var reference = Reserve();
        _objects[reference.Number] = (0, value);
        return reference;
    }

    /// <summary>A number for an object whose value comes later with <see cref="Replace"/>.</summary>
    public PdfReference Reserve() => new(_next++, 0);

    public void Replace(PdfReference reference, PdfObject value) => _objects[reference.Number] = (reference.Generation, value);

    /// <summary>Writes the update with a signature dictionary as the value of one object.</summary>
    public byte[] Write(SignatureDictionary dictionary, PdfReference place) => Write((writer, number) =>
    {
        if (number == place.Number)
        {
            dictionary.Write(writer);
        }

        return number == place.Number;
    });

    /// <summary>
    /// Writes the update, to be appended to the file as it is. <paramref name="write"/> may take over the writing of one
    /// object, to learn where its parts come to stand.
    /// </summary>
    public byte[] Write(Func<PdfSyntaxWriter, int, bool> write)
    {
        PdfSyntaxWriter writer = new();
        if (!PdfScanner.IsWhiteSpace(_file.Bytes.At(_file.Length - 1)))
        {
            writer.Raw("\n");
        }

        SortedDictionary<int, (long Offset, int Generation)> offsets = [];
        foreach ((var number, (var generation, var value)) in _objects)
        {
            offsets[number] = (_file.Length + writer.Length, generation);
            writer.Raw(string.Create(CultureInfo.InvariantCulture, $"{number} {generation} obj\n"));
            if (!write(writer, number))
            {
                writer.Value(value);
            }

            writer.Raw("\nendobj\n");
        }

        var start = _file.Length + writer.Length;
        if (_file.Newest.Revision.CrossReferenceKind == CrossReferenceKind.Table)
        {
            WriteTable(writer, offsets);
        }
        else
        {
            WriteStream(writer, offsets, start);
        }

        writer.Raw(string.Create(CultureInfo.InvariantCulture, $"startxref\n{start}\n%%EOF\n"));
        return writer.ToArray();
    }

    private void WriteTable(PdfSyntaxWriter writer, SortedDictionary<int, (long Offset, int Generation)> offsets)
    {
        writer.Raw("xref\n");
        foreach ((var first, var count) in Runs(offsets.Keys))
        {
            writer.Raw(string.Create(CultureInfo.InvariantCulture, $"{first} {count}\n"));
            for (var number = first; number < first + count; number++)
            {
                (var offset, var generation) = offsets[number];
                writer.Raw(string.Create(CultureInfo.InvariantCulture, $"{offset:D10} {generation:D5} n\r\n"));
            }
        }

        writer.Raw("trailer\n");
        writer.Value(new PdfDictionary(TrailerEntries(_next)));
        writer.Raw("\n");
    }

    private void WriteStream(PdfSyntaxWriter writer, SortedDictionary<int, (long Offset, int Generation)> offsets, long start)
    {
        var own = _next;
        offsets[own] = (start, 0);
        const int OffsetWidth = 8;
        using MemoryStream data = new();
        foreach ((var offset, var generation) in offsets.Values)
        {
            data.WriteByte(1);
            for (var shift = (OffsetWidth - 1) * 8; shift >= 0; shift -= 8)
            {
                data.WriteByte((byte)(offset >> shift));
            }

            data.WriteByte((byte)(generation >> 8));
            data.WriteByte((byte)generation);
        }

        List<PdfObject> index = [];
        foreach ((var first, var count) in Runs(offsets.Keys))
        {
            index.Add(new PdfInteger(first));
            index.Add(new PdfInteger(count));
        }

        PdfDictionary dictionary = new(
        [
            KeyValuePair.Create<string, PdfObject>("Type", new PdfName("XRef")),
            .. TrailerEntries(own + 1),
            KeyValuePair.Create<string, PdfObject>("Index", new PdfArray(index)),
            KeyValuePair.Create<string, PdfObject>("W", new PdfArray([new PdfInteger(1), new PdfInteger(OffsetWidth), new PdfInteger(2)])),
        ]);
        writer.Raw(string.Create(CultureInfo.InvariantCulture, $"{own} 0 obj\n"));
        writer.Value(new PdfStream(dictionary, -1, data.ToArray()));
        writer.Raw("\nendobj\n");
    }

    private IEnumerable<KeyValuePair<string, PdfObject>> TrailerEntries(int size)
    {
        var old = _file.Newest.Trailer;
        yield return KeyValuePair.Create<string, PdfObject>("Size", new PdfInteger(size));
        yield return KeyValuePair.Create<string, PdfObject>("Prev", new PdfInteger(_file.Newest.Revision.Sections[0].Offset));
        yield return KeyValuePair.Create("Root", old["Root"] ?? throw PdfFormatException.Damaged("the trailer names no document catalog"));
        if (old["Info"] is { } info)
        {
            yield return KeyValuePair.Create("Info", info);
        }

        if (_file.Newest.Array(old["ID"]) is { Items: [PdfString first, PdfString second] })
        {
            yield return KeyValuePair.Create<string, PdfObject>("ID", new PdfArray([first, NextIdentifier(second)]));
        }
    }

    /// <summary>§14.4: the second identifier changes with every revision. Derived, so that sealing is repeatable.</summary>
    private PdfString NextIdentifier(PdfString previous)
    {
        byte[] seed = [.. previous.Value, .. BitConverter.GetBytes(_file.Length)];
        return new PdfString(SHA256.HashData(seed)[..16], true);
    }

    private static IEnumerable<(int First, int Count)> Runs(IEnumerable<int> ascending)
    {
        var first = -1;
        var count = 0;
        foreach (var number in ascending)
        {
            if (count > 0 && number == first + count)
            {
                count++;
                continue;
            }

            if (count > 0)
            {
                yield return (first, count);
            }

            (first, count) = (number, 1);
        }

        if (count > 0)
        {
            yield return (first, count);
        }
    }
}
