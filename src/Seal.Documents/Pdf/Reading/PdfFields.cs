namespace Seal.Documents.Pdf;

/// <summary>
/// A node of the form's field tree: a field, a group of fields, or a widget that shows its parent field
/// (ISO 32000-1 §12.7.3).
/// </summary>
/// <param name="Reference">The node's object.</param>
/// <param name="Dictionary">Its dictionary as written.</param>
/// <param name="FullName">The fully qualified field name; of a widget that of its field.</param>
/// <param name="Type">The field type, own or inherited: Sig, Tx, Btn, Ch.</param>
/// <param name="IsWidgetOnly">The node has no name of its own and only shows its parent.</param>
/// <param name="Field">The node that carries the field; this node itself unless <paramref name="IsWidgetOnly"/>.</param>
internal sealed record PdfFieldNode(
    PdfReference Reference,
    PdfDictionary Dictionary,
    string FullName,
    string? Type,
    bool IsWidgetOnly,
    PdfReference Field);

/// <summary>Walks the form's fields without trusting them: no node twice, no recursion.</summary>
internal static class PdfFields
{
    public static IEnumerable<PdfFieldNode> Walk(PdfView view)
    {
        Stack<(PdfObject Node, PdfFieldNode? Parent)> open = new();
        Push(open, view.Array(view.Dictionary(view.Catalog["AcroForm"])?["Fields"]), null);
        HashSet<int> seen = [];
        while (open.TryPop(out var next))
        {
            if (next.Node is not PdfReference reference || view.Resolve(reference) is not PdfDictionary dictionary || !seen.Add(reference.Number))
            {
                continue;
            }

            var node = Describe(view, reference, dictionary, next.Parent);
            yield return node;
            Push(open, view.Array(dictionary["Kids"]), node);
        }
    }

    private static void Push(Stack<(PdfObject Node, PdfFieldNode? Parent)> open, PdfArray? nodes, PdfFieldNode? parent)
    {
        foreach (var node in nodes?.Items.Reverse() ?? [])
        {
            open.Push((node, parent));
        }
    }

    private static PdfFieldNode Describe(PdfView view, PdfReference reference, PdfDictionary dictionary, PdfFieldNode? parent)
    {
        var type = view.Name(dictionary["FT"]) ?? parent?.Type;
        if (view.Resolve(dictionary["T"]) is not PdfString own)
        {
            return new PdfFieldNode(reference, dictionary, parent?.FullName ?? "", type, parent is not null, parent?.Field ?? reference);
        }

        var name = PdfText.Read(own);
        return new PdfFieldNode(reference, dictionary, parent is null ? name : $"{parent.FullName}.{name}", type, false, reference);
    }
}
