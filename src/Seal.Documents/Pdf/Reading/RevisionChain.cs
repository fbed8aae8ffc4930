using System.Globalization;

namespace Seal.Documents.Pdf;

/// <summary>
/// Reads the chain of revisions from the newest <c>startxref</c> back to the original. With a repair it also takes what
/// widely used readers take: a section that <c>startxref</c> or <c>/Prev</c> misses, or one that has no <c>startxref</c>.
/// </summary>
internal sealed class RevisionChain
{
    private const int FootersTried = 8;

    private readonly PdfBytes _bytes;
    private readonly PdfBudget _budget;
    private readonly PdfRepair? _repair;
    private readonly long _header;
    private readonly SectionSearch _search;
    private CrossReferenceReader _reader;

    private RevisionChain(PdfBytes bytes, PdfBudget budget, PdfRepair? repair, long header)
    {
        (_bytes, _budget, _repair, _header) = (bytes, budget, repair, header);
        _reader = new CrossReferenceReader(bytes, budget, repair is not null);
        _search = new SectionSearch(bytes, budget, _reader);
    }

    /// <summary>
    /// The revisions, oldest first. Earlier footers are tried when the last leads nowhere: what then stands behind the chain
    /// is no readable revision, and the caller decides what that means.
    /// </summary>
    /// <param name="bytes">Of the file.</param>
    /// <param name="budget">What it may cost.</param>
    /// <param name="repair">Null reads nothing but what is right.</param>
    /// <param name="header">The position of <c>%PDF-</c>.</param>
    public static IReadOnlyList<PdfRevision> Read(PdfBytes bytes, PdfBudget budget, PdfRepair? repair = null, long header = 0) =>
        new RevisionChain(bytes, budget, repair, header).Read();

    private List<PdfRevision> Read()
    {
        PdfFormatException? first = null;
        var before = _bytes.Length;
        for (var tried = 0; tried < FootersTried; tried++)
        {
            var footer = _bytes.LastIndexOf("startxref"u8, before);
            if (footer < 0)
            {
                break;
            }

            try
            {
                return Follow(_repair is null ? _reader.Read(StartXref(footer)) : Closed(footer, _repair));
            }
            catch (PdfFormatException error) when (error.Code == PdfProblem.Damaged)
            {
                first ??= error;
                before = footer;
            }
        }

        first ??= new PdfFormatException(PdfProblem.Truncated, "no startxref: the end of the file is missing");
        if (_repair is null)
        {
            throw first;
        }

        _repair.Note(PdfQuirk.StartXrefMissing);
        return _search.Last(0, _bytes.Length) is { } section ? Follow(section) : [Reconstruction.Read(_bytes, _budget, _repair) ?? throw first];
    }

    private long StartXref(long footer) =>
        footer + 9 < _bytes.Length && new PdfParser(_bytes, _budget, footer + 9).ReadValue() is PdfInteger { Value: >= 0 } offset && offset.Value <= _bytes.Length
            ? offset.Value
            : throw PdfFormatException.Damaged(string.Create(CultureInfo.InvariantCulture, $"startxref at {footer} names no offset"));

    /// <summary>The section that a footer leads to, from either beginning; else the one that it closes.</summary>
    private CrossReferenceSection Closed(long footer, PdfRepair repair)
    {
        var given = TryStartXref(footer);
        var plain = given is { } offset ? TryRead(_reader, offset) : null;
        CrossReferenceReader fromHeader = new(_bytes, _budget, repairs: true, _header);
        var shifted = given is { } relative && _header > 0 ? TryRead(fromHeader, relative + _header) : null;
        if (plain is not null)
        {
            if (shifted is not null)
            {
                repair.Note(PdfQuirk.TwoBeginnings);
            }

            return plain;
        }

        if (shifted is not null)
        {
            repair.Note(PdfQuirk.OffsetsFromHeader);
            _reader = fromHeader;
            return shifted;
        }

        var closed = _search.Last(Math.Max(0, _bytes.LastIndexOf("startxref"u8, footer)), footer)
            ?? throw PdfFormatException.Damaged($"startxref at {footer} leads to no cross-reference section");
        repair.Note(PdfQuirk.StartXrefWrong);
        return Corrected(closed);
    }

    private List<PdfRevision> Follow(CrossReferenceSection newest)
    {
        List<List<CrossReferenceSection>> newestFirst = [];
        HashSet<long> seen = [];
        for (var section = newest; section is not null; section = Previous(section, seen))
        {
            if (!seen.Add(section.Offset))
            {
                throw PdfFormatException.Damaged($"the cross-reference sections run in a circle at {section.Offset}");
            }

            if (_repair is not null)
            {
                section = WithRightFooter(section, _repair);
            }

            if (newestFirst.Count > 0 && section.Offset > newestFirst[^1][^1].Offset)
            {
                newestFirst[^1].Add(section); // linearized: the first page's section comes first and refers forward
            }
            else
            {
                newestFirst.Add([section]);
            }

            if (newestFirst.Count > _budget.Limits.MaxRevisions || seen.Count > 2 * _budget.Limits.MaxRevisions)
            {
                throw new PdfFormatException(PdfProblem.TooManyObjects, $"more than {_budget.Limits.MaxRevisions} revisions", nameof(PdfLimits.MaxRevisions));
            }
        }

        return [.. Enumerable.Reverse(newestFirst).Select((sections, index) => new PdfRevision(index, sections))];
    }

    private CrossReferenceSection? Previous(CrossReferenceSection section, HashSet<long> seen)
    {
        long? given = section.Trailer["Prev"] switch
        {
            null or PdfNull => null,
            PdfInteger previous => previous.Value,
            PdfReal previous => (long)previous.Value,
            _ => throw PdfFormatException.Damaged("/Prev is no number"),
        };
        if (given is not { } offset)
        {
            return null;
        }

        if (_repair is null)
        {
            return _reader.Read(offset);
        }

        if (offset is >= 0 && offset <= _bytes.Length && TryRead(_reader, offset + _reader.Origin) is { } found)
        {
            return found;
        }

        _repair.Note(PdfQuirk.PreviousWrong);
        if (offset == 0)
        {
            return null; // some writers mean "none" by it
        }

        var footer = _bytes.LastIndexOf("startxref"u8, section.Offset);
        var closed = footer < 0 ? null : _search.Last(Math.Max(0, _bytes.LastIndexOf("startxref"u8, footer)), footer);
        return closed is not null && !seen.Contains(closed.Offset)
            ? Corrected(closed)
            : throw PdfFormatException.Damaged($"/Prev {offset} leads to no cross-reference section");
    }

    /// <summary>A footer that leads nowhere is read as leading to the section it closes, which is how the file cut off there is read.</summary>
    private CrossReferenceSection WithRightFooter(CrossReferenceSection section, PdfRepair repair)
    {
        foreach (var quirk in section.Quirks)
        {
            repair.Note(quirk);
        }

        if (section.Footer is not { } footer || footer.StartXref == section.Offset || footer.StartXref == _reader.Origin || TryRead(_reader, footer.StartXref) is not null)
        {
            return section; // 0 is what linearized files have in their first footer
        }

        repair.Note(PdfQuirk.StartXrefWrong);
        return Corrected(section);
    }

    private static CrossReferenceSection Corrected(CrossReferenceSection section) =>
        section with { Footer = section.Footer is { } footer ? footer with { StartXref = section.Offset } : null };

    private long? TryStartXref(long footer)
    {
        try
        {
            return StartXref(footer);
        }
        catch (PdfFormatException error) when (error.Code == PdfProblem.Damaged)
        {
            return null; // the section that the footer closes is looked for instead
        }
    }

    private static CrossReferenceSection? TryRead(CrossReferenceReader reader, long offset)
    {
        try
        {
            return reader.Read(offset);
        }
        catch (PdfFormatException error) when (error.Code == PdfProblem.Damaged)
        {
            return null; // where there is no section, the file is repaired or refused
        }
    }
}
