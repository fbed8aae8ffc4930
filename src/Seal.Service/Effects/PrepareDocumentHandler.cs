using System.Security.Cryptography;
using Seal.Documents.Judging;
using Seal.Documents.Ofd;
using Seal.Documents.Pdf;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Signings;
using Seal.Service.Commands;
using Seal.Service.Files;
using Seal.Service.Keys;

namespace Seal.Service.Effects;

/// <summary>Looks whether a document can be sealed at all at the place asked for, before any PIN is tried.</summary>
public sealed class PrepareDocumentHandler(Uploads uploads, ImpressionStore impressions, Authorities authorities, TimeProvider clock) : EffectHandler<PrepareDocument>
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
            var settled = await impressions.FindAsync(effect.Seal, cancellation) is { } impression
                ? await RequireFitAsync(file, impression, effect, cancellation)
                : null;
            file.Position = 0;
            var format = await FileJudge.IsPackageAsync(file, cancellation) ? DocumentFormat.Ofd : DocumentFormat.Pdf;
            file.Position = 0;
            return new DocumentPrepared(Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation)), format, settled);
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

    /// <summary>Looks whether the impression fits.</summary>
    /// <returns>The further places to be kept, if they are to be.</returns>
    private async Task<IReadOnlyList<Placing>?> RequireFitAsync(FileStream file, Impression impression, PrepareDocument effect, CancellationToken cancellation)
    {
        if (await FileJudge.IsPackageAsync(file, cancellation))
        {
            AskedPlaces asked = new(effect.Page, effect.XMm, effect.YMm, effect.Further);
            // Where it is placed does not depend on who signs: any certificate does.
            var found = OfdSealer.Settle(file, OfdRequests.Of(impression, asked, effect.Certify, authorities.For(KeyAlgorithm.Sm2).Issuing.Certificate, clock.GetUtcNow()), cancellation);
            return !effect.Settle || effect.Further is null || OfdRequests.IsUnseen(asked) ? effect.Further : Places.Kept(found, effect.Page);
        }

        var places = Places.Of(effect.Page, effect.XMm, effect.YMm, effect.Further);
        var request = Places.Request(impression, places, effect.Certify ?? 0, clock.GetUtcNow());
        PdfSealer.Prepare(file, request, cancellation);
        return effect is { Settle: true, Further: not null } ? Places.Kept(PdfSealer.Settle(file, request, cancellation), effect.Page) : null;
    }

    private static DocumentUnfit Unfit(string code, PrepareDocument effect) => new(code, code switch
    {
        PdfProblem.PlacingIncomplete or PdfProblem.PlacingUnsupported or PdfProblem.TextNotFound or PdfProblem.RidingNeedsPages or PdfProblem.FieldNotFound or PdfProblem.FieldLocked => "further",
        PdfProblem.PageNotFound or PdfProblem.StampOutsidePage when effect is { Page: 0, Further: not null } => "further",
        PdfProblem.PageNotFound => "page",
        PdfProblem.StampOutsidePage => "xMm",
        PdfProblem.AlreadySigned or OfdProblem.CertificationUnsupported => "certify",
        _ => "document",
    });
}
