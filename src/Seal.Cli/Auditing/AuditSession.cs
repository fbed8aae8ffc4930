using Seal.Cli.Evidence;
using Seal.Cli.Verifying;
using Seal.Ledger.Auditing;

namespace Seal.Cli.Auditing;

/// <summary>Runs one audit from the command line.</summary>
internal static class AuditSession
{
    /// <summary>Runs <c>seal audit</c>.</summary>
    /// <returns>0 in order, 1 tampered with, 3 could not be read.</returns>
    public static Task<int> RunAsync(AuditRequest request, CancellationToken cancellation) =>
        Sessions.RunAsync(() => AuditAsync(request, cancellation), request.IsChinese, cancellation);

    private static async Task<int> AuditAsync(AuditRequest request, CancellationToken cancellation)
    {
        var witnesses = AuditInputs.Witnesses(request.Witnesses);
        var options = new AuditOptions
        {
            Witnesses = witnesses,
            WitnessesNeeded = AuditInputs.Needed(request.WitnessesNeeded, witnesses.Count),
            Keys = AuditInputs.Keys(request.Keys),
            Kept = [.. request.Kept.Select(AuditInputs.Kept)],
            StateFile = request.State is null ? null : Path.GetFullPath(request.State),
        };
        if (File.Exists(request.Source))
        {
            var trusted = await TrustedFiles.ReadAsync(new TrustRequest { Everything = request.Trust }, cancellation);
            return await EvidenceSession.CheckAsync(request.Source, options, trusted.Signers, request.Json, request.IsChinese, cancellation);
        }

        using var client = AuditInputs.Client(request.Source, request.Token);
        await using var source = AuditInputs.Open(request.Source, client);
        var result = await AuditProgressBar.DuringAsync(
            request.IsChinese ? "审计" : "audit", progress => Audit.RunAsync(source, options, progress, cancellation));
        var projections = (source as DatabaseTileSource)?.Projections;
        await Console.Out.WriteLineAsync(request.Json ? AuditAnswer.Json(result, projections) : AuditAnswer.Words(result, projections, request.IsChinese));
        if (result is { IsInOrder: true, Checkpoint: { } checkpoint } && request.Keep is { } keep)
        {
            await File.WriteAllTextAsync(keep, checkpoint, cancellation);
        }

        return result.IsInOrder ? ExitCodes.Passed : ExitCodes.Failed;
    }
}
