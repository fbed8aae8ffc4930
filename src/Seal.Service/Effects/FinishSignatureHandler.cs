using System.Security.Cryptography;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Timestamps;
using Seal.Documents.Judging;
using Seal.Documents.Ofd;
using Seal.Documents.Pdf;
using Seal.Domain.Deciding;
using Seal.Domain.Signings;
using Seal.Service.Commands;
using Seal.Service.Files;
using Seal.Service.Keys;

namespace Seal.Service.Effects;

/// <summary>Puts a device's signature into the document that was prepared for it. The file waits until its event is committed.</summary>
public sealed class FinishSignatureHandler(Uploads uploads, SealedFiles sealedFiles, DeviceSeals seals, CertificateDesk certificates, SealingDesk desk, OfdSealing ofd, DeviceBytes bytes) : EffectHandler<FinishSignature>
{
    /// <inheritdoc/>
    protected override async Task<IOutcome> PerformAsync(FinishSignature effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        ArgumentNullException.ThrowIfNull(work);
        var asked = effect.Signature;
        var toBeSigned = await bytes.FillAsync(asked.Seal, asked.Edition, effect.SignedAttributes, cancellation);
        var value = new byte[effect.Value.Length];
        if (!Convert.TryFromBase64String(effect.Value, value, out var length) || !await FitsAsync(asked, toBeSigned, value.AsMemory(0, length), cancellation))
        {
            return new SignatureForeign();
        }

        await using var source = uploads.Files.Open(asked.Document.Value);
        if (source is null)
        {
            return new SignatureFailed("document-unknown");
        }

        // Whoever creates the file finishes the signing; what else comes at the same moment waits for what becomes of it.
        var file = asked.Signing.Value;
        await using var destination = sealedFiles.Files.TryCreate(file);
        if (destination is null)
        {
            return new SignatureUnderWay();
        }

        work.OnDiscard(() =>
        {
            sealedFiles.Files.Delete(file);
            return ValueTask.CompletedTask;
        });
        try
        {
            return await WriteAsync(asked, toBeSigned, value.AsMemory(0, length), source, destination, cancellation);
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

    private async Task<bool> FitsAsync(DeviceSignature asked, byte[] toBeSigned, ReadOnlyMemory<byte> value, CancellationToken cancellation)
    {
        var certificate = await certificates.GetAsync(asked.Certificate, cancellation);
        return Signatures.Verify(HolderKeys.AlgorithmOf(asked.Algorithm), certificate.SubjectPublicKeyInfo, toBeSigned, value.Span);
    }

    private async Task<IOutcome> WriteAsync(
        DeviceSignature asked, byte[] toBeSigned, ReadOnlyMemory<byte> value, FileStream source, FileStream destination, CancellationToken cancellation)
    {
        if (await FileJudge.IsPackageAsync(source, cancellation))
        {
            var sealing = await ofd.PrepareAsync(asked, source, cancellation);
            return sealing.ToBeSigned.Span.SequenceEqual(toBeSigned)
                ? await ofd.CompleteAsync(sealing, value, destination, cancellation)
                : new SignatureFailed("preparation-outdated");
        }

        var seal = await seals.PrepareAsync(asked, source, cancellation);
        if (!seal.Container.ToBeSigned.Span.SequenceEqual(toBeSigned))
        {
            // Another version of this software, or an organisation renamed meanwhile: the device has signed something else.
            return new SignatureFailed("preparation-outdated");
        }

        var outcome = await seal.Document.CompleteAsync(seal.Container.Complete(value), desk.Strength, destination, cancellation);

        // On disk before its event is: what is recorded as sealed can be fetched even after a power cut.
        FileStore.Settle(destination);
        destination.Position = 0;
        var sealedDigest = await SHA256.HashDataAsync(destination, cancellation);
        return new SignatureMade(
            Convert.ToHexStringLower(sealedDigest), Convert.ToHexStringLower(SHA256.HashData(outcome.Container.Span)), Convert.ToHexStringLower(seal.Digest),
            desk.LevelOf(outcome), outcome.StampedAt);
    }
}
