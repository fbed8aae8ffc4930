namespace Seal.Documents.Ofd;

/// <summary>ST_Loc (GB/T 33190 §7.5): a path from the root when it begins with a slash, else from the folder of the file it stands in.</summary>
internal static class OfdPath
{
    private const int Longest = 1024;

    /// <summary>The folder of a file, without a slash at its end; empty for the root.</summary>
    public static string FolderOf(string path) => path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";

    /// <summary>The path from the root, without the slash before it; null when it leads out of the package or is none.</summary>
    public static string? Resolve(string folder, string location)
    {
        var text = location.Trim().Replace('\\', '/');
        if (text.Length is 0 or > Longest || text.Any(static c => c is ':' || char.IsControl(c)))
        {
            return null;
        }

        List<string> path = text[0] == '/' || folder.Length == 0 ? [] : [.. folder.Split('/')];
        foreach (var segment in text.Split('/'))
        {
            switch (segment)
            {
                case "" or ".":
                    break;
                case ".." when path.Count == 0:
                    return null;
                case "..":
                    path.RemoveAt(path.Count - 1);
                    break;
                default:
                    path.Add(segment);
                    break;
            }
        }

        return path.Count == 0 ? null : string.Join('/', path);
    }

    /// <summary>
    /// The entry a location names. Some vendors leave out the slash before a path from the root: that is tried where the
    /// other reading finds nothing; where both find something, readers would disagree, and it is a defect.
    /// </summary>
    public static ZipEntry? Locate(OfdPackage package, string folder, string location)
    {
        package.Budget.SpendTime(4);
        if (Resolve(folder, location) is not { } path)
        {
            return null;
        }

        var entry = package.Find(path);
        if (folder.Length == 0 || location.TrimStart().StartsWith('/') || Resolve("", location) is not { } fromRoot || fromRoot == path)
        {
            return AsFile(entry);
        }

        var other = package.Find(fromRoot);
        if (AsFile(entry) is { } one && AsFile(other) is { } two && one != two)
        {
            package.AddDefect("location-ambiguous", location);
        }
        else if (AsFile(entry) is null && AsFile(other) is not null)
        {
            package.AddNote($"{location} is meant from the root of the package");
        }

        return AsFile(entry) ?? AsFile(other);
    }

    private static ZipEntry? AsFile(ZipEntry? entry) => entry is { IsDirectory: false } ? entry : null;
}
