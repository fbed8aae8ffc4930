using System.Globalization;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Keys;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;

namespace Seal.Documents.Ofd;

/// <summary>
/// Seals OFD documents with SM2: a seal (GB/T 38540 version 4, with its picture on the pages) or a plain signature
/// (GB/T 35275). Every file there is gets protected, those of earlier signatures too (continued signing); of what is there
/// only the list of signatures changes, and OFD.xml the first time.
/// </summary>
public static class OfdSealer
{
    /// <summary>Reads what it needs of the document, places the seal, and says what is to be signed.</summary>
    /// <param name="source">The document: readable, seekable, read from position 0; kept until the seal is completed.</param>
    /// <param name="request">With what, where and how.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="OfdFormatException">The document or the place is refused, with a code of <see cref="OfdProblem"/>.</exception>
    /// <exception cref="Ses.SesFormatException">The seal or the certificate cannot be used.</exception>
    public static PreparedOfdSeal Prepare(Stream source, OfdSealRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var file = OfdFile.Open(source, request.Limits, cancellation);
        var package = file.Package;
        var body = RequireSound(file);
        RequireOpenList(file);
        var stamps = request.Seal is null ? [] : new OfdPlacing(package, body, request).Resolve();
        if (request.Seal is not null && stamps.Count == 0)
        {
            throw new OfdFormatException(OfdProblem.StampOutsidePage, "a seal needs a place");
        }

        var signs = OfdPath.FolderOf(body.Document!.Name) is { Length: > 0 } root ? root + "/Signs" : "Signs";
        var folder = UnusedFolder(package, signs);
        var listPath = body.SignatureList?.Name ?? $"{signs}/Signatures.xml";
        var first = OfdLists.LargestNumber(package, body.SignatureList) + 1;
        var stampIds = stamps.Select((stamp, index) => (OfdLists.Id(first + 1 + index), stamp.PageId, stamp.Place)).ToArray();

        SortedDictionary<string, byte[]> added = new(StringComparer.Ordinal);
        if (body.SignatureList is null)
        {
            added.Add(file.Root.Name, OfdLists.AddList(package, file.Root, "/" + listPath));
        }

        added.Add(listPath, OfdLists.AddSignature(
            package, body.SignatureList, OfdLists.Id(first), OfdLists.Id(first + stamps.Count), request.Seal is not null, $"{folder}/Signature.xml"));
        if (request.Seal is { } seal)
        {
            added.Add($"{folder}/Seal.esl", seal.RawData.ToArray());
        }

        OfdSignatureFile signatureFile = new()
        {
            SigningTime = request.SigningTime,
            References = References(package, added, request.IsLast ? null : listPath),
            Stamps = stampIds,
            SealPath = request.Seal is null ? null : $"{folder}/Seal.esl",
            ValuePath = $"{folder}/SignedValue.dat",
        };
        added.Add($"{folder}/Signature.xml", signatureFile.Write());
        return new PreparedOfdSeal(package, request, OfdLists.Id(first), folder, added);
    }

    /// <summary>Looks whether a document can be sealed as asked; says where words were found.</summary>
    /// <param name="source">The document: readable, seekable, read from position 0.</param>
    /// <param name="request">How; of its seal and certificate nothing is used but whether there is a seal.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The rules of the request, each text replaced by the points that it was found at.</returns>
    /// <exception cref="OfdFormatException">The document or a place is refused, with a code of <see cref="OfdProblem"/>.</exception>
    public static IReadOnlyList<SealPlace> Settle(Stream source, OfdSealRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var file = OfdFile.Open(source, request.Limits, cancellation);
        var body = RequireSound(file);
        RequireOpenList(file);
        OfdPlacing placing = new(file.Package, body, request);
        placing.Resolve();
        return placing.Settle();
    }

    /// <summary>Seals in one go.</summary>
    /// <param name="source">The document: readable, seekable, read from position 0.</param>
    /// <param name="destination">Gets the sealed document, from its current position on; not the source.</param>
    /// <param name="request">With what, where and how.</param>
    /// <param name="signer">The SM2 key that the request's certificate certifies.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OfdFormatException">The document or the place is refused, with a code of <see cref="OfdProblem"/>.</exception>
    public static async Task<PreparedOfdSeal> SealAsync(
        Stream source, Stream destination, OfdSealRequest request, ISigner signer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(destination);
        var prepared = await Task.Run(() => Prepare(source, request, cancellation), cancellation);
        var signature = signer.Sign(prepared.ToBeSigned.Span);
        if (signer.SubjectPublicKeyInfo.Span.SequenceEqual(request.Certificate.SubjectPublicKeyInfo.Span))
        {
            await prepared.CompleteOwnAsync(signature, destination, cancellation);
        }
        else
        {
            await prepared.CompleteAsync(signature, null, destination, cancellation); // tells that the key is not the certificate's
        }

        return prepared;
    }

    /// <summary>What is ambiguous or hides something must not get a seal that then covers it.</summary>
    private static OfdBody RequireSound(OfdFile file)
    {
        foreach (var body in file.Bodies)
        {
            if (body.Defect is { } defect)
            {
                throw OfdFormatException.Damaged(defect);
            }

            if (body.SignaturesLocation is { } location && body.SignatureList is null)
            {
                throw OfdFormatException.Damaged($"the list of signatures, {location}, is not in the package");
            }
        }

        OfdGraph.Reach(file);
        return file.Package.Defects is [var first, ..]
            ? throw OfdFormatException.Damaged($"{first.Code}: {first.What}")
            : file.Bodies[0];
    }

    private static void RequireOpenList(OfdFile file)
    {
        HashSet<ZipEntry> open = [.. file.Bodies.Select(static body => body.SignatureList).OfType<ZipEntry>()];
        if (file.Bodies[0].SignatureList is null)
        {
            open.Add(file.Root);
        }

        foreach (var listed in OfdListed.ReadAll(file))
        {
            if (listed.File is null || OfdSignature.Read(file.Package, listed.File).References.Any(reference => reference.File is { } named && open.Contains(named)))
            {
                throw new OfdFormatException(OfdProblem.ListProtected, $"signature {listed.Id} allows no further one");
            }
        }
    }

    private static string UnusedFolder(OfdPackage package, string signs)
    {
        var taken = package.Entries.Select(static entry => entry.Name).ToArray();
        var number = 0;
        while (taken.Any(name => name.StartsWith(Name(number) + "/", StringComparison.OrdinalIgnoreCase)))
        {
            number++;
        }

        return Name(number);

        string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"{signs}/Sign_{index}");
    }

    private static List<(string Path, byte[] Digest)> References(OfdPackage package, SortedDictionary<string, byte[]> added, string? openList)
    {
        OfdDigests digests = new(package);
        List<(string, byte[])> references = [];
        foreach (var entry in package.Files.Where(entry => !added.ContainsKey(entry.Name)))
        {
            references.Add((entry.Name, digests.Of(entry, DigestAlgorithm.Sm3, []) ?? throw OfdFormatException.Damaged($"{entry.Name} cannot be read")));
        }

        references.AddRange(added.Where(file => file.Key != openList).Select(static file => (file.Key, Sm3.HashData(file.Value))));
        return references;
    }
}
