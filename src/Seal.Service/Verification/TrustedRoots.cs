using System.Security.Cryptography;
using Seal.Cryptography.Certificates;

namespace Seal.Service.Verification;

/// <summary>Further roots that documents are judged by, from a folder of PEM and DER files.</summary>
/// <param name="Certificates">The roots.</param>
public sealed record TrustedRoots(IReadOnlyList<Certificate> Certificates)
{
    /// <summary>Reads a folder; an empty name reads nothing.</summary>
    /// <exception cref="IOException">The folder or a file cannot be read.</exception>
    public static TrustedRoots Load(string folder) =>
        new(folder.Length == 0 ? [] : [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).SelectMany(ReadFile)]);

    /// <summary>Reads the certificates of a file: one in DER, or all in PEM.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<Certificate> ReadFile(string file) => [.. Read(File.ReadAllBytes(file))];

    private static IEnumerable<Certificate> Read(byte[] bytes)
    {
        if (bytes is [0x30, ..])
        {
            yield return Certificate.Parse(bytes);
            yield break;
        }

        var text = System.Text.Encoding.ASCII.GetString(bytes);
        while (PemEncoding.TryFind(text, out var fields))
        {
            if (text[fields.Label] == "CERTIFICATE")
            {
                yield return Certificate.Parse(Convert.FromBase64String(text[fields.Base64Data]));
            }

            text = text[fields.Location.End..];
        }
    }
}
