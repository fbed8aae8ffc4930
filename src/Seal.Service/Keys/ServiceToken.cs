using Seal.Cryptography.Keys;
using Seal.Service.Settings;
using Seal.Tokens;
using Seal.Tokens.SoftHsm;

namespace Seal.Service.Keys;

/// <summary>The token of the service, signed in: it holds the master keys and the RSA and ECDSA keys of the authorities.</summary>
public sealed class ServiceToken : IServiceKeys, IAsyncDisposable
{
    private readonly Token _token;
    private readonly IDisposable _owner;

    private ServiceToken(Token token, IDisposable owner)
    {
        _token = token;
        _owner = owner;
    }

    /// <summary>A master key by its label, which may be there or not; nothing is made.</summary>
    /// <param name="label">Its label in the token.</param>
    /// <param name="id">What stands in all that it wraps; empty for one without.</param>
    public TokenSecretWrapper MasterKey(string label, ReadOnlySpan<byte> id) => _token.FindMasterKey(label, id);

    /// <summary>Opens the token that is set, or the embedded SoftHSM 2 token in a folder.</summary>
    /// <exception cref="TokenException">The token is not there or refuses the PIN.</exception>
    /// <exception cref="IOException">The library or the PIN file cannot be read.</exception>
    public static async Task<ServiceToken> OpenAsync(TokenSettings settings, string folder, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Module.Length == 0)
        {
            var embedded = await SoftHsmToken.ProvisionAsync(folder, cancellation);
            return new ServiceToken(embedded.Token, embedded);
        }

        var module = Pkcs11Module.Load(settings.Module);
        try
        {
            var token = module.Open(settings.Label, settings.Sessions);
            using var pin = TokenPin.FromFile(settings.PinFile);
            var outcome = token.SignIn(pin);
            return outcome == PinOutcome.Accepted
                ? new ServiceToken(token, module)
                : throw new IOException($"{token} refuses the PIN in Seal:Token:PinFile ({outcome}).");
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<ISigner> GetAsync(string name, SignatureAlgorithm algorithm, CancellationToken cancellation) =>
        Task.FromResult<ISigner>(_token.FindSigner(name, algorithm) ?? _token.GenerateSigner(name, algorithm));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _owner.Dispose();
        return ValueTask.CompletedTask;
    }
}
