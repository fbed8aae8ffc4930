namespace Seal.Documents.Pdf;

/// <summary>A signature as it stands in a file: the dictionary that is the value of a signature field.</summary>
internal sealed class PdfSignature
{
    private readonly PdfView _view;

    private PdfSignature(PdfView view, PdfFieldNode field, PdfReference? reference, PdfDictionary dictionary)
    {
        _view = view;
        Field = field;
        Reference = reference;
        Dictionary = dictionary;
    }

    public PdfFieldNode Field { get; }

    /// <summary>The signature dictionary's object; null when it stands directly in the field.</summary>
    public PdfReference? Reference { get; }

    public PdfDictionary Dictionary { get; }

    /// <summary>Why the dictionary cannot be read; null when it can.</summary>
    public string? Damage { get; private init; }

    public string? SubFilter => _view.Name(Dictionary["SubFilter"]);

    public PdfString? Contents => Dictionary["Contents"] as PdfString;

    public DateTimeOffset? ClaimedTime => _view.Resolve(Dictionary["M"]) is PdfString date ? PdfText.ReadDate(date) : null;

    /// <summary>The certificates beside a signature value without a container (<c>/Cert</c>), DER, the signer's first.</summary>
    public IEnumerable<byte[]> Certificates => _view.Resolve(Dictionary["Cert"]) switch
    {
        PdfString one => [one.Value],
        PdfArray several => several.Items.Select(_view.Resolve).OfType<PdfString>().Select(item => item.Value),
        _ => [],
    };

    /// <summary>The four numbers of <c>/ByteRange</c>, or null when it is anything else.</summary>
    public IReadOnlyList<long>? ByteRange =>
        _view.Array(Dictionary["ByteRange"]) is { Items: [PdfInteger from, PdfInteger length, PdfInteger then, PdfInteger rest] }
            ? [from.Value, length.Value, then.Value, rest.Value]
            : null;

    /// <summary>
    /// Every signature that any revision shows, in the order of the revisions. One that a later revision replaced or
    /// hid is still found.
    /// </summary>
    public static IReadOnlyList<PdfSignature> FindAll(PdfFile file)
    {
        List<PdfSignature> found = [];
        HashSet<(int Object, CrossReferenceEntry Place)> seen = [];
        foreach (var revision in file.Revisions)
        {
            var view = file.AsOf(revision.Index);
            if (view.Resolve(view.Trailer["Root"]) is PdfNull)
            {
                continue; // the first-page part of a broken linearized file; the newest revision still has to have one
            }

            foreach (var field in PdfFields.Walk(view).Where(field => field is { Type: "Sig", IsWidgetOnly: false }))
            {
                var value = field.Dictionary["V"];
                var holder = value as PdfReference ?? field.Reference;
                var dictionary = TryDictionary(view, value, out var damage);
                if (dictionary is null || !seen.Add((holder.Number, view.Find(holder.Number))))
                {
                    continue;
                }

                found.Add(new PdfSignature(view, field, value as PdfReference, dictionary) { Damage = damage });
                if (found.Count > file.Budget.Limits.MaxSignatures)
                {
                    throw new PdfFormatException(PdfProblem.TooManyObjects, $"more than {file.Budget.Limits.MaxSignatures} signatures", nameof(PdfLimits.MaxSignatures));
                }
            }
        }

        return found.Count == 0 && (file.Tail is not (PdfTail.None or PdfTail.Inert) || file.Repair is { Quirks.Count: > 0 }) ? FindStray(file) : found;
    }

    /// <summary>A signature that cannot be read is still one that the document shows.</summary>
    private static PdfDictionary? TryDictionary(PdfView view, PdfObject? value, out string? damage)
    {
        damage = null;
        try
        {
            return view.Dictionary(value);
        }
        catch (PdfFormatException error) when (error.Code == PdfProblem.Damaged)
        {
            damage = error.Message;
            return PdfDictionary.Empty;
        }
    }

    private static List<PdfSignature> FindStray(PdfFile file)
    {
        List<PdfSignature> found = [];
        foreach ((var reference, var dictionary) in StraySignatures.Find(file).Take(file.Budget.Limits.MaxSignatures))
        {
            found.Add(new PdfSignature(file.Newest, new PdfFieldNode(reference, dictionary, "", "Sig", false, reference), reference, dictionary));
        }

        return found;
    }

    /// <summary>
    /// The revision whose bytes end where the signed bytes end, or null: then something is covered that was never a
    /// saved file, or not all of one.
    /// </summary>
    public PdfRevision? SignedRevision(PdfFile file)
    {
        if (ByteRange is not [_, _, >= 0 and long then, >= 0 and long rest] || rest > long.MaxValue - then)
        {
            return null;
        }

        if (file.Tail == PdfTail.Inert && then + rest == file.Length)
        {
            return file.Revisions[^1];
        }

        return file.Revisions.FirstOrDefault(revision => revision.End >= 0 && then + rest >= revision.MarkerEnd && then + rest <= revision.End);
    }
}
