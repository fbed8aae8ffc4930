using Seal.Tokens.SoftHsm;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
[assembly: CollectionBehavior(DisableTestParallelization = true)] // one PKCS#11 initialisation per process

namespace Seal.Tokens.Tests;

/// <summary>A real SoftHSM token in a folder of its own, for one test.</summary>
public abstract class Provisioned : IAsyncLifetime
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("seal-token-").FullName;

    protected SoftHsmToken SoftHsm { get; set; } = null!;

    protected Token Token => SoftHsm.Token;

    protected TokenPin UserPin => TokenPin.FromFile(Path.Combine(Folder, "user-pin"));

    protected TokenPin OfficerPin => TokenPin.FromFile(Path.Combine(Folder, "so-pin"));

    public async ValueTask InitializeAsync() =>
        SoftHsm = await SoftHsmToken.ProvisionAsync(Folder, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        SoftHsm.Dispose();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
