using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>What may change in the trailer and the document catalog.</summary>
internal sealed class CatalogRules(PdfView before, PdfView after, Allowances allowances)
{
    /// <summary>Catalog entries that may change with all that hangs on them. The form has rules of its own.</summary>
    private static readonly Dictionary<string, ChangeKind> Free = new(StringComparer.Ordinal)
    {
        ["DSS"] = ChangeKind.LongTermValidation,
        ["Extensions"] = ChangeKind.DocumentInformation,
        ["Version"] = ChangeKind.DocumentInformation,
        ["Metadata"] = ChangeKind.DocumentInformation,
    };

    public void Compare()
    {
        if (before.Trailer["Root"] is not PdfReference old || after.Trailer["Root"] is not PdfReference now || old.Number != now.Number)
        {
            allowances.Forbid("another document catalog");
            return;
        }

        allowances.Allow(after.Trailer["Info"], new ObservedChange(ChangeKind.DocumentInformation, "document information"));
        var was = before.Catalog;
        var @is = after.Catalog;
        allowances.ForbidAmbiguity(@is, "the document catalog");
        foreach (var key in was.Keys.Union(@is.Keys))
        {
            CompareEntry(key, was[key], @is[key]);
        }

        allowances.Compared(now.Number);
    }

    private void CompareEntry(string key, PdfObject? old, PdfObject? now)
    {
        var same = PdfEquality.Same(before, old, after, now);
        if (Free.TryGetValue(key, out var kind))
        {
            ObservedChange change = new(kind, $"/{key}");
            allowances.Allow(now, change);
            if (!same)
            {
                allowances.Observe(change);
            }
        }
        else if (key == "AcroForm")
        {
            new FormRules(before, after, allowances).Compare(old, now);
        }
        else if (!same)
        {
            allowances.Forbid($"/{key} of the document catalog");
        }
    }
}
