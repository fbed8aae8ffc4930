using System.Security.Cryptography;
using System.Text;
using Seal.Cryptography;
using Seal.Cryptography.Certificates;

namespace Seal.Cli.Verifying;

/// <summary>The certificates and the revocation evidence that the user gave.</summary>
/// <param name="Signers">Whom to trust with documents.</param>
/// <param name="Timestamps">Whom to trust with time stamps.</param>
/// <param name="SealMakers">Whom to trust with seal data.</param>
/// <param name="Revocation">What is known of revocations.</param>
internal sealed record TrustedFiles(
    IReadOnlyList<Certificate> Signers, IReadOnlyList<Certificate> Timestamps, IReadOnlyList<Certificate> SealMakers, IRevocationEvidence Revocation)
{
    private static readonly string[] Extensions = [".pem", ".crt", ".cer", ".der"];

    /// <summary>Reads them.</summary>
    /// <exception cref="UnusableFileException">One of the files is of no use.</exception>
    public static async Task<TrustedFiles> ReadAsync(TrustRequest request, CancellationToken cancellation)
    {
        if (request.Policy is { } policy && !Directory.Exists(policy))
        {
            throw new UnusableFileException(policy, FileProblems.Of(FileProblems.NotFound));
        }

        var everything = await CertificatesAsync(request.Everything, cancellation);
        List<Crl> lists = [];
        foreach (var file in request.RevocationLists)
        {
            lists.AddRange(await ReadAsync(file, "X509 CRL", FileProblems.NotARevocationList, Crl.Parse, cancellation));
        }

        List<OcspResponse> answers = [];
        foreach (var file in request.OcspAnswers)
        {
            answers.AddRange(await ReadAsync(file, "OCSP RESPONSE", FileProblems.NotAnOcspAnswer, OcspResponse.Parse, cancellation));
        }

        return new TrustedFiles(
            [.. everything, .. await CertificatesAsync([.. request.Signers, .. Part("signers")], cancellation)],
            [.. everything, .. await CertificatesAsync([.. request.Timestamps, .. Part("timestamps")], cancellation)],
            [.. everything, .. await CertificatesAsync([.. request.SealMakers, .. Part("seal-makers")], cancellation)],
            new JoinedEvidence([new OcspEvidence(answers, RevocationEvidence.None), new CrlEvidence(lists)]));

        string[] Part(string name) =>
            request.Policy is { } folder && Directory.Exists(Path.Combine(folder, name)) ? [Path.Combine(folder, name)] : [];
    }

    private static async Task<IReadOnlyList<Certificate>> CertificatesAsync(IEnumerable<string> paths, CancellationToken cancellation)
    {
        List<Certificate> certificates = [];
        foreach (var file in paths.SelectMany(FilesOf))
        {
            certificates.AddRange(await ReadAsync(file, "CERTIFICATE", FileProblems.NotACertificate, Certificate.Parse, cancellation));
        }

        return certificates;
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
