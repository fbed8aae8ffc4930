using System.Security.Cryptography;
using Seal.Cli.Verifying;
using Seal.Ledger;
using Seal.Ledger.Tiles;

namespace Seal.Cli.Auditing;

/// <summary>Writes a log to a folder.</summary>
internal static class LogExport
{
    public static Task<int> RunAsync(string from, string folder, IReadOnlyList<string> keys, string? token, bool chinese, CancellationToken cancellation) =>
        Sessions.RunAsync(() => ExportAsync(from, folder, keys, token, chinese, cancellation), chinese, cancellation);

    private static async Task<int> ExportAsync(string from, string folder, IReadOnlyList<string> given, string? token, bool chinese, CancellationToken cancellation)
    {
        var keys = AuditInputs.Keys(given);
        using var client = AuditInputs.Client(from, token);
        await using var source = AuditInputs.Open(from, client);
        try
        {
            if (keys.Count > 0)
            {
                SignedNote.Parse(await source.CheckpointAsync(cancellation) ?? throw new FormatException("The log has no checkpoint.")).Verify(keys);
            }

            var checkpoint = await AuditProgressBar.DuringAsync(
                chinese ? "导出" : "export", progress => new TileExport(source).ExportAsync(Path.GetFullPath(folder), progress, cancellation));
            await Console.Out.WriteLineAsync(chinese
                ? $"{folder} 现有账本的前 {checkpoint.Head.Size} 条；请用 seal audit 检查。"
                : $"{folder} has the first {checkpoint.Head.Size} entries of the log; check them with seal audit.");
            return ExitCodes.Passed;
        }
        catch (Exception e) when (e is LedgerCorruptException or FormatException or CryptographicException)
        {
            await Console.Error.WriteLineAsync("seal: " + PlainText.Of(e.Message));
            return ExitCodes.Failed;
        }
    }
}
