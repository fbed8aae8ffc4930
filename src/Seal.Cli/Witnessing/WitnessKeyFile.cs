using System.Security.Cryptography;
using System.Text;
using Seal.Cryptography.Keys;

namespace Seal.Cli.Witnessing;

/// <summary>
/// The file of a witness's key: its name on the first line, then the Ed25519 key as PEM (PKCS#8), which passes over the line
/// before it, so that openssl reads the file as it is.
/// </summary>
internal static class WitnessKeyFile
{
    private const string Label = "PRIVATE KEY";

    /// <summary>Reads the key; makes one if there is no file.</summary>
    /// <returns>Name and key; the key is the caller's to dispose.</returns>
    /// <exception cref="FormatException">The file holds no key.</exception>
    public static (string Name, SoftwareKey Key) ReadOrMake(string file, string name) => File.Exists(file) ? Read(file) : Make(file, name);

    private static (string Name, SoftwareKey Key) Read(string file)
    {
        var text = File.ReadAllText(file);
        var name = text.Split('\n')[0].Trim();
        if (!PemEncoding.TryFind(text, out var pem) || text[pem.Label] != Label)
        {
            throw new FormatException($"{file} holds no key of a witness: a line with its name and a PEM {Label} are wanted.");
        }

        var pkcs8 = Convert.FromBase64String(text[pem.Base64Data]);
        try
        {
            return (name, SoftwareKey.ImportPkcs8(pkcs8, SignatureAlgorithm.Ed25519));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private static (string Name, SoftwareKey Key) Make(string file, string name)
    {
        var key = SoftwareKey.Generate(SignatureAlgorithm.Ed25519);
        var pkcs8 = key.ExportPkcs8();
        try
        {
            Write(file, Encoding.UTF8.GetBytes($"{name}\n{PemEncoding.WriteString(Label, pkcs8)}\n"));
            return (name, key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private static void Write(string file, byte[] content)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Under its name only when it is whole: a torn key would stop every later start.
        var draft = file + ".new";
        File.Delete(draft);
        using (var stream = new FileStream(draft, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        CryptographicOperations.ZeroMemory(content);
        File.Move(draft, file);
    }
}
