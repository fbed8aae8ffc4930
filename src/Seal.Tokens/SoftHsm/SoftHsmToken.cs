using System.Security.Cryptography;

namespace Seal.Tokens.SoftHsm;

/// <summary>
/// The embedded default token: SoftHSM 2 with its configuration, its store and its PINs under one directory.
/// A software key store, not a certified product. SoftHSM reads its configuration once per process, so a
/// process works with one directory at a time.
/// </summary>
public sealed class SoftHsmToken : IDisposable
{
    /// <summary>Label of the token that is made.</summary>
    public const string Label = "seal";

    private const string ConfigurationVariable = "SOFTHSM2_CONF";

    private SoftHsmToken(Pkcs11Module module, Token token)
    {
        Module = module;
        Token = token;
    }

    /// <summary>The library.</summary>
    public Pkcs11Module Module { get; }

    /// <summary>The token, signed in.</summary>
    public Token Token { get; }

    /// <summary>Makes the token under a directory at first use, takes it up later, and signs in.</summary>
    /// <param name="directory">Made if it is not there; readable for nobody else.</param>
    /// <param name="cancellationToken">Stops between steps; the next call goes on where this one stopped.</param>
    /// <exception cref="FileNotFoundException">SoftHSM 2 is not installed.</exception>
    /// <exception cref="InvalidOperationException">This process already works with SoftHSM in another directory.</exception>
    /// <exception cref="TokenException">The token refuses.</exception>
    public static async Task<SoftHsmToken> ProvisionAsync(string directory, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The embedded token keeps its secrets by Unix file modes.");
        }

        var library = FindLibrary();
        var root = Path.GetFullPath(directory);
        const UnixFileMode OnlyMe = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(root, OnlyMe);
        var store = Directory.CreateDirectory(Path.Combine(root, "tokens"), OnlyMe).FullName;
        var configuration = Path.Combine(root, "softhsm2.conf");
        await WritePrivateAsync(
            configuration, $"directories.tokendir = {store}\nobjectstore.backend = file\nlog.level = ERROR\n", cancellationToken);
        using var officerPin = await PinAsync(Path.Combine(root, "so-pin"), cancellationToken);
        using var userPin = await PinAsync(Path.Combine(root, "user-pin"), cancellationToken);

#pragma warning disable CA2000 // both go into the SoftHsmToken that is returned, or are disposed below
        var module = Load(library, configuration);
        Token? token = null;
        try
        {
            token = OpenOrInitialise(module, officerPin, userPin);
#pragma warning restore CA2000
            var outcome = token.SignIn(userPin);
            return outcome == PinOutcome.Accepted
                ? new SoftHsmToken(module, token)
                : throw new InvalidOperationException($"{token} does not take the PIN in {root}: {outcome}.");
        }
        catch
        {
            token?.Dispose();
            module.Dispose();
            throw;
        }
    }

    /// <summary>Signs out, closes the token and ends the library.</summary>
    public void Dispose()
    {
        Token.Dispose();
        Module.Dispose();
    }

    private static Pkcs11Module Load(string library, string configuration)
    {
        var before = NativeEnvironment.Get(ConfigurationVariable);
        NativeEnvironment.Set(ConfigurationVariable, configuration);
        var module = Pkcs11Module.Load(library);
        if (!module.WasInitialisedBefore || before == configuration)
        {
            return module;
        }

        if (before is not null)
        {
            NativeEnvironment.Set(ConfigurationVariable, before);
        }

        throw new InvalidOperationException($"This process already works with SoftHSM, configured by {before ?? "the system's file"}.");
    }

    private static Token OpenOrInitialise(Pkcs11Module module, TokenPin officerPin, TokenPin userPin)
    {
        var tokens = module.Tokens();
        if (tokens.FirstOrDefault(static token => token is { IsInitialised: true, Label: Label }) is { } existing)
        {
            // Stopped between the two steps of initialisation the last time.
            if (existing.Tries == PinTries.NotSet)
            {
                module.SetFirstPin(existing, officerPin, userPin);
            }

            return module.Open(existing);
        }

        // SoftHSM always offers one more slot with a blank token.
        var blank = tokens.First(static token => !token.IsInitialised);
        module.Initialise(blank, Label, officerPin, userPin);
        return module.Open(Label);
    }

    private static string FindLibrary()
    {
        string[] folders =
        [
            .. Directory.Exists("/usr/lib") ? Directory.EnumerateDirectories("/usr/lib", "*-linux-*") : [],
            "/usr/lib", "/usr/lib64", "/usr/local/lib",
        ];
        return folders
                   .SelectMany(static folder => new[] { $"{folder}/softhsm/libsofthsm2.so", $"{folder}/libsofthsm2.so" })
                   .FirstOrDefault(File.Exists)
               ?? throw new FileNotFoundException("SoftHSM 2 is not installed: apt install softhsm2", "libsofthsm2.so");
    }

    private static async Task<TokenPin> PinAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            await WritePrivateAsync(path, RandomNumberGenerator.GetHexString(32, lowercase: true) + "\n", cancellationToken);
        }

        return TokenPin.FromFile(path);
    }

    /// <summary>Whole or not at all, readable for nobody else from the first moment.</summary>
    private static async Task WritePrivateAsync(string path, string content, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException();
        }

        var temporary = path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using (var file = new FileStream(temporary, options))
        {
            await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(content), cancellationToken);
            await file.FlushAsync(cancellationToken);
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
