using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>What may change in the form dictionary (ISO 32000-1 table 218).</summary>
internal sealed class FormRules(PdfView before, PdfView after, Allowances allowances)
{
    private static readonly Dictionary<string, ChangeKind> Free = new(StringComparer.Ordinal)
    {
        ["SigFlags"] = ChangeKind.FurtherSignature,
        ["DA"] = ChangeKind.FormFilling,
    };

    public void Compare(PdfObject? old, PdfObject? now)
    {
        var was = before.Dictionary(old) ?? PdfDictionary.Empty;
        if (after.Dictionary(now) is not { } @is)
        {
            if (was.Count > 0)
            {
                allowances.Forbid("the form was removed");
            }

            return;
        }

        SamePlaceOrNew(old, now, "form dictionary");
        allowances.ForbidAmbiguity(@is, "the form");
        foreach (var key in was.Keys.Union(@is.Keys))
        {
            if (key == "Fields")
            {
                SamePlaceOrNew(was[key], @is[key], "list of fields");
            }
            else if (key == "DR")
            {
                CompareResources(was[key], @is[key], 2);
            }
            else if (key == "NeedAppearances")
            {
                CompareNeed(was[key], @is[key]);
            }
            else if (!PdfEquality.Same(before, was[key], after, @is[key]))
            {
                Differs(key);
            }
        }

        new FieldRules(before, after, allowances).Compare();
    }

    /// <summary>
    /// Who asks readers to draw the fields anew shows other pictures than those that were signed: a value that was hidden under
    /// another picture comes to light (the "shadow" of Mainka and others, 2021).
    /// </summary>
    private void CompareNeed(PdfObject? old, PdfObject? now)
    {
        var isAsked = after.Resolve(now) is PdfBoolean { Value: true };
        if (isAsked == before.Resolve(old) is PdfBoolean { Value: true })
        {
            return;
        }

        if (isAsked)
        {
            allowances.Forbid("/NeedAppearances of the form");
        }
        else
        {
            allowances.Observe(new ObservedChange(ChangeKind.FormFilling, "/NeedAppearances of the form"));
        }
    }

    private void Differs(string key)
    {
        if (Free.TryGetValue(key, out var kind))
        {
            allowances.Observe(new ObservedChange(kind, $"/{key} of the form"));
        }
        else
        {
            allowances.Forbid($"/{key} of the form");
        }
    }

    /// <summary>A value that is compared part by part may stay in its object, or move to a new one.</summary>
    private void SamePlaceOrNew(PdfObject? old, PdfObject? now, string what)
    {
        if (now is not PdfReference place)
        {
            return;
        }

        if ((old is PdfReference same && same.Number == place.Number) || before.Find(place.Number).Kind == EntryKind.Free)
        {
            allowances.Compared(place.Number);
        }
        else
        {
            allowances.Forbid($"{what}: taken from an object that had another use");
        }
    }

    /// <summary>Default resources may grow; what is there stays.</summary>
    private void CompareResources(PdfObject? old, PdfObject? now, int depth)
    {
        if (old is null)
        {
            ObservedChange added = new(ChangeKind.FormFilling, "default resources of the form");
            allowances.Allow(now, added);
            allowances.Observe(added);
        }
        else if (depth > 0 && before.Dictionary(old) is { } was && after.Dictionary(now) is { } @is)
        {
            SamePlaceOrNew(old, now, "default resources");
            foreach (var key in was.Keys.Union(@is.Keys))
            {
                CompareResources(was[key], @is[key], depth - 1);
            }
        }
        else if (!PdfEquality.Same(before, old, after, now))
        {
            allowances.Forbid("default resources of the form");
        }
    }
}
