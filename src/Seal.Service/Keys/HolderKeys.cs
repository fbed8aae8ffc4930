using System.Security.Cryptography;
using System.Text;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Vault;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Service.Commands;
using Seal.Service.Settings;
using Seal.Service.Vault;

namespace Seal.Service.Keys;

/// <summary>
/// The cloud keys of holders: each lies in the vault under its holder's PIN and the token's master key, both. A key from when a
/// guess cost less is put under today's cost when its PIN is given next.
/// </summary>
public sealed class HolderKeys(VaultStore vault, MasterKeyRing masterKeys, PinSettings settings)
{
    /// <summary>Makes a key, keeps it under a PIN and gives its reference; it goes again if the work comes to nothing.</summary>
    public async Task<(string Reference, ReadOnlyMemory<byte> SubjectPublicKeyInfo)> MakeAsync(
        HoldingId holding, KeyAlgorithm algorithm, Pin pin, Work work, CancellationToken cancellation)
    {
        using var key = SoftwareKey.Generate(AlgorithmOf(algorithm));
        return (await KeepAsync(holding, key, pin, work, cancellation), key.SubjectPublicKeyInfo);
    }

    /// <summary>Opens a key; <c>null</c> when the PIN is wrong.</summary>
    /// <exception cref="CryptographicException">The envelope is damaged or not this holding's.</exception>
    public async Task<SoftwareKey?> OpenAsync(HoldingId holding, string reference, Pin pin, CancellationToken cancellation)
    {
        var held = await vault.ReadAsync(KeyOf(reference), cancellation) ?? throw new KeyNotFoundException($"The vault has no key of holding {holding}.");
        switch (PinSealedKey.Open(held.Content, pin.Digits, Encoding.UTF8.GetBytes(holding.Value), masterKeys))
        {
            case PinSealedKeyOpening.Opened opened when opened.Iterations < settings.Iterations:
                await RaiseCostAsync(holding, reference, held, opened.Key, pin, cancellation);
                return opened.Key;
            case PinSealedKeyOpening.Opened opened:
                return opened.Key;
            case PinSealedKeyOpening.WrongPin:
                return null;
            default:
                throw new CryptographicException($"The key of holding {holding} is damaged.");
        }
    }

    /// <summary>Keeps a key under a PIN and gives the new reference.</summary>
    public async Task<string> KeepAsync(HoldingId holding, SoftwareKey key, Pin pin, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(work);
        var reference = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var pkcs8 = key.ExportPkcs8();
        try
        {
            work.OnDiscard(() => DropAsync(reference));
            await vault.PutAsync(KeyOf(reference), VaultStore.HolderKey, wrapper => Seal(holding, key, pkcs8, pin, wrapper), cancellation);
            return reference;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    /// <summary>Destroys a key for good.</summary>
    public ValueTask DropAsync(string reference) => new(vault.DeleteAsync(KeyOf(reference), CancellationToken.None));

    /// <summary>The signature algorithm of each kind of holder's key.</summary>
    public static SignatureAlgorithm AlgorithmOf(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.Rsa2048 => SignatureAlgorithm.RsaPkcs1Sha256,
        KeyAlgorithm.Sm2 => SignatureAlgorithm.Sm2Sm3,
        _ => SignatureAlgorithm.EcdsaP256Sha256,
    };

    private async Task RaiseCostAsync(HoldingId holding, string reference, SealedRow held, SoftwareKey key, Pin pin, CancellationToken cancellation)
    {
        var pkcs8 = key.ExportPkcs8();
        try
        {
            await vault.ReplaceAsync(KeyOf(reference), held, wrapper => Seal(holding, key, pkcs8, pin, wrapper), cancellation);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private byte[] Seal(HoldingId holding, SoftwareKey key, byte[] pkcs8, Pin pin, ISecretWrapper wrapper) =>
        PinSealedKey.Seal(pkcs8, key.Algorithm, pin.Digits, Encoding.UTF8.GetBytes(holding.Value), wrapper, new PinSealingOptions(settings.Iterations));

    private static string KeyOf(string reference) => $"holder-key:{reference}";
}
