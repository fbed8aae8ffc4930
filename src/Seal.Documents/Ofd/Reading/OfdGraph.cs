namespace Seal.Documents.Ofd;

/// <summary>
/// What a reader of the document comes to, from OFD.xml on. A file counts as named when any attribute or text of a file reached
/// reads as its path: rather one too many than one that a vendor's extension names and nobody protects.
/// </summary>
internal sealed class OfdGraph
{
    private const int LongestLocation = 512;

    /// <summary>Files of these name others that need not be OFD's own XML; they are reached, but not looked into.</summary>
    private static readonly string[] HoldersOfForeignFiles = ["Attachments", "CustomTags", "Extensions"];

    private readonly OfdPackage _package;
    private readonly HashSet<ZipEntry> _lists;
    private readonly HashSet<ZipEntry> _reached;
    private readonly Queue<ZipEntry> _open = new();
    private readonly HashSet<string> _fileNames;
    private readonly HashSet<string> _folders;
    private readonly HashSet<string> _folderNames;

    private OfdGraph(OfdFile file)
    {
        _package = file.Package;
        _lists = [.. file.Bodies.Select(static body => body.SignatureList).OfType<ZipEntry>()];
        _reached = [file.Root];
        _open.Enqueue(file.Root);
        _folders = new(_package.Files.SelectMany(static entry => FoldersOf(entry.Name)), StringComparer.OrdinalIgnoreCase);
        _folderNames = new(_folders.Select(LastSegment), StringComparer.OrdinalIgnoreCase);
        _fileNames = new(_package.Files.Select(static entry => LastSegment(entry.Name)), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The files reached otherwise than as a signature, OFD.xml among them. What cannot be read on the way becomes a defect of the package.</summary>
    public static HashSet<ZipEntry> Reach(OfdFile file)
    {
        OfdGraph graph = new(file);
        while (graph._open.TryDequeue(out var entry))
        {
            graph.Follow(entry, isRoot: entry == file.Root);
        }

        return graph._reached;
    }

    private void Follow(ZipEntry entry, bool isRoot)
    {
        List<string> values = [];
        string outermost;
        try
        {
            outermost = OfdXml.Visit(_package, entry, value => Keep(value, values));
        }
        catch (OfdFormatException error) when (error.Code == OfdProblem.Damaged)
        {
            _package.AddDefect("xml-unreadable", error.Message);
            return;
        }

        // The BaseLoc of a resource file is a folder that its other locations begin in (GB/T 33190 §7.9); some vendors
        // count everything from the root.
        var own = OfdPath.FolderOf(entry.Name);
        string[] bases = [.. values.Select(value => OfdPath.Resolve(own, value)).OfType<string>().Where(_folders.Contains).Append("").Prepend(own).Distinct(StringComparer.Ordinal)];
        var isForeign = HoldersOfForeignFiles.Contains(outermost);
        foreach (var value in values.Where(value => _fileNames.Contains(LastSegment(value))))
        {
            foreach (var path in bases.Select(folder => OfdPath.Resolve(folder, value)).OfType<string>())
            {
                if (_package.Find(path) is { IsDirectory: false } named && !(isRoot && _lists.Contains(named)) && _reached.Add(named)
                    && !isForeign && named.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
                {
                    _open.Enqueue(named);
                }
            }
        }
    }

    private void Keep(string value, List<string> values)
    {
        if (value.Length > LongestLocation)
        {
            return;
        }

        var location = value.Trim().Replace('\\', '/');
        var last = LastSegment(location.TrimEnd('/'));
        if (_fileNames.Contains(last) || _folderNames.Contains(last))
        {
            values.Add(location);
        }
    }

    private static IEnumerable<string> FoldersOf(string path)
    {
        for (var folder = OfdPath.FolderOf(path); folder.Length > 0; folder = OfdPath.FolderOf(folder))
        {
            yield return folder;
        }
    }

    private static string LastSegment(string path) => path[(path.LastIndexOf('/') + 1)..];
}
