namespace Seal.Ledger.Tests;

internal static class TemporaryDirectory
{
    public static string New() => Directory.CreateTempSubdirectory("seal-ledger-").FullName;

    public static void Delete(params string[] directories)
    {
        foreach (var directory in directories.Distinct().Where(Directory.Exists))
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
