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
            var format = await FileJudge.IsPackageAsync(file, cancellation) ? DocumentFormat.Ofd : DocumentFormat.Pdf;
            file.Position = 0;
            return new DocumentPrepared(Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation)), format);
        }
        catch (PdfFormatException unfit)
        {
            return Unfit(unfit.Code, effect);
        }
        catch (OfdFormatException unfit)
        {
            return Unfit(unfit.Code, effect);
        }
    }

    private async Task RequireFitAsync(FileStream file, Impression impression, PrepareDocument effect, CancellationToken cancellation)
    {
        var places = Places.Of(effect.Page, effect.XMm, effect.YMm, effect.Further);
        if (!await FileJudge.IsPackageAsync(file, cancellation))
        {
            PdfSealer.Prepare(file, Places.Request(impression, places, effect.Certify ?? 0, clock.GetUtcNow()), cancellation);
            return;
        }

        if (places is not [SealPlace.OnPage { Page: var page }] || page != effect.Page || effect.Certify is not (null or 0))
        {
            throw new PdfFormatException(PdfProblem.PlacingIncomplete, "an OFD document takes one place by its page");
        }

        OfdSealer.RequireFit(file, [OfdSealing.PlaceOf(effect.Page, effect.XMm, effect.YMm, impression)], OfdLimits.Default, cancellation);
    }

    private static DocumentUnfit Unfit(string code, PrepareDocument effect) => new(code, code switch
    {
        PdfProblem.PlacingIncomplete or PdfProblem.TextNotFound or PdfProblem.RidingNeedsPages or PdfProblem.FieldNotFound or PdfProblem.FieldLocked => "further",
        PdfProblem.PageNotFound or PdfProblem.StampOutsidePage when effect is { Page: 0, Further: not null } => "further",
        PdfProblem.PageNotFound => "page",
        PdfProblem.StampOutsidePage => "xMm",
        PdfProblem.AlreadySigned => "certify",
        _ => "document",
    });
}
