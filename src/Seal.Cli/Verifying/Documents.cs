namespace Seal.Cli.Verifying;

/// <summary>The documents that a name on the command line stands for.</summary>
internal static class Documents
{
    private static readonly string[] Extensions = [".pdf", ".ofd"];

    /// <summary>The file itself; of a folder the PDF and OFD files in it and below, in order, and the folder itself when it holds none.</summary>
    public static IEnumerable<string> In(string name)
    {
        if (!Directory.Exists(name))
        {
            return [name];
        }

        // What may not be entered is left out, as is what a link leads to: a folder may then lead to itself.
        EnumerationOptions options = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        string[] found = [.. Directory.EnumerateFiles(name, "*", options).Where(static file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
        return found.Length > 0 ? found : [name];
    }
}
