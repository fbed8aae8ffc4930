using System.Diagnostics;
using System.Security.Cryptography;
using Seal.Testing;
using Seal.Tokens.Tests;

namespace Seal.Cli.Tests.Ukey;

/// <summary>A holder at a computer with a device that signs with SM2, and the command line between it and the service.</summary>
internal sealed class HoldersDevice : IDisposable
{
    /// <summary>The holder's account.</summary>
    public const string Holder = Company.Representative;

    private readonly string[] _library;
    private readonly string _url;

    private HoldersDevice(string url, string folder, Dictionary<string, string> environment, params string[] library)
    {
        (_url, Folder, Environment, _library) = (url, folder, environment, library);
        File.WriteAllText(PathOf("pin"), "123456");
        File.WriteAllText(PathOf("password"), "demo");
    }

    public string Folder { get; }

    /// <summary>What the device's library is told.</summary>
    public Dictionary<string, string> Environment { get; }

    /// <summary>A new device that comes with an SKF library.</summary>
    public static HoldersDevice Skf(CompiledDevices devices, string url)
    {
        var folder = TestFolder.Create();
        File.WriteAllText(Path.Combine(folder, $"{Path.GetFileName(folder)}.skf"), "");
        return new HoldersDevice(url, folder, new() { ["SEAL_SKF_DEVICE_FOLDER"] = folder }, "--skf", devices.NewSkf(folder));
    }

    /// <summary>A new token that comes with a PKCS#11 library, and signs with SM2 as a profile says.</summary>
    public static HoldersDevice Pkcs11(CompiledDevices devices, string url, string profile)
    {
        var folder = TestFolder.Create();
        File.WriteAllText(Path.Combine(folder, "profile.json"), profile);
        return new HoldersDevice(
            url, folder, new() { ["SEAL_PKCS11_DEVICE_STATE"] = Path.Combine(folder, "state"), ["SEAL_PKCS11_DEVICE_SERIAL"] = $"T-{RandomNumberGenerator.GetHexString(12)}" },
            "--module", devices.NewPkcs11(folder), "--profile", Path.Combine(folder, "profile.json"));
    }

    /// <summary>A new token of SoftHSM 2, which does RSA and ECDSA.</summary>
    public static async Task<HoldersDevice> SoftHsmAsync(string url)
    {
        var folder = TestFolder.Create();
        Directory.CreateDirectory(Path.Combine(folder, "tokens"));
        var configuration = Path.Combine(folder, "softhsm2.conf");
        await File.WriteAllTextAsync(configuration, $"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n");
        ProcessStartInfo start = new("softhsm2-util", ["--init-token", "--free", "--label", "holder", "--so-pin", "12345678", "--pin", "123456"]) { RedirectStandardOutput = true };
        start.Environment["SOFTHSM2_CONF"] = configuration;
        using var made = Process.Start(start)!;
        await made.StandardOutput.ReadToEndAsync();
        await made.WaitForExitAsync();
        made.ExitCode.ShouldBe(0);
        var module = Directory.EnumerateDirectories("/usr/lib", "*-linux-*").Append("/usr/lib")
            .SelectMany(static place => new[] { $"{place}/softhsm/libsofthsm2.so", $"{place}/libsofthsm2.so" }).First(File.Exists);
        return new HoldersDevice(url, folder, new() { ["SOFTHSM2_CONF"] = configuration }, "--module", module);
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>seal ukey, with the device and its PIN.</summary>
    public Task<Outcome> UkeyAsync(params string[] arguments) => WithoutPinAsync([.. arguments, "--pin-file", PathOf("pin")]);

    /// <summary>seal ukey, with the device.</summary>
    public Task<Outcome> WithoutPinAsync(params string[] arguments) => SealCommand.RunWith(Environment, ["ukey", .. arguments, .. _library]);

    /// <summary>seal ukey enrol, or another command of the account's.</summary>
    public Task<Outcome> AsHolderAsync(params string[] arguments) =>
        UkeyAsync([.. arguments, "--service", _url, "--account", Holder, "--password-file", PathOf("password")]);

    /// <summary>seal ukey sign, the token signing in by itself.</summary>
    public async Task<Outcome> SignAsync(string seal, byte[] document, string output, params string[] more)
    {
        await File.WriteAllBytesAsync(PathOf("document"), document, TestContext.Current.CancellationToken);
        return await UkeyAsync(["sign", PathOf("document"), "--seal", seal, "--x", "100", "--y", "200", "--out", PathOf(output), "--service", _url, "--lang", "en", .. more]);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
