using System.Diagnostics;
using Seal.Cryptography.Keys;

namespace Seal.Tokens.Tests;

/// <summary>OpenSC's pkcs11-tool sees the token as we do.</summary>
public sealed class OtherSoftwareTests : Provisioned
{
    [Fact]
    public async Task Opensc_sees_our_keys_as_sensitive_and_never_extractable()
    {
        Token.GenerateSigner("ca-root-rsa", SignatureAlgorithm.RsaPkcs1Sha256);
        Token.MasterKey("vault-master");
        var start = new ProcessStartInfo(
            "pkcs11-tool",
            ["--module", SoftHsm.Module.Path, "--login", "--pin", File.ReadAllText(Path.Combine(Folder, "user-pin")).Trim(), "--list-objects"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SOFTHSM2_CONF"] = Path.Combine(Folder, "softhsm2.conf");
        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        var said = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        process.ExitCode.ShouldBe(0, said + await errors);
        said.ShouldContain("Private Key Object; RSA");
        said.ShouldContain("ca-root-rsa");
        said.ShouldContain("vault-master");
        said.Split("never extractable").Length.ShouldBe(3, said);
    }
}
