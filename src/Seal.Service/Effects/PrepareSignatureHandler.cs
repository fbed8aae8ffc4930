using Seal.Documents.Judging;
using Seal.Documents.Ofd;
using Seal.Documents.Pdf;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Signings;
using Seal.Service.Commands;
using Seal.Service.Files;

namespace Seal.Service.Effects;

/// <summary>Says what a device has to sign for a document to be sealed.</summary>
public sealed class PrepareSignatureHandler(Uploads uploads, DeviceSeals seals, OfdSealing ofd, DeviceBytes bytes) : EffectHandler<PrepareSignature>
{
    /// <inheritdoc/>
    protected override async Task<IOutcome> PerformAsync(PrepareSignature effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        await using var source = uploads.Files.Open(effect.Signature.Document.Value);
        if (source is null)
        {
            return new SignatureFailed("document-unknown");
        }

        try
        {
            if (await FileJudge.IsPackageAsync(source, cancellation))
            {
                var sealing = await ofd.PrepareAsync(effect.Signature, source, cancellation);
                return await KeepAsync(effect.Signature, sealing.ToBeSigned, cancellation);
            }

            var seal = await seals.PrepareAsync(effect.Signature, source, cancellation);
            return await KeepAsync(effect.Signature, seal.Container.ToBeSigned, cancellation);
        }
        catch (PdfFormatException failed)
        {
            return new SignatureFailed(failed.Code);
        }
        catch (OfdFormatException failed)
        {
            return new SignatureFailed(failed.Code);
        }
    }

    private async Task<SignaturePrepared> KeepAsync(DeviceSignature asked, ReadOnlyMemory<byte> toBeSigned, CancellationToken cancellation) =>
        new(await bytes.KeepAsync(asked.Seal, asked.Edition, toBeSigned, holdsSealData: asked.Algorithm == KeyAlgorithm.Sm2, cancellation));
}
