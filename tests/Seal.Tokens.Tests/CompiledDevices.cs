using System.Diagnostics;
using Seal.Tokens.Tests;

[assembly: AssemblyFixture(typeof(CompiledDevices))]

namespace Seal.Tokens.Tests;

/// <summary>The devices written in C, compiled once with cc. Each test gets a copy, because a library's state is the process's.</summary>
public sealed class CompiledDevices : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seal-devices-").FullName;

    public string NewPkcs11(string folder) => Copy("pkcs11_device.so", folder);

    public string NewSkf(string folder) => Copy("skf_device.so", folder);

    public async ValueTask InitializeAsync()
    {
        await CompileAsync("Pkcs11Device/pkcs11_device.c", "pkcs11_device.so");
        await CompileAsync("SkfDevice/skf_device.c", "skf_device.so");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private string Copy(string name, string folder)
    {
        var copy = Path.Combine(folder, name);
        File.Copy(Path.Combine(_folder, name), copy);
        return copy;
    }

    private async Task CompileAsync(string source, string library)
    {
        var start = new ProcessStartInfo(
            "cc", ["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o", Path.Combine(_folder, library), Path.Combine(AppContext.BaseDirectory, source), "-lcrypto"])
        {
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, errors);
    }
}
