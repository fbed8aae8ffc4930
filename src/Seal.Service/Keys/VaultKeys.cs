using System.Security.Cryptography;
using Seal.Cryptography.Keys;
using Seal.Service.Vault;

namespace Seal.Service.Keys;

/// <summary>Keys that lie in the vault, under the token's master key: SM2 and Ed25519, which the token cannot do.</summary>
public sealed class VaultKeys(VaultStore vault) : IServiceKeys
{
    private const string Kind = "service-key";

    /// <inheritdoc/>
    public async Task<ISigner> GetAsync(string name, SignatureAlgorithm algorithm, CancellationToken cancellation)
    {
        var row = $"service-key:{name}";
        if (await vault.FindAsync(row, cancellation) is not { } pkcs8)
        {
            using var made = SoftwareKey.Generate(algorithm);
            pkcs8 = made.ExportPkcs8();
            await vault.PutAsync(row, Kind, null, pkcs8, cancellation);
        }

        try
        {
            return SoftwareKey.ImportPkcs8(pkcs8, algorithm);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    /// <summary>A secret of 32 random bytes by name, made on first use.</summary>
    public async Task<byte[]> GetSecretAsync(string name, CancellationToken cancellation)
    {
        var row = $"service-secret:{name}";
        if (await vault.FindAsync(row, cancellation) is { } secret)
        {
            return secret;
        }

        secret = RandomNumberGenerator.GetBytes(32);
        await vault.PutAsync(row, Kind, null, secret, cancellation);
        return secret;
    }
}
