using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>Which objects a reader of the document can come to.</summary>
internal static class Reachability
{
    /// <summary>The numbers of all objects reached from some values, without entering certain values or objects.</summary>
    public static HashSet<int> From(PdfView view, IEnumerable<PdfObject> starts, Func<PdfObject, bool> isClosed, Func<int, bool> isKnown)
    {
        HashSet<int> reached = [];
        Stack<PdfObject> open = new(starts);
        while (open.TryPop(out var value))
        {
            view.File.Budget.SpendTime(1);
            switch (value)
            {
                case PdfReference reference when !isKnown(reference.Number) && reached.Add(reference.Number):
                    Push(view.Object(reference.Number, reference.Generation));
                    break;
                case PdfArray array:
                    foreach (var item in array.Items)
                    {
                        Push(item);
                    }

                    break;
                case PdfDictionary dictionary:
                    foreach ((_, var item) in dictionary.Entries)
                    {
                        Push(item);
                    }

                    break;
                case PdfStream stream:
                    Push(stream.Dictionary);
                    break;
                default:
                    break;
            }
        }

        return reached;

        void Push(PdfObject value)
        {
            if (value is PdfReference or PdfArray or PdfDictionary or PdfStream && !isClosed(value))
            {
                open.Push(value);
            }
        }
    }
}
