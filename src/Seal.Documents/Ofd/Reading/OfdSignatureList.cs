namespace Seal.Documents.Ofd;

/// <summary>One entry of Signatures.xml.</summary>
/// <param name="Body">The document it belongs to.</param>
/// <param name="Id">Its ID as written.</param>
/// <param name="Type"><c>Seal</c> (also where it is left out) or <c>Sign</c>, as written.</param>
/// <param name="BaseId">The signature it builds on (GM/T 0099, <c>Relative</c>); null when it names none.</param>
/// <param name="File">Signature.xml; null when it is not in the package.</param>
internal sealed record OfdListed(OfdBody Body, string Id, string Type, string? BaseId, ZipEntry? File)
{
    /// <summary>The list says that there is no seal to be shown (GB/T 33190 §18.1).</summary>
    public bool IsWithoutSeal => Type.Equals("Sign", StringComparison.OrdinalIgnoreCase);

    /// <summary>The signatures that all documents of a file list, in the order of the lists.</summary>
    /// <exception cref="OfdFormatException">A list cannot be read, or there are too many.</exception>
    public static IReadOnlyList<OfdListed> ReadAll(OfdFile file)
    {
        List<OfdListed> all = [];
        foreach (var body in file.Bodies)
        {
            if (body.SignatureList is not { } list)
            {
                continue;
            }

            var xml = OfdXml.Load(file.Package, list);
            if (xml.Name != "Signatures")
            {
                throw OfdFormatException.Damaged($"{list.Name} begins with the element {xml.Name}");
            }

            var folder = OfdPath.FolderOf(list.Name);
            all.AddRange(xml.All("Signature").Select(item => new OfdListed(
                body, item["ID"] ?? "", item["Type"] ?? "Seal", item["Relative"], item["BaseLoc"] is { } location ? OfdPath.Locate(file.Package, folder, location) : null)));
        }

        return all.Count <= file.Package.Budget.Limits.MaxSignatures
            ? all
            : throw new OfdFormatException(OfdProblem.TooManyEntries, $"{all.Count} signatures", nameof(OfdLimits.MaxSignatures));
    }
}
