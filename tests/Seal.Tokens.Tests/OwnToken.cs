using Seal.Tokens.SoftHsm;

namespace Seal.Tokens.Tests;

/// <summary>A token of our own test code (Pkcs11Device/pkcs11_device.c), signed in, with PIN 123456 and officer's PIN 87654321.</summary>
public abstract class OwnToken : IDisposable
{
    protected OwnToken(CompiledDevices devices)
    {
        NativeEnvironment.Set("SEAL_PKCS11_DEVICE_REMOVED", Path.Combine(Folder, "removed"));
        Module = Pkcs11Module.Load(devices.NewPkcs11(Folder));
        Token = Module.Open("holder");
        using var pin = new TokenPin("123456");
        Token.SignIn(pin).ShouldBe(PinOutcome.Accepted);
    }

    protected string Folder { get; } = Directory.CreateTempSubdirectory("seal-token-").FullName;

    protected Pkcs11Module Module { get; }

    protected Token Token { get; }

    public void Dispose()
    {
        Token.Dispose();
        Module.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    protected void TakeOut() => File.WriteAllText(Path.Combine(Folder, "removed"), "");

    protected void PutBack() => File.Delete(Path.Combine(Folder, "removed"));
}
