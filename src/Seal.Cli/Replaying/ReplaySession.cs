using Seal.Cli.Auditing;
using Seal.Cli.Evidence;
using Seal.Cli.Verifying;
using Seal.Domain.Deciding;
using Seal.Domain.Seals;
using Seal.Ledger.Auditing;
using Seal.Ledger.Evidence;

namespace Seal.Cli.Replaying;

/// <summary>What is asked of <c>seal replay</c>.</summary>
/// <param name="Seal">A seal's number, or an evidence file.</param>
/// <param name="Service">The service's address.</param>
/// <param name="Token">The bearer token.</param>
/// <param name="Keys">Keys or files of them.</param>
/// <param name="Until">Up to where; null for all.</param>
/// <param name="From">The earlier of two moments to compare; null if nothing is compared.</param>
/// <param name="Scope">How much is told.</param>
/// <param name="Json">Whether a machine reads the answer.</param>
/// <param name="IsChinese">Whether sentences are Chinese.</param>
internal sealed record ReplayRequest(
    string Seal, string? Service, string? Token, IReadOnlyList<string> Keys, Moment? Until, Moment? From, string Scope, bool Json, bool IsChinese);

/// <summary>Tells a seal's story, from a service or from an evidence file.</summary>
internal static class ReplaySession
{
    public static Task<int> RunAsync(ReplayRequest request, CancellationToken cancellation) =>
        Sessions.RunAsync(() => TellAsync(request, cancellation), request.IsChinese, cancellation);

    private static async Task<int> TellAsync(ReplayRequest request, CancellationToken cancellation)
    {
        var options = new AuditOptions { Keys = AuditInputs.Keys(request.Keys) };
        using var service = File.Exists(request.Seal) ? null : new EvidenceService(request.Service, request.Token, request.IsChinese ? "zh" : "en");
        await using var evidence = await OpenAsync(request, service, cancellation);
        var gatherer = new StoryGatherer();
        var result = await EvidenceAudit.RunAsync(evidence, options, gatherer, cancellation);
        if (result.Header is not { } header || !header.About.StartsWith(SealId.StreamType + "/", StringComparison.Ordinal))
        {
            throw new AuditRequestException("This is no evidence of a seal.");
        }

        var story = gatherer.Tell(StreamId.Parse(header.About));
        await Console.Out.WriteLineAsync(Told(request, story, result));
        return result.IsInOrder ? ExitCodes.Passed : ExitCodes.Failed;
    }

    private static async Task<Stream> OpenAsync(ReplayRequest request, EvidenceService? service, CancellationToken cancellation)
    {
        if (service is null)
        {
            return EvidenceSession.Open(request.Seal);
        }

        return await service.OpenAsync(request.Seal, request.Scope, cancellation);
    }

    private static string Told(ReplayRequest request, Story story, EvidenceResult result)
    {
        var until = request.Until is { } moment ? story.Until(moment) : story;
        if (request.From is { } from)
        {
            var difference = new StoryDifference(story.Until(from), until);
            if (difference.Earlier.Events.Count > difference.Later.Events.Count)
            {
                throw new ReplayException(new("比较的两个时刻次序颠倒。", "The two moments are the wrong way round."));
            }

            return request.Json ? ReplayJson.Of(difference, result) : new ReplayAnswer(request.IsChinese).Of(difference, result);
        }

        var now = request.Until switch
        {
            null => result.Header!.MadeAt,
            { Time: { } time } => time,
            _ => until.Events is [.., var last] ? last.Recorded.RecordedAt : default,
        };
        return request.Json ? ReplayJson.Of(until, result) : new ReplayAnswer(request.IsChinese).Of(until, result, now);
    }
}
