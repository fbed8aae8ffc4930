using Seal.Documents.Judging;
using Seal.Documents.Ofd;
using Seal.Documents.Pdf;
using Seal.Domain.Deciding;
using Seal.Domain.Signings;
using Seal.Service.Commands;
using Seal.Service.Files;

namespace Seal.Service.Effects;

/// <summary>Says what a device has to sign for a document to be sealed.</summary>
public sealed class PrepareSignatureHandler(Uploads uploads, DeviceSeals seals, OfdSealing ofd) : EffectHandler<PrepareSignature>
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
                return new SignaturePrepared(Convert.ToBase64String(sealing.ToBeSigned.Span));
            }

            var seal = await seals.PrepareAsync(effect.Signature, source, cancellation);
            return new SignaturePrepared(Convert.ToBase64String(seal.Container.ToBeSigned.Span));
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
}
