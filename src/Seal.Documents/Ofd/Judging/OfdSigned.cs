using Seal.Documents.Ofd;

namespace Seal.Documents.Judging;

/// <summary>One signature of a document with everything that could be read of it.</summary>
/// <param name="Listed">Its entry in the list.</param>
/// <param name="Signature">Signature.xml; null when it cannot be read.</param>
/// <param name="Container">SignedValue.dat.</param>
/// <param name="Structure">The structure check's row.</param>
internal sealed record OfdSigned(OfdListed Listed, OfdSignature? Signature, OfdContainer Container, Check Structure)
{
    /// <summary>The files that belong to the signature itself. Seal.esl is one only where the signed container holds its copy.</summary>
    public IEnumerable<ZipEntry> OwnFiles =>
        Signature is null ? [] : Signature.OwnFiles.Where(entry => entry != Signature.SealFile || Container.Ses is not null);

    public static IReadOnlyList<OfdSigned> ReadAll(OfdFile file)
    {
        var listed = OfdListed.ReadAll(file);
        return [.. listed.Select(item => Read(file, item, isRepeated: listed.Count(other => other.File is not null && other.File == item.File) > 1))];
    }

    public bool Equals(OfdSigned? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private static OfdSigned Read(OfdFile file, OfdListed listed, bool isRepeated)
    {
        if (listed.File is null)
        {
            return Broken(listed, "signature-file-missing");
        }

        OfdSignature signature;
        try
        {
            signature = OfdSignature.Read(file.Package, listed.File);
        }
        catch (OfdFormatException error) when (error.Code == OfdProblem.Damaged)
        {
            return Broken(listed, "signature-file-broken", ("error", error.Message));
        }

        var container = OfdContainer.Read(file.Package, signature.ValueFile);
        return new OfdSigned(listed, signature, container, StructureOf(file.Package, listed, signature, container, isRepeated));
    }

    private static Check StructureOf(OfdPackage package, OfdListed listed, OfdSignature signature, OfdContainer container, bool isRepeated)
    {
        (string, string)[] evidence = [("type", listed.Type), ("file", signature.File.Name)];
        return container.Structure.Result != CheckResult.Passed ? container.Structure
            : isRepeated ? Check.Failed(CheckName.Structure, "signature-listed-twice", evidence)
            : container.Ses is not null && listed.IsWithoutSeal ? Check.Failed(CheckName.Structure, "signature-type-differs", evidence)
            : NamesOtherFile(package, signature, container) ? Check.Failed(CheckName.Structure, "signature-of-another-file", [.. evidence, ("propertyInfo", container.Ses!.PropertyInfo)])
            : container.Structure;
    }

    /// <summary>propertyInfo says what is signed; the digest binds it anyway, so only one that leads elsewhere counts against it.</summary>
    private static bool NamesOtherFile(OfdPackage package, OfdSignature signature, OfdContainer container)
    {
        if (container.Ses?.PropertyInfo is not { } property)
        {
            return false;
        }

        var named = OfdPath.Locate(package, "", property);
        if (named is null)
        {
            package.AddNote($"propertyInfo \"{property}\" names no file");
        }

        return named is not null && named != signature.File;
    }

    private static OfdSigned Broken(OfdListed listed, string code, params (string, string)[] evidence)
    {
        var structure = Check.Failed(CheckName.Structure, code, evidence);
        return new OfdSigned(listed, null, new OfdContainer(structure, SignatureKind.Unknown, ReadOnlyMemory<byte>.Empty), structure);
    }
}
