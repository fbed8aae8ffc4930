namespace Seal.Testing;

/// <summary>Folders for one test.</summary>
public static class TestFolder
{
    /// <summary>A new folder that PostgreSQL's own account can pass through when the tests run as root.</summary>
    public static string Create()
    {
        var folder = Directory.CreateTempSubdirectory("seal-");
        if (!OperatingSystem.IsWindows())
        {
            folder.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        }

        return folder.FullName;
    }
}
