using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>
/// Certificates, revocation lists and OCSP answers that a document carries for its own validation (DSS and VRI,
/// EN 319 142-1 §5.4), as they stand there: anybody may have put them in, and what they say is proven by their own signatures.
/// </summary>
internal sealed record ValidationData(
    IReadOnlyList<ReadOnlyMemory<byte>> Certificates, IReadOnlyList<ReadOnlyMemory<byte>> Lists, IReadOnlyList<ReadOnlyMemory<byte>> Answers)
{
    private const int MaximumItems = 2048;

    public static ValidationData None { get; } = new([], [], []);

    public static ValidationData Of(PdfView view)
    {
        try
        {
            return view.Dictionary(view.Catalog["DSS"]) is { } store ? Read(view, store) : None;
        }
        catch (PdfFormatException error) when (error.Code == PdfProblem.Damaged)
        {
            return None; // evidence that cannot be read shows nothing; whether it suffices, the checks say
        }
    }

    private static ValidationData Read(PdfView view, PdfDictionary store)
    {
        HashSet<int> seen = [];
        PdfDictionary[] perSignature =
            [.. (view.Dictionary(store["VRI"])?.Entries ?? []).Take(MaximumItems).Select(entry => view.Dictionary(entry.Value)).OfType<PdfDictionary>()];
        return new ValidationData(Items("Certs", "Cert"), Items("CRLs", "CRL"), Items("OCSPs", "OCSP"));

        IReadOnlyList<ReadOnlyMemory<byte>> Items(string everywhere, string perOne) =>
            [.. Read(view, [store[everywhere], .. perSignature.Select(one => one[perOne])], seen)];
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Read(PdfView view, IEnumerable<PdfObject?> lists, HashSet<int> seen)
    {
        foreach (var reference in lists.SelectMany(list => view.Array(list)?.Items ?? []).OfType<PdfReference>())
        {
            if (seen.Count < MaximumItems && seen.Add(reference.Number) && Content(view, reference) is { } content)
            {
                yield return content;
            }
        }
    }

    private static byte[]? Content(PdfView view, PdfReference reference)
    {
        try
        {
            return view.Resolve(reference) is PdfStream stream ? view.Content(stream) : null;
        }
        catch (PdfFormatException error) when (error.Code == PdfProblem.Damaged)
        {
            return null; // the others may still be good
        }
    }
}
