using System.Globalization;

namespace Seal.Documents.Pdf;

/// <summary>
/// The chain of revisions from the newest <c>startxref</c> back to the original, oldest first, and where the part of
/// the file ends that the chain explains.
/// </summary>
internal sealed record RevisionChain(IReadOnlyList<PdfRevision> Revisions)
{
    private const int FootersTried = 8;

    /// <summary>
    /// Finds the last <c>startxref</c> that leads to a cross-reference section. Earlier ones are tried when it does
    /// not: what then stands behind the chain is no readable revision, and the caller decides what that means.
    /// </summary>
    public static RevisionChain Read(PdfBytes bytes, PdfBudget budget)
    {
        PdfFormatException? first = null;
        var before = bytes.Length;
        for (var tried = 0; tried < FootersTried; tried++)
        {
            var footer = bytes.LastIndexOf("startxref"u8, before);
            if (footer < 0)
            {
                break;
            }

            try
            {
                return new RevisionChain(Follow(new CrossReferenceReader(bytes, budget), StartXref(bytes, budget, footer), budget));
            }
            catch (PdfFormatException error) when (error.Code == PdfProblem.Damaged)
            {
                first ??= error;
                before = footer;
            }
        }

        throw first ?? new PdfFormatException(PdfProblem.Truncated, "no startxref: the end of the file is missing");
    }

    private static long StartXref(PdfBytes bytes, PdfBudget budget, long footer) =>
        footer + 9 < bytes.Length && new PdfParser(bytes, budget, footer + 9).ReadValue() is PdfInteger { Value: >= 0 } offset
            ? offset.Value
            : throw PdfFormatException.Damaged(string.Create(CultureInfo.InvariantCulture, $"startxref at {footer} names no offset"));

    private static List<PdfRevision> Follow(CrossReferenceReader reader, long offset, PdfBudget budget)
    {
        List<List<CrossReferenceSection>> newestFirst = [];
        HashSet<long> seen = [];
        long? next = offset;
        while (next is { } at)
        {
            if (!seen.Add(at))
            {
                throw PdfFormatException.Damaged($"the cross-reference sections run in a circle at {at}");
            }

            var section = reader.Read(at);
            if (newestFirst.Count > 0 && at > newestFirst[^1][^1].Offset)
            {
                newestFirst[^1].Add(section); // linearized: the first page's section comes first and refers forward
            }
            else
            {
                newestFirst.Add([section]);
            }

            if (newestFirst.Count > budget.Limits.MaxRevisions || seen.Count > 2 * budget.Limits.MaxRevisions)
            {
                throw new PdfFormatException(PdfProblem.TooManyObjects, $"more than {budget.Limits.MaxRevisions} revisions", nameof(PdfLimits.MaxRevisions));
            }

            next = section.Trailer["Prev"] switch
            {
                null or PdfNull => null,
                PdfInteger previous => previous.Value,
                PdfReal previous => (long)previous.Value,
                _ => throw PdfFormatException.Damaged("/Prev is no number"),
            };
        }

        return [.. Enumerable.Reverse(newestFirst).Select((sections, index) => new PdfRevision(index, sections))];
    }
}
