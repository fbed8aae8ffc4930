using Seal.Cryptography.Keys;
using Seal.Tokens;
using Seal.Tokens.Skf;

namespace Seal.Cli.Ukey;

/// <summary>A token that is plugged in.</summary>
/// <param name="Label">Its name.</param>
/// <param name="SerialNumber">Its maker's serial number.</param>
/// <param name="Manufacturer">Its maker.</param>
/// <param name="Model">Its model.</param>
/// <param name="PinLengths">The lengths of PIN it takes, in words; empty where it does not tell.</param>
/// <param name="Open">Opens it.</param>
internal sealed record PresentToken(string Label, string SerialNumber, string Manufacturer, string Model, string PinLengths, Func<IHolderDevice> Open)
{
    /// <summary>The characters and the length that the service takes; SKF knows no model, and some tokens name none.</summary>
    public static string ModelOf(string told)
    {
        var fit = string.Join(' ', string.Concat(told.Where(static c => char.IsAsciiLetterOrDigit(c) || " -_.:+".Contains(c, StringComparison.Ordinal))).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return fit.Length == 0 ? "unnamed" : fit[..Math.Min(fit.Length, 32)].TrimEnd();
    }
}

/// <summary>A maker's library, of either kind.</summary>
internal interface ITokenLibrary : IDisposable
{
    /// <summary>Its file.</summary>
    string Path { get; }

    /// <summary>The tokens that are plugged in now and have been given a name.</summary>
    IReadOnlyList<PresentToken> Tokens();

    /// <summary>Those that have none yet, by model and slot.</summary>
    IReadOnlyList<string> Blank();
}

/// <summary>A PKCS#11 library.</summary>
internal sealed class Pkcs11Library(string path) : ITokenLibrary
{
    private readonly Pkcs11Module _module = Pkcs11Module.Load(path);

    public string Path => path;

    public IReadOnlyList<PresentToken> Tokens() =>
    [
        .. _module.Tokens().Where(static token => token.IsInitialised).Select(token => new PresentToken(
            token.Label, token.SerialNumber, token.Manufacturer, PresentToken.ModelOf(token.Model), $"{token.MinimumPinLength}–{token.MaximumPinLength} bytes", () => _module.Open(token))),
    ];

    public IReadOnlyList<string> Blank() => [.. _module.Tokens().Where(static token => !token.IsInitialised).Select(static token => $"{token.Model}  slot {token.Slot}")];

    /// <summary>Lets a token sign with SM2 as a profile says, tried on the key of a label if it has one.</summary>
    /// <exception cref="TokenException">The profile does not fit.</exception>
    public static void Register(IHolderDevice token, DeviceProfile profile, string? label) => ((Token)token).Register(
        profile,
        token.Entries().FirstOrDefault(entry => entry is { HasPrivateKey: true, SubjectPublicKeyInfo.IsEmpty: false } && entry.Label == label && Signatures.AlgorithmOf(entry.SubjectPublicKeyInfo) == SignatureAlgorithm.Sm2Sm3));

    public void Dispose() => _module.Dispose();
}

/// <summary>An SKF library.</summary>
internal sealed class SkfTokenLibrary(string path, string? application) : ITokenLibrary
{
    private readonly SkfLibrary _library = SkfLibrary.Load(path);

    public string Path => path;

    public IReadOnlyList<PresentToken> Tokens() =>
    [
        .. _library.Devices().Select(device => new PresentToken(
            device.Label, device.SerialNumber, device.Manufacturer, PresentToken.ModelOf($"SKF {device.Manufacturer} {device.HardwareVersion}"), "", () => _library.Open(device, ApplicationOf(device)))),
    ];

    public IReadOnlyList<string> Blank() => [];

    public void Dispose()
    {
        // An SKF library has no end: its devices are closed one by one.
    }

    private string ApplicationOf(SkfDeviceFacts device) => (application, device.Applications) switch
    {
        ({ } named, _) => named,
        (null, [var only]) => only,
        (null, []) => throw new UkeyException($"Device {device.SerialNumber} has no application: its maker's tool makes one.", isRefused: false),
        _ => throw new UkeyException($"Device {device.SerialNumber} has several applications: name one with --application: {string.Join(", ", device.Applications)}.", isRefused: false),
    };
}
