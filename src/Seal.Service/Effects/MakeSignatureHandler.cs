using System.Security.Cryptography;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Timestamps;
using Seal.Documents.Judging;
using Seal.Documents.Ofd;
using Seal.Documents.Pdf;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Domain.Signings;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Files;
using Seal.Service.Keys;

namespace Seal.Service.Effects;

/// <summary>Seals a PDF or an OFD with the holder's opened key, the seal receipt inside, at the level that is set. The file waits until its event is committed.</summary>
public sealed class MakeSignatureHandler(
    Uploads uploads, SealedFiles sealedFiles, ImpressionStore impressions, CertificateDesk certificates, SealingDesk desk, OfdSealing ofd,
    StreamLoader loader, EventLedger ledger, TimeProvider clock) : EffectHandler<MakeSignature>
{
    /// <inheritdoc/>
    protected override async Task<IOutcome> PerformAsync(MakeSignature effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        ArgumentNullException.ThrowIfNull(work);
        var key = work.UnlockedKey ?? throw new InvalidOperationException("A signature is made only after the PIN was right.");
        await using var source = uploads.Files.Open(effect.Document.Value);
        if (source is null)
        {
            return new SignatureFailed("document-unknown");
        }

        try
        {
            return await FileJudge.IsPackageAsync(source, cancellation)
                ? await SealOfdAsync(effect, key, source, work, cancellation)
                : await SealAsync(effect, key, source, work, cancellation);
        }
        catch (PdfFormatException failed)
        {
            return new SignatureFailed(failed.Code);
        }
        catch (OfdFormatException failed)
        {
            return new SignatureFailed(failed.Code);
        }
        catch (Exception unavailable) when (unavailable is TimestampException or ValidationMaterialException)
        {
            return desk.Unavailable(unavailable);
        }
    }

    private async Task<IOutcome> SealOfdAsync(MakeSignature effect, SoftwareKey key, FileStream source, Work work, CancellationToken cancellation)
    {
        var version = (await loader.LoadAsync([effect.Seal.Stream], States.None, ReadUntil.All, cancellation)).VersionOf(effect.Seal.Stream);
        var prepared = await ofd.PrepareAsync(
            new DeviceSignature(
                effect.Signing, effect.Document, effect.Seal, version, effect.Edition, effect.Organisation, effect.Certificate, KeyAlgorithm.Sm2, effect.Page, effect.XMm, effect.YMm, clock.GetUtcNow(),
                effect.Further, effect.Certify),
            source, cancellation);
        await using var destination = Reserve(effect, work);
        return await ofd.CompleteAsync(prepared, key.Sign(prepared.ToBeSigned.Span), destination, cancellation);
    }

    private FileStream Reserve(MakeSignature effect, Work work)
    {
        var file = effect.Signing.Value;
        work.OnDiscard(() =>
        {
            sealedFiles.Files.Delete(file);
            return ValueTask.CompletedTask;
        });
        return sealedFiles.Files.Create(file);
    }

    private async Task<IOutcome> SealAsync(MakeSignature effect, SoftwareKey key, FileStream source, Work work, CancellationToken cancellation)
    {
        var states = await loader.LoadAsync([effect.Seal.Stream, effect.Organisation.Stream], States.None, ReadUntil.All, cancellation);
        var certificate = await certificates.GetAsync(effect.Certificate, cancellation);
        var impression = await impressions.GetAsync(effect.Seal, cancellation);
        var name = states.Get<Organisation>(effect.Organisation.Stream).Name;
        var receipt = new SealReceipt(ledger.Origin, effect.Signing.Value, effect.Seal.Value, states.VersionOf(effect.Seal.Stream));

        var container = await desk.ContainerAsync(key.Algorithm, certificate, receipt, effect.Seal, effect.Edition, cancellation);
        var places = Places.Of(effect.Page, effect.XMm, effect.YMm, effect.Further);
        var request = Places.Request(impression, places, effect.Certify ?? 0, clock.GetUtcNow(), name) with { Names = desk.NamesOf(key.Algorithm) };
        var prepared = PdfSealer.Prepare(source, request, container, cancellation);
        var signedDigest = await prepared.DigestAsync(container.Digest, cancellation);
        var toSign = container.Prepare(signedDigest, prepared.ByteRange, request.SigningTime);
        var signature = toSign.Complete(key.Sign(toSign.ToBeSigned.Span));

        await using var destination = Reserve(effect, work);
        var outcome = await prepared.CompleteAsync(signature, desk.Strength, destination, cancellation);

        // On disk before its event is: what is recorded as sealed can be fetched even after a power cut.
        FileStore.Settle(destination);
        destination.Position = 0;
        var sealedDigest = await SHA256.HashDataAsync(destination, cancellation);
        return new SignatureMade(
            Convert.ToHexStringLower(sealedDigest), Convert.ToHexStringLower(SHA256.HashData(outcome.Container.Span)), Convert.ToHexStringLower(signedDigest),
            desk.LevelOf(outcome), outcome.StampedAt);
    }
}
