using System.Text.Json.Nodes;
using Seal.Cli.Ukey;
using Seal.Documents.Judging;
using Seal.Documents.Ofd;
using Seal.Documents.Pdf;
using static Seal.Cli.Ukey.TokenCare;

namespace Seal.Cli.Renewing;

/// <summary>Has the evidence in a document renewed: the service judges it, gathers what proves it, and stamps it.</summary>
internal static class Renewal
{
    public static async Task RenewAsync(ServiceChoice where, string file, string output, string? signing, CancellationToken cancellation)
    {
        await using var source = File.OpenRead(file);
        signing ??= await NamedInAsync(source, file, cancellation);
        using var service = await UkeyService.SignInAsync(where, cancellation);
        var isOfd = await FileJudge.IsPackageAsync(source, cancellation);
        source.Position = 0;
        Say($"Uploading {file} …");
        var document = await service.UploadAsync(source, isOfd ? "application/ofd" : "application/pdf", cancellation);
        var path = $"/api/signings/{Uri.EscapeDataString(signing)}";
        var done = await service.GiveAsync($"{path}/renew-evidence", new JsonObject { ["document"] = document }, cancellation);
        await UkeySigning.FetchAsync(service, $"{path}/renewed-document", output, cancellation);
        Say($"{output} is renewed: signing {signing}, position {done["position"]} in the ledger.");
    }

    private static async Task<string> NamedInAsync(Stream document, string file, CancellationToken cancellation)
    {
        NotedReceipts noted = new();
        try
        {
            _ = await FileJudge.JudgeAsync(document, new JudgeOptions { TrustAnchors = [], Register = noted }, cancellation);
        }
        catch (Exception unreadable) when (unreadable is PdfFormatException or OfdFormatException)
        {
            throw new UkeyException($"{file} could not be read: {unreadable.Message}", isRefused: false);
        }

        return noted.First?.SigningId
            ?? throw new UkeyException($"no signature that holds in {file} names its signing: say with --signing which it was.", isRefused: false);
    }

    /// <summary>Takes note of the receipt in the first signature whose value holds, and knows of no record.</summary>
    private sealed class NotedReceipts : ISealRegister
    {
        public SealReceipt? First { get; private set; }

        public ValueTask<RegisterFinding> FindAsync(SignatureFacts signature, CancellationToken cancellation)
        {
            First ??= signature.Receipt;
            return ValueTask.FromResult(RegisterFinding.NotRecorded);
        }
    }
}
