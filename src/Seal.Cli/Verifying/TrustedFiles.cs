using System.Security.Cryptography;
using System.Text;
using Seal.Cryptography;
using Seal.Cryptography.Certificates;

namespace Seal.Cli.Verifying;

/// <summary>The certificates and revocation lists that the user gave.</summary>
/// <param name="Certificates">The certificates that are trusted.</param>
/// <param name="Revocation">What is known of revocations.</param>
internal sealed record TrustedFiles(IReadOnlyList<Certificate> Certificates, IRevocationEvidence Revocation)
{
    private static readonly string[] Extensions = [".pem", ".crt", ".cer", ".der"];

    /// <summary>Reads them.</summary>
    /// <exception cref="UnusableFileException">One of the files is of no use.</exception>
    public static async Task<TrustedFiles> ReadAsync(IEnumerable<string> trust, IEnumerable<string> lists, CancellationToken cancellation)
    {
        List<Certificate> certificates = [];
        foreach (var file in trust.SelectMany(FilesOf))
        {
            certificates.AddRange(await ReadAsync(file, "CERTIFICATE", FileProblems.NotACertificate, Certificate.Parse, cancellation));
        }

        List<Crl> crls = [];
        foreach (var file in lists)
        {
            crls.AddRange(await ReadAsync(file, "X509 CRL", FileProblems.NotARevocationList, Crl.Parse, cancellation));
        }

        return new TrustedFiles(certificates, crls.Count == 0 ? RevocationEvidence.None : new CrlEvidence(crls));
    }

    private static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path).Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)
        : [path];

    /// <summary>All that a file holds, PEM or DER.</summary>
    private static async Task<IReadOnlyList<T>> ReadAsync<T>(
        string file, string label, string problem, Func<ReadOnlyMemory<byte>, T> parse, CancellationToken cancellation)
    {
        try
        {
            var content = await File.ReadAllBytesAsync(file, cancellation);
            var items = content is [0x30, ..] ? [content] : Pem(Encoding.Latin1.GetString(content), label);
            return items.Count > 0 ? [.. items.Select(item => parse(item))] : throw new UnusableFileException(file, FileProblems.Of(problem));
        }
        catch (DerFormatException)
        {
            throw new UnusableFileException(file, FileProblems.Of(problem));
        }
        catch (Exception unreadable) when (FileProblems.CodeOf(unreadable, file) is { } code)
        {
            throw new UnusableFileException(file, FileProblems.Of(code));
        }
    }

    private static List<byte[]> Pem(string text, string label)
    {
        List<byte[]> found = [];
        for (ReadOnlySpan<char> rest = text; PemEncoding.TryFind(rest, out var fields); rest = rest[fields.Location.End..])
        {
            if (rest[fields.Label].SequenceEqual(label))
            {
                found.Add(Convert.FromBase64String(rest[fields.Base64Data].ToString()));
            }
        }

        return found;
    }
}
