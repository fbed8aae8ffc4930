namespace Seal.Documents.Pdf;

/// <summary>Walks the page tree without trusting it: no node twice, bounded in number, no recursion.</summary>
internal static class PdfPages
{
    private static readonly string[] Inheritable = ["MediaBox", "CropBox", "Rotate"];

    /// <summary>A page by its number, the first being 1.</summary>
    public static PdfPage Find(PdfView view, int number)
    {
        var at = 0;
        foreach ((var reference, var page, var inherited) in Walk(view))
        {
            if (++at == number)
            {
                return Describe(view, reference, page, inherited);
            }
        }

        throw new PdfFormatException(PdfProblem.PageNotFound, $"page {number} of {at}");
    }

    /// <summary>All pages in order.</summary>
    public static IReadOnlyList<PdfPage> All(PdfView view) => [.. Walk(view).Select(page => Describe(view, page.Reference, page.Page, page.Inherited))];

    /// <summary>The number of pages there really are.</summary>
    public static int Count(PdfView view) => Walk(view).Count();

    /// <summary>The pages in order, each with the attributes it inherits.</summary>
    public static IEnumerable<(PdfReference Reference, PdfDictionary Page, PdfDictionary Inherited)> Walk(PdfView view)
    {
        var limit = view.File.Budget.Limits.MaxPages;
        Stack<(PdfObject Node, PdfDictionary Inherited)> open = new([(view.Catalog["Pages"] ?? PdfNull.Value, PdfDictionary.Empty)]);
        HashSet<int> seen = [];
        var pages = 0;
        while (open.TryPop(out var next))
        {
            if (next.Node is not PdfReference reference || view.Resolve(reference) is not PdfDictionary node)
            {
                continue; // §7.7.3.2: kids are indirect; a dangling one shows nothing
            }

            if (!seen.Add(reference.Number))
            {
                throw PdfFormatException.Damaged($"the page tree meets object {reference.Number} twice");
            }

            if (view.Array(node["Kids"]) is { } kids && view.Name(node["Type"]) != "Page")
            {
                var inherited = Inherit(next.Inherited, node);
                foreach (var kid in kids.Items.Reverse())
                {
                    open.Push((kid, inherited));
                }
            }
            else if (++pages > limit)
            {
                throw new PdfFormatException(PdfProblem.TooManyObjects, $"more than {limit} pages", nameof(PdfLimits.MaxPages));
            }
            else
            {
                yield return (reference, node, next.Inherited);
            }
        }
    }

    private static PdfDictionary Inherit(PdfDictionary inherited, PdfDictionary node)
    {
        foreach (var key in Inheritable)
        {
            if (node[key] is { } value)
            {
                inherited = inherited.With(key, value);
            }
        }

        return inherited;
    }

    private static PdfPage Describe(PdfView view, PdfReference reference, PdfDictionary page, PdfDictionary inherited)
    {
        var media = PdfRectangle.Read(view, page["MediaBox"] ?? inherited["MediaBox"])
            ?? new PdfRectangle(0, 0, 612, 792); // what viewers take for the required box that is missing
        var visible = PdfRectangle.Read(view, page["CropBox"] ?? inherited["CropBox"])?.Intersect(media) ?? media;
        if (visible.Width <= 0 || visible.Height <= 0)
        {
            visible = media;
        }

        var rotation = view.Integer(page["Rotate"] ?? inherited["Rotate"]) ?? 0;
        var unit = view.Number(page["UserUnit"]) ?? 1;
        return new PdfPage(reference, page, visible, (int)(((rotation % 360) + 360) % 360 / 90 * 90), unit > 0 ? unit : 1);
    }
}
