namespace Seal.Documents.Pdf;

/// <summary>
/// Looks whether objects begin where a cross-reference section says. Readers that meet one which does not throw all sections
/// away and read the file by what stands in it; so one wrong entry makes all of them doubtful.
/// </summary>
internal sealed class EntryPlaces(PdfBytes bytes, PdfBudget budget)
{
    private readonly Dictionary<CrossReferenceSection, bool> _known = new(ReferenceEqualityComparer.Instance);

    public bool AreRight(CrossReferenceSection section)
    {
        if (!_known.TryGetValue(section, out var right))
        {
            _known[section] = right = section.Entries
                .Where(static entry => entry.Value.Kind == EntryKind.InFile)
                .OrderBy(static entry => entry.Value.OffsetOrStream)
                .All(entry => IsHeader(entry.Key, entry.Value));
        }

        return right;
    }

    private bool IsHeader(int number, CrossReferenceEntry entry)
    {
        budget.SpendTime(4);
        PdfScanner scan = new(bytes, budget, entry.OffsetOrStream);
        scan.SkipWhiteSpace();
        if (!scan.TryReadDigits(out var first) || first != number)
        {
            return false;
        }

        scan.SkipWhiteSpace();
        if (!scan.TryReadDigits(out var second) || second != entry.GenerationOrIndex)
        {
            return false;
        }

        scan.SkipWhiteSpace();
        return bytes.Matches(scan.Position, "obj"u8);
    }
}
