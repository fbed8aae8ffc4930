using System.Diagnostics;
using System.Security.Cryptography;
using Seal.Cryptography.Certificates;

namespace Seal.Documents.Tests.Ses;

/// <summary>The openssl command as an independent judge, with a folder for its files.</summary>
internal sealed class OpenSslTool : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seal-ses-");

    public void Dispose() => _folder.Delete(recursive: true);

    public string AsnParse(ReadOnlyMemory<byte> der)
    {
        var (exit, said) = Run("asn1parse", "-inform", "DER", "-in", Write("structure.der", der.Span));
        exit.ShouldBe(0, said);
        return said;
    }

    /// <summary>Whether openssl finds an SM2 signature right, with the default identity.</summary>
    public bool Accepts(Certificate signer, ReadOnlyMemory<byte> message, ReadOnlyMemory<byte> signature)
    {
        var key = Write("key.pem", System.Text.Encoding.ASCII.GetBytes(PemEncoding.WriteString("PUBLIC KEY", signer.SubjectPublicKeyInfo.Span)));
        var (exit, _) = Run(
            "dgst", "-sm3", "-verify", key, "-sigopt", "distid:1234567812345678",
            "-signature", Write("signature", signature.Span), Write("message", message.Span));
        return exit == 0;
    }

    private string Write(string name, ReadOnlySpan<byte> bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static (int Exit, string Said) Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
