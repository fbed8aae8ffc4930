namespace Seal.Documents.Ofd;

/// <summary>A protected file as Signature.xml names it.</summary>
/// <param name="Location">FileRef as written.</param>
/// <param name="File">The file; null when it is not in the package.</param>
/// <param name="Digest">CheckValue; null when it is not Base64.</param>
internal sealed record OfdReference(string Location, ZipEntry? File, byte[]? Digest);

/// <summary>Where a seal stands: StampAnnot.</summary>
/// <param name="PageId">PageRef.</param>
/// <param name="Boundary">On the page, in mm; null when it cannot be read.</param>
/// <param name="Clip">The part of the seal that is shown, in mm within the boundary; null when all of it is.</param>
internal sealed record OfdStamp(string PageId, OfdBox? Boundary, OfdBox? Clip);

/// <summary>Signature.xml, and the files that it names as its own.</summary>
internal sealed record OfdSignature
{
    /// <summary>Signature.xml, the very bytes that are signed.</summary>
    public required byte[] Content { get; init; }

    /// <summary>Its path in the package.</summary>
    public required ZipEntry File { get; init; }

    /// <summary>SignatureMethod as written; null when it is left out.</summary>
    public required string? Method { get; init; }

    /// <summary>SignatureDateTime as written: free text, never more than a claim.</summary>
    public required string? ClaimedTime { get; init; }

    /// <summary>CheckMethod as written; null when it is left out, which by the standard means MD5.</summary>
    public required string? CheckMethod { get; init; }

    public required IReadOnlyList<OfdReference> References { get; init; }

    public required IReadOnlyList<OfdStamp> Stamps { get; init; }

    /// <summary>Seal/BaseLoc as written; null when it is left out.</summary>
    public required string? SealLocation { get; init; }

    /// <summary>Seal.esl; null when it is not in the package.</summary>
    public required ZipEntry? SealFile { get; init; }

    /// <summary>SignedValue.dat; null when it is not in the package.</summary>
    public required ZipEntry? ValueFile { get; init; }

    /// <summary>The files of the signature itself, which it cannot or need not cover.</summary>
    public IEnumerable<ZipEntry> OwnFiles => new[] { File, ValueFile, SealFile }.OfType<ZipEntry>();

    /// <exception cref="OfdFormatException">It cannot be read.</exception>
    public static OfdSignature Read(OfdPackage package, ZipEntry file)
    {
        var content = package.ReadAll(file, package.Budget.Limits.MaxXmlBytes, nameof(OfdLimits.MaxXmlBytes));
        var xml = OfdXml.Load(package, file.Name, content);
        var info = xml.Name == "Signature" ? xml.One("SignedInfo") : null;
        if (info?.One("References") is not { } references)
        {
            throw OfdFormatException.Damaged($"{file.Name} does not hold Signature, SignedInfo and References");
        }

        var folder = OfdPath.FolderOf(file.Name);
        var seal = info.One("Seal")?.TextOf("BaseLoc");
        return new OfdSignature
        {
            Content = content,
            File = file,
            Method = info.TextOf("SignatureMethod"),
            ClaimedTime = info.TextOf("SignatureDateTime"),
            CheckMethod = references["CheckMethod"],
            References = [.. references.All("Reference").Select(reference => ReadReference(package, folder, reference))],
            Stamps = [.. info.All("StampAnnot").Select(static stamp => new OfdStamp(stamp["PageRef"] ?? "", OfdBox.Parse(stamp["Boundary"]), OfdBox.Parse(stamp["Clip"])))],
            SealLocation = seal,
            SealFile = seal is null ? null : OfdPath.Locate(package, folder, seal),
            ValueFile = xml.TextOf("SignedValue") is { } value ? OfdPath.Locate(package, folder, value) : null,
        };
    }

    private static OfdReference ReadReference(OfdPackage package, string folder, OfdElement reference)
    {
        var location = reference["FileRef"] ?? "";
        var digest = new byte[128];
        var text = reference.TextOf("CheckValue") ?? "";
        var isBase64 = Convert.TryFromBase64String(text, digest, out var length) && length > 0;
        if (!location.StartsWith('/'))
        {
            package.AddNote($"FileRef {location} is not absolute");
        }

        return new OfdReference(location, OfdPath.Locate(package, folder, location), isBase64 ? digest[..length] : null);
    }
}
