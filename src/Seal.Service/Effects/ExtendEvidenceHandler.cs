using System.Security.Cryptography;
using Seal.Cryptography.Timestamps;
using Seal.Documents.Judging;
using Seal.Documents.Ofd;
using Seal.Documents.Pdf;
using Seal.Domain.Deciding;
using Seal.Domain.Signings;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Files;
using Seal.Service.Verification;

namespace Seal.Service.Effects;

/// <summary>Renews what proves a sealed PDF, once it is judged to be what was sealed. The file waits until its event is committed.</summary>
public sealed class ExtendEvidenceHandler(
    Uploads uploads, SealedFiles sealedFiles, SealingDesk desk, DocumentJudge judge, TrustPolicies policies, EventLedger ledger) : EffectHandler<ExtendEvidence>
{
    /// <inheritdoc/>
    protected override async Task<IOutcome> PerformAsync(ExtendEvidence effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        ArgumentNullException.ThrowIfNull(work);
        await using var source = uploads.Files.Open(effect.Document.Value);
        if (source is null)
        {
            return new DocumentUnfit("document-unknown");
        }

        try
        {
            return await FlawOfAsync(effect.Signing, source, cancellation) is { } flaw ? new EvidenceUnfit(flaw) : await ExtendAsync(effect, source, work, cancellation);
        }
        catch (PdfFormatException unfit)
        {
            return new DocumentUnfit(unfit.Code);
        }
        catch (OfdFormatException unfit)
        {
            return new DocumentUnfit(unfit.Code);
        }
        catch (Exception unavailable) when (unavailable is TimestampException or ValidationMaterialException)
        {
            return desk.Unavailable(unavailable);
        }
    }

    private async Task<EvidenceFlaw?> FlawOfAsync(SigningId signing, FileStream source, CancellationToken cancellation)
    {
        var judged = await judge.JudgeAsync("", source, policies.Find(null)!, cancellation);
        if (judged.Signatures.Count == 0)
        {
            return EvidenceFlaw.NotSigned;
        }

        var stream = signing.Stream.ToString();
        var position = (await ledger.ReadStreamsAsync([stream], ReadUntil.All, cancellation))[stream].First(recorded => StreamLoader.Facts(recorded) is SigningSealed).Position;

        // The register is asked about signatures whose value holds; of what was altered nobody knows whose it was.
        return judged.Signatures.FirstOrDefault(signature => signature.Seal?.Position == position) switch
        {
            null => judged.Verdict == Verdict.TotalFailed ? EvidenceFlaw.Altered : EvidenceFlaw.OfOther,
            { Verdict: Verdict.TotalFailed } => EvidenceFlaw.Altered,
            _ when await FileJudge.IsPackageAsync(source, cancellation) => EvidenceFlaw.NotAPdf,
            _ => null,
        };
    }

    private async Task<IOutcome> ExtendAsync(ExtendEvidence effect, FileStream source, Work work, CancellationToken cancellation)
    {
        var file = effect.Renewed.Value;
        await using var destination = sealedFiles.Files.Create(file);
        work.OnDiscard(() =>
        {
            sealedFiles.Files.Delete(file);
            return ValueTask.CompletedTask;
        });
        var outcome = await PdfLongTerm.ExtendAsync(source, destination, desk.Lasting, PdfLimits.Default, cancellation);
        if (outcome.Shortfall is { } lacking)
        {
            desk.TellLower(outcome.Level, lacking);
        }

        // On disk before its event is: what is recorded as renewed can be fetched even after a power cut.
        FileStore.Settle(destination);
        return new EvidenceExtended(await DigestAsync(source, cancellation), await DigestAsync(destination, cancellation), outcome.StampedAt!.Value, outcome.Shortfall is null);
    }

    private static async Task<string> DigestAsync(FileStream file, CancellationToken cancellation)
    {
        file.Position = 0;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
    }
}
