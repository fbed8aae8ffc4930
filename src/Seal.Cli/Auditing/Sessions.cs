using System.Security.Cryptography;
using Npgsql;
using Seal.Cli.Verifying;
using Seal.Ledger.Auditing;

namespace Seal.Cli.Auditing;

/// <summary>Runs what an auditor asks for; what keeps it from being done is told in one sentence.</summary>
internal static class Sessions
{
    /// <summary>Runs it.</summary>
    /// <returns>The exit code: that of the session, or 3 if it could not be done.</returns>
    public static async Task<int> RunAsync(Func<Task<int>> session, bool chinese, CancellationToken cancellation)
    {
        try
        {
            return await session();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return await StopAsync(chinese ? "已中断。" : "Broken off.");
        }
        catch (Replaying.ReplayException e)
        {
            return await StopAsync(e.Why.In(chinese));
        }
        catch (Exception e) when (e is AuditRequestException or SourceUnreadableException or HttpRequestException or IOException or UnauthorizedAccessException
            or CryptographicException or NpgsqlException or UnusableFileException)
        {
            return await StopAsync(e.Message);
        }
    }

    private static async Task<int> StopAsync(string why)
    {
        await Console.Error.WriteLineAsync("seal: " + PlainText.Of(why));
        return ExitCodes.Unreadable;
    }
}
