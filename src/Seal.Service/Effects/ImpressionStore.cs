using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Seal.Domain.Deciding;
using Seal.Domain.Seals;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Vault;

namespace Seal.Service.Effects;

/// <summary>The impression 印模 of a seal as it was drawn when the seal was made; it never changes after.</summary>
/// <param name="WidthMm">Width in millimetres.</param>
/// <param name="HeightMm">Height in millimetres.</param>
/// <param name="Svg">The vector picture.</param>
/// <param name="PdfContent">The same as content of a PDF form XObject, in points.</param>
/// <param name="Png">The same rendered at 300 dpi, for seal data.</param>
public sealed record Impression(double WidthMm, double HeightMm, string Svg, byte[] PdfContent, byte[] Png)
{
    /// <summary>Resolution of <see cref="Png"/>, dots per inch.</summary>
    public const int Dpi = 300;

    /// <summary>SHA-256 of the vector picture, lower-case hex.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Svg)));
}

/// <summary>
/// Keeps the impressions of seals in the vault: that of a legal representative's seal shows a person's name. Two may be drawn
/// for one seal at once; which of them it has, its stream says by the digest.
/// </summary>
public sealed class ImpressionStore(VaultStore vault, StreamLoader loader)
{
    private const string Kind = "impression";

    /// <summary>The impression of a seal that was made.</summary>
    public async Task<Impression> GetAsync(SealId seal, CancellationToken cancellation) =>
        await FindAsync(seal, cancellation) ?? throw new KeyNotFoundException($"Seal {seal} has no impression.");

    /// <summary>The impression of a seal; <c>null</c> for one that was never made.</summary>
    public async Task<Impression?> FindAsync(SealId seal, CancellationToken cancellation)
    {
        var digest = (await loader.LoadAsync([seal.Stream], States.None, ReadUntil.All, cancellation)).Get<ElectronicSeal>(seal.Stream).ImpressionDigest;
        return digest.Length > 0 ? JsonSerializer.Deserialize<Impression>(await vault.GetAsync(KeyOf(seal, digest), cancellation), DomainJson.Options) : null;
    }

    /// <summary>Keeps a seal's impression.</summary>
    public Task KeepAsync(SealId seal, Impression impression, CancellationToken cancellation) =>
        vault.PutAsync(KeyOf(seal, impression.Digest), Kind, null, JsonSerializer.SerializeToUtf8Bytes(impression, DomainJson.Options), cancellation);

    private static string KeyOf(SealId seal, string digest) => $"impression:{seal.Value}:{digest}";
}
