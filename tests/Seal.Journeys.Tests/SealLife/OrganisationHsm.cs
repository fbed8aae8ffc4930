using System.Security.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Tokens;

namespace Seal.Journeys.Tests.SealLife;

/// <summary>
/// An organisation's HSM: a SoftHSM 2 token of its own, through PKCS#11. The library is the process's, so the token lies beside the
/// service's, under other PINs; the service knows nothing of it.
/// </summary>
internal sealed class OrganisationHsm : IDisposable
{
    private readonly Pkcs11Module _module;
    private readonly Token _token;

    private OrganisationHsm(Pkcs11Module module, Token token) => (_module, _token) = (module, token);

    public string SerialNumber => _token.SerialNumber;

    public string Model => _token.Facts().Model;

    /// <summary>A new one.</summary>
    public static OrganisationHsm Make()
    {
        var label = $"hsm-{RandomNumberGenerator.GetHexString(8)}";
        using TokenPin officer = new("officer-secret"), pin = new("hsm-secret");
        var module = Pkcs11Module.Load(Library());
        module.Initialise(module.Tokens().First(static token => !token.IsInitialised), label, officer, pin);
        var token = module.Open(label);
        token.SignIn(pin).ShouldBe(PinOutcome.Accepted);
        return new OrganisationHsm(module, token);
    }

    /// <summary>A new key, which never leaves the HSM.</summary>
    public ISigner NewKey(string label) => _token.GenerateSigner(label, SignatureAlgorithm.EcdsaP256Sha256);

    /// <summary>A certification request that a key signed, as the service takes it.</summary>
    public string Request(ISigner key) =>
        Convert.ToBase64String(CertificationRequest.Create(DistinguishedName.Of(new NameAttribute(NameAttributeTypes.SerialNumber, SerialNumber)), key).RawData.Span);

    public void Dispose()
    {
        _token.Dispose();
        _module.Dispose();
    }

    private static string Library() => Directory.EnumerateDirectories("/usr/lib", "*-linux-*").Append("/usr/lib").Append("/usr/lib64")
        .SelectMany(static folder => new[] { $"{folder}/softhsm/libsofthsm2.so", $"{folder}/libsofthsm2.so" })
        .First(File.Exists);
}
