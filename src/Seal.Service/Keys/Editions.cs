using System.Security.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Documents.Ses;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Seals;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Effects;
using Seal.Service.Vault;
using Certificate = Seal.Cryptography.Certificates.Certificate;

namespace Seal.Service.Keys;

/// <summary>
/// Makes the editions of a seal: GB/T 38540 seal data 印章数据 with its impression and every signer certificate in force, signed
/// by the maker's SM2 key and checked again before it is kept.
/// </summary>
public sealed class Editions(Authorities authorities, SealMakers makers, CertificateDesk certificates, ImpressionStore impressions, VaultStore vault, StreamLoader loader, EventLedger ledger, TimeProvider clock)
{
    private const string Vendor = "SEAL";

    /// <summary>Makes and keeps an edition; gives the SHA-256 of its DER, lower-case hex.</summary>
    public async Task<string> MakeAsync(
        SealId id, int number, DateTimeOffset validUntil, IReadOnlyList<Certificate> newSigners, IEnumerable<CertificateId> others, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(newSigners);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentNullException.ThrowIfNull(work);
        var seal = (await loader.LoadAsync([id.Stream], States.None, ReadUntil.All, cancellation)).Get<ElectronicSeal>(id.Stream);
        var impression = await impressions.GetAsync(id, cancellation);
        List<Certificate> signers = [.. newSigners];
        foreach (var other in others)
        {
            signers.Add(await certificates.GetAsync(other, cancellation));
        }

        var now = clock.GetUtcNow();
        var request = new SesSealRequest
        {
            Vid = Vendor,
            SealId = seal.Code,
            Type = TypeOf(seal.Kind),
            Name = seal.Name,
            SignerCertificates = signers,
            CreatedAt = now,
            ValidFrom = seal.ValidFrom,
            ValidUntil = validUntil,
            Picture = new SesPicture("PNG", impression.Png, (int)Math.Round(impression.WidthMm), (int)Math.Round(impression.HeightMm)),
        };
        var maker = await makers.PresentAsync(cancellation);
        var data = SesSealData.Create(request, maker.Certificate, maker.Key);
        var check = SesSealVerification.Verify(data.RawData, new SesTrust(authorities.Roots, authorities.Intermediates, RevocationEvidence.NotRequired), now);
        if (check.Outcome != SesOutcome.Passed)
        {
            throw new CryptographicException($"The seal data just made does not verify: {check.Decisive.Step} {check.Decisive.Reason}.");
        }

        // Two may be making the same number; which of them is the edition, the event says by its digest.
        var digest = Convert.ToHexStringLower(SHA256.HashData(data.RawData.Span));
        work.OnDiscard(() => new ValueTask(vault.DeleteAsync(KeyOf(id, digest), CancellationToken.None)));
        await vault.PutAsync(KeyOf(id, digest), "edition", null, data.RawData, cancellation);
        return digest;
    }

    /// <summary>An edition that was made.</summary>
    /// <exception cref="KeyNotFoundException">The seal has no edition of that number.</exception>
    public async Task<byte[]> GetAsync(SealId id, int number, CancellationToken cancellation)
    {
        await foreach (var recorded in ledger.ReadStreamAsync(id.Stream.ToString(), ReadUntil.All, cancellation))
        {
            if (StreamLoader.Facts(recorded) is EditionMade made && made.Number == number)
            {
                return await GetAsync(id, made.Digest, cancellation);
            }
        }

        throw new KeyNotFoundException($"Seal {id} has no edition {number}.");
    }

    /// <summary>An edition that was made, by the digest in its event; <c>null</c> when it was erased.</summary>
    public Task<byte[]?> FindAsync(SealId id, string digest, CancellationToken cancellation) => vault.FindAsync(KeyOf(id, digest), cancellation);

    /// <summary>An edition that was made, by the digest in its event.</summary>
    public Task<byte[]> GetAsync(SealId id, string digest, CancellationToken cancellation) => vault.GetAsync(KeyOf(id, digest), cancellation);

    // Type codes as commonly used; "business-defined" in GB/T 38540, and unverified.
    private static int TypeOf(SealKind kind) => kind switch
    {
        SealKind.LegalName => 1,
        SealKind.Finance => 2,
        SealKind.Invoice => 3,
        SealKind.Contract => 4,
        SealKind.LegalRepresentative => 5,
        _ => 99,
    };

    private static string KeyOf(SealId id, string digest) => $"edition:{id.Value}:{digest}";
}
