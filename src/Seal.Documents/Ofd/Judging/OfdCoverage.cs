using Seal.Documents.Ofd;

namespace Seal.Documents.Judging;

/// <summary>
/// Whether everything a reader comes to is protected by a signature, and nothing else lies in the package; and what was
/// signed after it.
/// </summary>
internal sealed class OfdCoverage(OfdFile file, IReadOnlyList<OfdSigned> signatures)
{
    private const int NamesShown = 20;

    private readonly HashSet<ZipEntry> _reached = OfdGraph.Reach(file);
    private readonly HashSet<ZipEntry> _own = [.. signatures.SelectMany(static signed => signed.OwnFiles)];
    private readonly HashSet<ZipEntry> _integrity = IntegrityList(file.Package);
    private readonly HashSet<ZipEntry> _lists = [.. file.Bodies.Select(static body => body.SignatureList).OfType<ZipEntry>()];

    public Check Coverage(OfdSigned signed)
    {
        var covered = Covered(signed);
        ZipEntry[] uncovered = [.. file.Package.Files.Where(entry => !covered.Contains(entry) && !MayBeOpen(entry))];
        ZipEntry[] reached = [.. uncovered.Where(_reached.Contains)];
        (string, string)[] evidence =
        [
            ("referenced", $"{covered.Count}"),
            ("reachable", $"{_reached.Count}"),
            ("signatureList", _lists.All(covered.Contains) ? "protected" : "open: whether other signatures were removed from it cannot be told"),
            .. Named("notProtected", reached),
            .. Named("notBelonging", uncovered.Except(reached)),
        ];
        var unreadable = file.Bodies.Select(static body => body.Defect).OfType<string>().FirstOrDefault();
        return covered.Count == 0 ? Check.Failed(CheckName.Coverage, "coverage-nothing", evidence)
            : unreadable is not null ? Check.Failed(CheckName.Coverage, "coverage-unreadable", [.. evidence, ("error", unreadable)])
            : reached.Length > 0 ? Check.Failed(CheckName.Coverage, "coverage-partial", evidence)
            : uncovered.Length > 0 ? Check.Failed(CheckName.Coverage, "coverage-smuggled", evidence)
            : Check.Passed(CheckName.Coverage, "coverage-all-files", evidence);
    }

    public (Check Check, IReadOnlyList<LaterChange> Changes) Changes(OfdSigned signed)
    {
        var covered = Covered(signed);
        LaterChange[] later =
        [
            .. signatures.Select((other, index) => (other, index))
                .Where(item => item.other != signed && item.other.Signature is { } its && !covered.Contains(its.File))
                .Select(static item => new LaterChange(item.index, ChangeKind.FurtherSignature, Permitted: true, [$"signature {item.other.Listed.Id}"])),
        ];
        var removed = Removed(signed, covered);
        return (removed.Length > 0 ? Check.Failed(CheckName.Changes, "changes-signature-removed", ("removed", string.Join(", ", removed.Take(NamesShown))))
            : later.Length > 0 ? Check.Passed(CheckName.Changes, "changes-further-signatures", ("further", $"{later.Length}"))
            : Check.Passed(CheckName.Changes, "changes-none"), later);
    }

    /// <summary>The files of signatures, and their lists, may stay open as long as nothing else in the document leads to them.</summary>
    private bool MayBeOpen(ZipEntry entry) =>
        !_reached.Contains(entry) && (_lists.Contains(entry) || _integrity.Contains(entry) || _own.Contains(entry));

    /// <summary>Signatures that this one protects or builds on, and that no list names any more.</summary>
    private string[] Removed(OfdSigned signed, HashSet<ZipEntry> covered)
    {
        HashSet<ZipEntry> listed = [.. signatures.Select(static other => other.Listed.File).OfType<ZipEntry>()];
        var orphans = covered.Where(entry => !listed.Contains(entry) && !_reached.Contains(entry) && IsSignatureFile(entry)).Select(static entry => entry.Name);
        var missingBase = signed.Listed.BaseId is { } id && !signatures.Any(other => other != signed && other.Listed.Id == id) ? [$"signature {id}"] : Array.Empty<string>();
        return [.. orphans, .. missingBase];
    }

    /// <summary>
    /// The list of files of GM/T 0099 annex D and its signature, which is made after all others and shows nothing: not judged,
    /// but nothing smuggled either.
    /// </summary>
    private static HashSet<ZipEntry> IntegrityList(OfdPackage package)
    {
        if (package.Find("OFDEntries.xml") is not { IsDirectory: false } list)
        {
            return [];
        }

        try
        {
            var xml = OfdXml.Load(package, list);
            if (xml.Name == "DocEntries")
            {
                package.AddNote("the integrity list OFDEntries.xml (GM/T 0099) was not judged");
                return [list, .. xml.TextOf("SignedValueLoc") is { } location && OfdPath.Locate(package, "", location) is { } value ? [value] : Array.Empty<ZipEntry>()];
            }
        }
        catch (OfdFormatException error) when (error.Code == OfdProblem.Damaged)
        {
            package.AddNote($"OFDEntries.xml cannot be read: {error.Message}");
        }

        return [];
    }

    private bool IsSignatureFile(ZipEntry entry)
    {
        if (!entry.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        try
        {
            return OfdXml.Load(file.Package, entry).Name == "Signature";
        }
        catch (OfdFormatException error) when (error.Code == OfdProblem.Damaged)
        {
            return false; // whatever it is, nobody can take it for a signature
        }
    }

    private static HashSet<ZipEntry> Covered(OfdSigned signed) => [.. signed.Signature?.References.Select(static reference => reference.File).OfType<ZipEntry>() ?? []];

    private static IEnumerable<(string, string)> Named(string name, IEnumerable<ZipEntry> entries) =>
        string.Join(", ", entries.Select(static entry => entry.Name).Take(NamesShown)) is { Length: > 0 } names ? [(name, names)] : [];
}
