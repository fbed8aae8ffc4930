using Seal.Cli.Auditing;
using Seal.Cli.Evidence;
using Seal.Cli.Verifying;
using Seal.Ledger.Receipts;

namespace Seal.Cli.Receipts;

/// <summary>What is asked of <c>seal receipt</c>.</summary>
/// <param name="Signing">The signing.</param>
/// <param name="Out">The file.</param>
/// <param name="Service">The service's address.</param>
/// <param name="Token">The bearer token.</param>
/// <param name="Keys">Keys of the log, or files of them.</param>
/// <param name="IsChinese">Whether sentences are Chinese.</param>
internal sealed record ReceiptFetch(string Signing, string Out, string? Service, string? Token, IReadOnlyList<string> Keys, bool IsChinese);

/// <summary>Fetches a receipt into a file and checks it.</summary>
internal static class ReceiptSession
{
    public static Task<int> RunAsync(ReceiptFetch request, CancellationToken cancellation) => Sessions.RunAsync(
        async () =>
        {
            ReceiptTrust trust = new(AuditInputs.Keys(request.Keys), [], 1);
            using var service = new EvidenceService(request.Service, request.Token, request.IsChinese ? "zh" : "en");
            await using var answer = await service.OpenPathAsync($"/api/signings/{Uri.EscapeDataString(request.Signing)}/receipt", cancellation);
            using MemoryStream file = new();
            await answer.CopyToAsync(file, cancellation);
            try
            {
                _ = SealedReceipt.Read(file.ToArray(), trust);
            }
            catch (ReceiptException flawed)
            {
                var why = ReceiptProblems.Of(flawed.Flaw);
                await Console.Error.WriteLineAsync($"seal: {(request.IsChinese ? why.Zh : why.En)} ({why.Code})");
                return ExitCodes.Failed;
            }

            // A file of that name is there whole or not at all.
            var unfinished = request.Out + ".new";
            await File.WriteAllBytesAsync(unfinished, file.ToArray(), cancellation);
            File.Move(unfinished, request.Out, overwrite: true);
            await Console.Out.WriteLineAsync(Told(request, trust.Keys.Count > 0));
            return ExitCodes.Passed;
        },
        request.IsChinese, cancellation);

    private static string Told(ReceiptFetch request, bool isChecked) => (request.IsChinese, isChecked) switch
    {
        (true, true) => $"{request.Out}：收据完好。",
        (true, false) => $"{request.Out}：收据完好，但未用 --key 核验账本签名。",
        (false, true) => $"{request.Out}: the receipt is in order.",
        _ => $"{request.Out}: the receipt is in order; its signature was not checked, for no --key was given.",
    };
}
