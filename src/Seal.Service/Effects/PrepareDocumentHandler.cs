using System.Security.Cryptography;
using Seal.Documents.Judging;
using Seal.Documents.Ofd;
using Seal.Documents.Pdf;
using Seal.Domain.Deciding;
using Seal.Domain.Signings;
using Seal.Service.Commands;
using Seal.Service.Files;
using SealPlace = Seal.Documents.Pdf.SealPlace;

namespace Seal.Service.Effects;

/// <summary>Looks whether a document can be sealed at all at the place asked for, before any PIN is tried.</summary>
public sealed class PrepareDocumentHandler(Uploads uploads, ImpressionStore impressions, TimeProvider clock) : EffectHandler<PrepareDocument>
{
    /// <inheritdoc/>
    protected override async Task<IOutcome> PerformAsync(PrepareDocument effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        await using var file = uploads.Files.Open(effect.Document.Value);
        if (file is null)
        {
            return new DocumentUnfit("document-unknown", "document");
        }

        try
        {
            // A seal that was never made has no impression to place; the rules refuse its use.
            if (await impressions.FindAsync(effect.Seal, cancellation) is { } impression)
            {
                await RequireFitAsync(file, impression, effect, cancellation);
            }

            file.Position = 0;
            return new DocumentPrepared(Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation)));
        }
        catch (PdfFormatException unfit)
        {
            return Unfit(unfit.Code);
        }
        catch (OfdFormatException unfit)
        {
            return Unfit(unfit.Code);
        }
    }

    private async Task RequireFitAsync(FileStream file, Impression impression, PrepareDocument effect, CancellationToken cancellation)
    {
        if (await FileJudge.IsPackageAsync(file, cancellation))
        {
            OfdSealer.RequireFit(file, [OfdSealing.PlaceOf(effect.Page, effect.XMm, effect.YMm, impression)], OfdLimits.Default, cancellation);
        }
        else
        {
            PdfSealer.Prepare(file, Requests.For(impression, effect.Page, effect.XMm, effect.YMm, clock.GetUtcNow()), cancellation);
        }
    }

    private static DocumentUnfit Unfit(string code) => new(code, code switch
    {
        PdfProblem.PageNotFound => "page",
        PdfProblem.StampOutsidePage => "xMm",
        _ => "document",
    });
}

/// <summary>What is asked of the sealer for a seal at a place.</summary>
internal static class Requests
{
    public static SealRequest For(Impression impression, int page, decimal xMm, decimal yMm, DateTimeOffset now, string? name = null) => new()
    {
        Places = [new SealPlace.OnPage(page, (double)xMm, (double)yMm)],
        WidthMm = impression.WidthMm,
        HeightMm = impression.HeightMm,
        AppearanceContent = impression.PdfContent,
        SigningTime = now,
        Name = name,
    };
}
