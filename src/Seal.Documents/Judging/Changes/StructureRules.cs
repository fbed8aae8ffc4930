using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>
/// What may change in the structure tree of a tagged document (ISO 32000-1 §14.7): whoever signs one adds an element for the new
/// field. It shows nothing on the page; what was there stays as it was.
/// </summary>
internal sealed class StructureRules(PdfView before, PdfView after, Allowances allowances)
{
    private static readonly ObservedChange Grown = new(ChangeKind.FurtherSignature, "structure of a tagged document");

    private static readonly HashSet<string> GrowingInRoot = new(StringComparer.Ordinal) { "K", "ParentTree", "ParentTreeNextKey" };

    private static readonly HashSet<string> GrowingInNode = new(StringComparer.Ordinal) { "Nums", "Kids" };

    private static readonly HashSet<string> OnlyKids = new(StringComparer.Ordinal) { "K" };

    /// <summary>Compares those objects of the tree that differ.</summary>
    public void Compare(IReadOnlySet<int> changed)
    {
        if (before.Catalog["StructTreeRoot"] is not PdfReference old || after.Catalog["StructTreeRoot"] is not PdfReference now || old.Number != now.Number)
        {
            return; // another tree, or none: the catalog's own rules say what that means
        }

        if (changed.Contains(now.Number))
        {
            CompareDictionary(now, GrowingInRoot);
        }

        foreach (var number in changed.Where(IsElement))
        {
            CompareDictionary(new PdfReference(number, 0), OnlyKids);
        }

        foreach (var node in Nodes(before.Dictionary(old)?["ParentTree"]).Where(node => changed.Contains(node.Number)))
        {
            CompareDictionary(node, GrowingInNode);
        }
    }

    private bool IsElement(int number) =>
        before.Find(number).Kind != EntryKind.Free && before.Object(number) is PdfDictionary was && before.Name(was["S"]) is not null && was["P"] is PdfReference && was["Subtype"] is null;

    private IEnumerable<PdfReference> Nodes(PdfObject? root)
    {
        HashSet<int> seen = [];
        Stack<PdfObject?> open = new([root]);
        while (open.TryPop(out var next))
        {
            if (next is PdfReference node && seen.Add(node.Number))
            {
                yield return node;
                foreach (var kid in before.Array(before.Dictionary(node)?["Kids"])?.Items ?? [])
                {
                    open.Push(kid);
                }
            }
        }
    }

    private void CompareDictionary(PdfReference place, HashSet<string> growing)
    {
        if (before.Resolve(place) is not PdfDictionary was || after.Resolve(place) is not PdfDictionary @is)
        {
            return; // not compared, and so found by whoever reaches it
        }

        allowances.ForbidAmbiguity(@is, "the structure tree");
        foreach (var key in was.Keys.Union(@is.Keys))
        {
            if (PdfEquality.Same(before, was[key], after, @is[key]))
            {
                continue;
            }

            if (key != "Limits" && (!growing.Contains(key) || !Grows(was[key], @is[key])))
            {
                allowances.Forbid($"/{key} of the structure tree");
            }
        }

        allowances.Observe(Grown);
        allowances.Compared(place.Number);
    }

    /// <summary>A list keeps its elements in their order and gets new objects; a count may be any.</summary>
    private bool Grows(PdfObject? old, PdfObject? now)
    {
        if (now is PdfInteger or PdfNull)
        {
            return true;
        }

        var were = old is null or PdfNull ? [] : before.Array(old)?.Items ?? [old];
        var are = after.Array(now)?.Items ?? (now is null ? [] : [now]);
        if (now is PdfReference place && after.Array(now) is not null)
        {
            if ((old as PdfReference)?.Number != place.Number && before.Find(place.Number).Kind != EntryKind.Free)
            {
                return false;
            }

            allowances.Compared(place.Number);
        }

        var kept = 0;
        foreach (var item in are)
        {
            if (kept < were.Count && PdfEquality.Same(before, were[kept], after, item))
            {
                kept++;
            }
            else if (item is PdfReference added && before.Find(added.Number).Kind == EntryKind.Free)
            {
                allowances.Allow(item, Grown);
            }
            else if (item is not (PdfInteger or PdfString))
            {
                return false;
            }
        }

        return kept == were.Count;
    }
}
