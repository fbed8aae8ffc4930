using Seal.Cryptography.Algorithms;

namespace Seal.Documents.Pdf;

/// <summary>
/// Writes validation material into the document security store (ISO 32000-2 §12.8.4.3): what is there stays, nothing is put
/// in twice, and each signature has its own list (VRI) of what concerns it.
/// </summary>
internal sealed class SecurityStore
{
    private readonly PdfView _view;
    private readonly IncrementalUpdate _update;
    private readonly PdfDictionary _old;
    private readonly Dictionary<string, (List<PdfObject> All, Dictionary<string, PdfReference> ByDigest)> _lists = [];
    private bool _changed;

    private SecurityStore(PdfView view, IncrementalUpdate update)
    {
        (_view, _update) = (view, update);
        _old = view.Dictionary(view.Catalog["DSS"]) ?? PdfDictionary.Empty;
        foreach (var key in new[] { "Certs", "CRLs", "OCSPs" })
        {
            _lists[key] = Read(key);
        }
    }

    /// <summary>Makes the update; null when everything is there already.</summary>
    public static byte[]? Write(PdfFile file, IReadOnlyList<(ReadOnlyMemory<byte> Contents, ValidationMaterial Material)> signatures)
    {
        IncrementalUpdate update = new(file);
        SecurityStore store = new(file.Newest, update);
        store.Add(signatures);
        return store._changed ? update.Write((_, _) => false) : null;
    }

    private void Add(IReadOnlyList<(ReadOnlyMemory<byte> Contents, ValidationMaterial Material)> signatures)
    {
        var perSignature = _view.Dictionary(_old["VRI"]) ?? PdfDictionary.Empty;
        foreach ((var contents, var material) in signatures)
        {
            // SHA-1 is what the format names entries by; nothing rests on it.
            var key = Convert.ToHexString(DigestAlgorithm.Sha1.HashData(contents.Span));
            var changedBefore = _changed;
            PdfDictionary entry = new(new (string Key, PdfArray List)[]
            {
                ("Cert", References("Certs", material.Certificates.Select(certificate => certificate.RawData))),
                ("CRL", References("CRLs", material.RevocationLists.Select(list => list.RawData))),
                ("OCSP", References("OCSPs", material.OcspAnswers.Select(answer => answer.RawData))),
            }.Where(item => item.List.Items.Count > 0).Select(item => KeyValuePair.Create<string, PdfObject>(item.Key, item.List)));
            if (_changed != changedBefore || perSignature[key] is null)
            {
                perSignature = perSignature.With(key, _update.Add(entry));
                _changed = true;
            }
        }

        if (_changed)
        {
            Replace(perSignature);
        }
    }

    private void Replace(PdfDictionary perSignature)
    {
        var store = _old.With("Type", new PdfName("DSS")).With("VRI", perSignature);
        foreach ((var key, var list) in _lists.Where(list => list.Value.All.Count > 0))
        {
            store = store.With(key, new PdfArray(list.All));
        }

        var catalog = _view.Catalog;
        if (catalog["DSS"] is PdfReference place && _view.Resolve(place) is PdfDictionary)
        {
            _update.Replace(place, store);
        }
        else
        {
            _update.Replace(_update.Catalog, catalog.With("DSS", _update.Add(store)));
        }
    }

    private PdfArray References(string key, IEnumerable<ReadOnlyMemory<byte>> items)
    {
        (var all, var byDigest) = _lists[key];
        List<PdfObject> references = [];
        foreach (var item in items)
        {
            var digest = Convert.ToHexString(DigestAlgorithm.Sha256.HashData(item.Span));
            if (!byDigest.TryGetValue(digest, out var reference))
            {
                reference = _update.Add(new PdfStream(PdfDictionary.Empty, -1, item.ToArray()));
                byDigest.Add(digest, reference);
                all.Add(reference);
                _changed = true;
            }

            references.Add(reference);
        }

        return new PdfArray(references);
    }

    private (List<PdfObject> All, Dictionary<string, PdfReference> ByDigest) Read(string key)
    {
        List<PdfObject> all = [.. _view.Array(_old[key])?.Items ?? []];
        Dictionary<string, PdfReference> byDigest = [];
        foreach (var reference in all.OfType<PdfReference>())
        {
            if (TryRead(reference) is { } content)
            {
                byDigest.TryAdd(Convert.ToHexString(DigestAlgorithm.Sha256.HashData(content)), reference);
            }
        }

        return (all, byDigest);
    }

    /// <summary>What an entry holds; null when it is written in a way that is not read here, and so may come to be there twice.</summary>
    private byte[]? TryRead(PdfReference reference)
    {
        try
        {
            return _view.Resolve(reference) is PdfStream stream
                ? PdfFilters.Decode(PdfStreamData.ReadExactly(_view.File.Bytes, stream.DataStart, _view.LengthOf(stream), _view.File.Budget), stream.Dictionary, _view.File.Budget)
                : null;
        }
        catch (PdfFormatException unreadable) when (unreadable.Code == PdfProblem.Damaged)
        {
            return null;
        }
    }
}
