namespace Seal.Testing;

/// <summary>Folders for one test.</summary>
public static class TestFolder
{
    /// <summary>A new folder that PostgreSQL's own account can pass through when the tests run as root.</summary>
    /// <param name="prefix">What its name begins with.</param>
    public static string Create(string prefix = "seal-")
    {
        var folder = Directory.CreateTempSubdirectory(prefix);
        if (!OperatingSystem.IsWindows())
        {
            folder.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        }

        return folder.FullName;
    }
}
