using Seal.Cli.Auditing;
using Seal.Ledger.Auditing;

namespace Seal.Cli.Evidence;

/// <summary>What is asked of <c>seal export</c>.</summary>
/// <param name="Subject">A seal's number, or an organisation's credit code.</param>
/// <param name="Out">The file.</param>
/// <param name="Scope">How much.</param>
/// <param name="Service">The service's address.</param>
/// <param name="Token">The bearer token.</param>
/// <param name="Keys">Keys or files of them.</param>
/// <param name="Json">Whether a machine reads the answer.</param>
/// <param name="IsChinese">Whether sentences are Chinese.</param>
internal sealed record ExportRequest(string Subject, string Out, string Scope, string? Service, string? Token, IReadOnlyList<string> Keys, bool Json, bool IsChinese);

/// <summary>Fetches evidence into a file and checks it.</summary>
internal static class ExportSession
{
    public static Task<int> RunAsync(ExportRequest request, CancellationToken cancellation) => Sessions.RunAsync(
        async () =>
        {
            var options = new AuditOptions { Keys = AuditInputs.Keys(request.Keys) };
            await FetchAsync(request, cancellation);
            return await EvidenceSession.CheckAsync(request.Out, options, [], request.Json, request.IsChinese, cancellation);
        },
        request.IsChinese, cancellation);

    private static async Task FetchAsync(ExportRequest request, CancellationToken cancellation)
    {
        using var service = new EvidenceService(request.Service, request.Token, request.IsChinese ? "zh" : "en");
        await using var evidence = await service.OpenAsync(request.Subject, request.Scope, cancellation);

        // A file of that name is there whole or not at all.
        var unfinished = request.Out + ".new";
        try
        {
            await using (var file = File.Create(unfinished))
            {
                await evidence.CopyToAsync(file, cancellation);
            }

            File.Move(unfinished, request.Out, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
