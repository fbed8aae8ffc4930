using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>What may change on pages: annotations may be appended, and nothing else.</summary>
internal sealed class PageRules(PdfView before, PdfView after, Allowances allowances, Func<int, ObservedChange?> widget)
{
    /// <summary>
    /// Annotation types a reader adds (ISO 32000-1 table 169). Widgets come with fields; files, media and redactions are no
    /// comments.
    /// </summary>
    private static readonly HashSet<string> Commenting = new(StringComparer.Ordinal)
    {
        "Text", "Link", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight", "Underline", "Squiggly", "StrikeOut", "Caret", "Ink", "Popup",
    };

    /// <summary>Types that put text or pictures on the page which nobody can tell from its content.</summary>
    private static readonly HashSet<string> LikeContent = new(StringComparer.Ordinal) { "FreeText", "Stamp" };

    /// <summary>Page entries that show nothing: the order in which the tabulator key goes through annotations.</summary>
    private const string TabOrder = "Tabs";

    public void Compare()
    {
        var number = 0;
        foreach ((var reference, var old, _) in PdfPages.Walk(before))
        {
            number++;
            // What is not where it was is no page any more; reachability sees to that.
            if (after.Resolve(reference) is PdfDictionary now)
            {
                ComparePage(number, reference, old, now);
            }
        }
    }

    private void ComparePage(int number, PdfReference reference, PdfDictionary old, PdfDictionary now)
    {
        if (now["Annots"] is { } list && !SameList(old["Annots"], list))
        {
            CompareAnnotations(number, old["Annots"], list);
        }

        if (ReferenceEquals(old, now))
        {
            return;
        }

        allowances.ForbidAmbiguity(now, $"page {number}");
        foreach (var key in old.Keys.Union(now.Keys))
        {
            var looked = key == "Annots" && now[key] is not null;
            if (key == TabOrder && now[key] is PdfName)
            {
                allowances.Observe(new ObservedChange(ChangeKind.DocumentInformation, $"/Tabs of page {number}"));
            }
            else if (!looked && !PdfEquality.Same(before, old[key], after, now[key]))
            {
                allowances.Forbid($"/{key} of page {number}");
            }
        }

        allowances.Compared(reference.Number);
    }

    private bool SameList(PdfObject? old, PdfObject now) =>
        PdfEquality.Same(before, old, after, now) && ReferenceEquals(before.Resolve(old), after.Resolve(now));

    private void CompareAnnotations(int page, PdfObject? old, PdfObject now)
    {
        var were = before.Array(old)?.Items ?? [];
        var are = after.Array(now)?.Items ?? [];
        if (now is PdfReference place
            && ((old is PdfReference same && same.Number == place.Number) || before.Find(place.Number).Kind == EntryKind.Free))
        {
            allowances.Compared(place.Number);
        }

        // Appending keeps what was there, in its order; the order is what lies above what.
        var kept = 0;
        foreach (var item in are)
        {
            if (kept < were.Count && PdfEquality.Same(before, were[kept], after, item))
            {
                kept++;
            }
            else
            {
                CompareNew(page, item);
            }
        }

        if (kept < were.Count)
        {
            allowances.Forbid($"page {page} lost an annotation");
        }
    }

    private void CompareNew(int page, PdfObject item)
    {
        var reference = item as PdfReference;
        var type = after.Name(after.Dictionary(item)?["Subtype"]);
        var isNew = reference is null || before.Find(reference.Number).Kind == EntryKind.Free;
        if (type == "Widget" && reference is not null && widget(reference.Number) is { } field)
        {
            allowances.Allow(item, field);
        }
        else if (isNew && type is not null && (Commenting.Contains(type) || LikeContent.Contains(type)) && !Actions.Dangerous(after, after.Dictionary(item)!))
        {
            var kind = LikeContent.Contains(type) || AnnotationLook.IsLikeContent(after, type, after.Dictionary(item)!) ? ChangeKind.ContentAnnotation : ChangeKind.Annotation;
            ObservedChange added = new(kind, $"annotation {type} on page {page}");
            allowances.Allow(item, added);
            allowances.Observe(added);
        }
        else
        {
            allowances.Forbid($"an annotation that is neither a comment nor a new field's, on page {page}");
        }
    }
}
