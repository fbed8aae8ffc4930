using Microsoft.Extensions.DependencyInjection;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Persons;
using Seal.Domain.Seals;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Keys;
using Seal.Testing;

namespace Seal.Journeys.Tests;

/// <summary>A holder's real key and certificate in the hands of someone who signs with them past the ledger.</summary>
public sealed class StolenKey : IDisposable
{
    private readonly SoftwareKey _key;
    private readonly IReadOnlyList<Certificate> _chain;
    private readonly TimeProvider _clock;

    private StolenKey(SoftwareKey key, Certificate certificate, IReadOnlyList<Certificate> chain, TimeProvider clock) =>
        (_key, Certificate, _chain, _clock) = (key, certificate, chain, clock);

    /// <summary>The holder's certificate.</summary>
    public Certificate Certificate { get; }

    /// <summary>Takes it out of a running service's vault.</summary>
    public static async Task<StolenKey> TakeAsync(RunningService service, string seal, string account = Company.Representative)
    {
        ArgumentNullException.ThrowIfNull(service);
        var id = HoldingId.Of(new SealId(seal), new PersonId(await service.Client.PersonAsync(account)));
        var loader = service.Services.GetRequiredService<StreamLoader>();
        var holding = (await loader.LoadAsync([id.Stream], States.None, ReadUntil.All, TestContext.Current.CancellationToken)).Get<Holding>(id.Stream);
        var key = await service.Services.GetRequiredService<HolderKeys>().OpenAsync(id, holding.Key, new Pin(Company.Pin), TestContext.Current.CancellationToken);
        var certificate = await service.Services.GetRequiredService<CertificateDesk>().GetAsync(holding.Certificate, TestContext.Current.CancellationToken);
        return new StolenKey(key!, certificate, service.Services.GetRequiredService<Authorities>().IssuerOf(certificate).Certificates, service.Clock);
    }

    /// <summary>Seals a document with it; the ledger hears nothing of it.</summary>
    /// <param name="document">The document.</param>
    /// <param name="receipt">The receipt to put in; <c>null</c> for none.</param>
    /// <param name="claimed">The time of signing to claim; now when <c>null</c>.</param>
    public async Task<byte[]> SealAsync(byte[] document, SealReceipt? receipt, DateTimeOffset? claimed = null)
    {
        using MemoryStream source = new(document), sealedDocument = new();
        var signing = new SealSigning
        {
            Signer = _key,
            Certificate = Certificate,
            Chain = _chain,
            ExtraSignedAttributes = receipt is null ? [] : [(SealReceipt.AttributeOid, receipt.Encode())],
        };
        await PdfSealer.SealAsync(source, sealedDocument, RequestAt(claimed ?? _clock.GetUtcNow()), signing, TestContext.Current.CancellationToken);
        return sealedDocument.ToArray();
    }

    public void Dispose() => _key.Dispose();

    private static SealRequest RequestAt(DateTimeOffset time) => new()
    {
        Places = [new SealPlace.OnPage(1, 20, 20)],
        WidthMm = 40,
        HeightMm = 40,
        AppearanceContent = "0 0 40 40 re f"u8.ToArray(),
        SigningTime = time,
    };
}
