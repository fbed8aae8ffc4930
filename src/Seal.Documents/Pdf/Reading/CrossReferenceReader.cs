namespace Seal.Documents.Pdf;

/// <summary>Reads cross-reference sections: tables, streams and hybrids of the two.</summary>
/// <param name="bytes">Of the file.</param>
/// <param name="budget">What it may cost.</param>
/// <param name="repairs">Takes what widely used readers take, and says so in <see cref="CrossReferenceSection.Quirks"/>.</param>
/// <param name="origin">The position from which the file counts its offsets.</param>
internal sealed class CrossReferenceReader(PdfBytes bytes, PdfBudget budget, bool repairs = false, long origin = 0)
{
    private static readonly CrossReferenceEntry HeadOfFreeList = new(EntryKind.Free, 0, 65535);

    private const int LargestObjectNumber = 8_388_607; // ISO 32000-1 annex C.2
    private readonly List<PdfQuirk> _quirks = [];

    private int _entries;

    /// <summary>The position from which the file counts its offsets.</summary>
    public long Origin => origin;

    /// <summary>Reads the section at a position, or says why there is none.</summary>
    public CrossReferenceSection Read(long offset)
    {
        _quirks.Clear();
        PdfParser parser = new(bytes, budget, offset);
        parser.SkipWhiteSpace();
        return bytes.Matches(parser.Position, "xref"u8) ? ReadTable(parser, offset) : ReadStream(parser, offset);
    }

    private CrossReferenceSection ReadTable(PdfParser parser, long offset)
    {
        parser.Position += 4;
        Dictionary<int, CrossReferenceEntry> entries = [];
        PdfObject next;
        while ((next = parser.ReadValue()) is PdfInteger first)
        {
            var count = parser.ReadValue() is PdfInteger integer ? integer.Value : -1;
            if (first.Value < 0 || count < 0)
            {
                throw PdfFormatException.Damaged($"a cross-reference subsection without its numbers near {parser.Position}");
            }

            var number = first.Value;
            for (long i = 0; i < count; i++)
            {
                var entry = ReadTableEntry(parser);
                if (repairs && i == 0 && number == 1 && entries.Count == 0 && entry == HeadOfFreeList)
                {
                    number = 0;
                    _quirks.Add(PdfQuirk.NumberedFromOne);
                }

                Add(entries, number + i, entry);
            }
        }

        if (next is not PdfKeyword { Value: "trailer" } || parser.ReadValue() is not PdfDictionary trailer)
        {
            throw PdfFormatException.Damaged($"a cross-reference table at {offset} without trailer");
        }

        var footer = ReadFooter(parser);
        if (trailer["XRefStm"] is PdfInteger hidden)
        {
            AddHidden(entries, hidden.Value + origin);
        }

        return new CrossReferenceSection(offset, CrossReferenceKind.Table, entries, trailer, footer)
        {
            Quirks = [.. _quirks],
            HiddenOffset = (trailer["XRefStm"] as PdfInteger)?.Value + origin,
        };
    }

    private CrossReferenceEntry ReadTableEntry(PdfParser parser)
    {
        if (parser.ReadValue() is PdfInteger { Value: >= 0 } position
            && parser.ReadValue() is PdfInteger { Value: >= 0 and <= 65535 } generation
            && parser.ReadValue() is PdfKeyword { Value: "n" or "f" } kind)
        {
            if (kind.Value == "n" && position.Value == 0)
            {
                _quirks.Add(PdfQuirk.OffsetsWrong); // free to some readers, lost and to be looked for to others
            }

            return kind.Value == "n" && position.Value > 0
                ? new CrossReferenceEntry(EntryKind.InFile, position.Value + origin, (int)generation.Value)
                : new CrossReferenceEntry(EntryKind.Free, 0, (int)generation.Value);
        }

        throw PdfFormatException.Damaged($"a broken cross-reference entry near {parser.Position}");
    }

    /// <summary>
    /// §7.5.8.4: the objects a hybrid file hides from old readers are free in its table and in use in its
    /// <c>/XRefStm</c>.
    /// </summary>
    private void AddHidden(Dictionary<int, CrossReferenceEntry> entries, long offset)
    {
        var hidden = ReadStream(new PdfParser(bytes, budget, offset), offset);
        foreach ((var number, var entry) in hidden.Entries)
        {
            if (!entries.TryGetValue(number, out var shown) || shown.Kind == EntryKind.Free)
            {
                entries[number] = entry;
            }
        }
    }

    private CrossReferenceSection ReadStream(PdfParser parser, long offset)
    {
        if (offset < 0
            || offset >= bytes.Length
            || parser.ReadIndirect() is not { Value: PdfStream stream }
            || stream.Dictionary.Name("Type") != "XRef"
            || stream.Dictionary["Length"] is not PdfInteger { Value: >= 0 } length
            || length.Value > bytes.Length - stream.DataStart)
        {
            throw PdfFormatException.Damaged($"no cross-reference section at {offset}");
        }

        var raw = PdfStreamData.ReadExactly(bytes, stream.DataStart, length.Value, budget);
        var data = PdfFilters.Decode(raw, stream.Dictionary, budget);
        Dictionary<int, CrossReferenceEntry> entries = [];
        ReadStreamEntries(stream.Dictionary, data, entries);
        parser.Position = stream.DataStart + length.Value;
        var footer = parser.ReadValue() is PdfKeyword { Value: "endstream" } && EndsObject(parser) ? ReadFooter(parser) : null;
        return new CrossReferenceSection(offset, CrossReferenceKind.Stream, entries, stream.Dictionary, footer) { Quirks = [.. _quirks] };
    }

    private void ReadStreamEntries(PdfDictionary dictionary, ReadOnlySpan<byte> data, Dictionary<int, CrossReferenceEntry> entries)
    {
        var widths = Integers(dictionary["W"]);
        var index = dictionary["Index"] is { } given ? Integers(given) : [0, dictionary["Size"] is PdfInteger size ? size.Value : 0];
        if (widths.Length != 3 || widths.Any(width => width is < 0 or > 8) || widths.Sum() == 0 || (index.Length & 1) == 1)
        {
            throw PdfFormatException.Damaged("a cross-reference stream with a broken /W or /Index");
        }

        for (var pair = 0; pair < index.Length; pair += 2)
        {
            for (long i = 0; i < index[pair + 1]; i++)
            {
                if (data.Length < widths.Sum())
                {
                    throw PdfFormatException.Damaged("a cross-reference stream shorter than its /Index says");
                }

                var type = widths[0] == 0 ? 1 : Field(ref data, widths[0]);
                var second = Field(ref data, widths[1]);
                var third = Field(ref data, widths[2]);
                Add(entries, index[pair] + i, type switch
                {
                    1 when third <= 65535 => new CrossReferenceEntry(EntryKind.InFile, second <= long.MaxValue - origin ? second + origin : second, (int)third),
                    2 when third <= int.MaxValue => new CrossReferenceEntry(EntryKind.InObjectStream, second, (int)third),
                    _ => new CrossReferenceEntry(EntryKind.Free, 0, 0), // §7.5.8.3: unknown types are references to null
                });
            }
        }
    }

    private void Add(Dictionary<int, CrossReferenceEntry> entries, long number, CrossReferenceEntry entry)
    {
        if (++_entries > budget.Limits.MaxObjects)
        {
            throw new PdfFormatException(PdfProblem.TooManyObjects, $"more than {budget.Limits.MaxObjects} cross-reference entries", nameof(PdfLimits.MaxObjects));
        }

        if (number is < 0 or > LargestObjectNumber)
        {
            throw PdfFormatException.Damaged($"object number {number}");
        }

        budget.SpendTime(1);
        if (!entries.TryAdd((int)number, entry) && entries[(int)number] != entry)
        {
            // Readers disagree which of the two counts: the door of several attacks.
            throw PdfFormatException.Damaged($"object {number} is defined twice in one cross-reference section");
        }
    }

    /// <summary>Past <c>endobj</c>, which not every writer writes.</summary>
    private bool EndsObject(PdfParser parser)
    {
        parser.SkipWhiteSpace();
        if (bytes.Matches(parser.Position, "endobj"u8))
        {
            parser.Position += 6;
            return true;
        }

        return repairs;
    }

    /// <summary>Reads <c>startxref n %%EOF</c>; null when that is not what follows.</summary>
    private CrossReferenceFooter? ReadFooter(PdfParser parser)
    {
        var end = parser.Position;
        parser.SkipWhiteSpace();
        if (!bytes.Matches(parser.Position, "startxref"u8))
        {
            return repairs ? Missing(PdfQuirk.StartXrefMissing, -1, EndOfWhiteSpace(end)) : null;
        }

        parser.Position += 9;
        end = parser.Position;
        parser.SkipWhiteSpace();
        if (IsDigit(bytes.At(parser.Position)) && parser.ReadValue() is PdfInteger start)
        {
            return ReadMarker(start.Value + origin, parser.Position);
        }

        return repairs ? Missing(PdfQuirk.StartXrefMissing, -1, EndOfWhiteSpace(end)) : null;
    }

    private CrossReferenceFooter? ReadMarker(long start, long position)
    {
        var marker = EndOfWhiteSpace(position);
        if (!bytes.Matches(marker, "%%EOF"u8))
        {
            return repairs ? Missing(PdfQuirk.EndMarkerMissing, start, position) : null;
        }

        var end = EndOfWhiteSpace(marker + 5);
        return new CrossReferenceFooter(start, marker + 5, end);
    }

    private CrossReferenceFooter Missing(PdfQuirk quirk, long start, long position)
    {
        _quirks.Add(quirk);
        return bytes.Matches(position, "%%EOF"u8)
            ? new CrossReferenceFooter(start, position + 5, EndOfWhiteSpace(position + 5))
            : new CrossReferenceFooter(start, position, EndOfWhiteSpace(position));
    }

    private static bool IsDigit(int value) => value is >= '0' and <= '9';

    private long EndOfWhiteSpace(long position)
    {
        while (PdfScanner.IsWhiteSpace(bytes.At(position)))
        {
            budget.SpendTime(1);
            position++;
        }

        return position;
    }

    private static long Field(ref ReadOnlySpan<byte> data, long width)
    {
        ulong value = 0;
        foreach (var next in data[..(int)width])
        {
            value = (value << 8) | next;
        }

        data = data[(int)width..];
        return (long)(value & long.MaxValue);
    }

    private static long[] Integers(PdfObject? value) => value is PdfArray array && array.Items.All(item => item is PdfInteger)
        ? [.. array.Items.Select(item => ((PdfInteger)item).Value)]
        : throw PdfFormatException.Damaged("a cross-reference stream without its numbers");
}
