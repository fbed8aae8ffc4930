using Seal.Cli.Auditing;
using Seal.Cli.Verifying;
using Seal.Cryptography.Certificates;
using Seal.Ledger.Auditing;
using Seal.Ledger.Evidence;

namespace Seal.Cli.Evidence;

/// <summary>Checks evidence files.</summary>
internal static class EvidenceSession
{
    /// <summary>Checks a file and tells what was found.</summary>
    /// <returns>0 in order, 1 not in order.</returns>
    /// <exception cref="AuditRequestException">The file cannot be read.</exception>
    public static async Task<int> CheckAsync(string file, AuditOptions options, IReadOnlyList<Certificate> trusted, bool json, bool chinese, CancellationToken cancellation)
    {
        var certificates = new CertificateChecks(trusted);
        var belonging = new BelongingChecks(certificates);
        await using var content = Open(file);
        var result = await EvidenceAudit.RunAsync(content, options, belonging, cancellation);
        await Console.Out.WriteLineAsync(json
            ? EvidenceAnswer.Json(result, belonging, certificates)
            : EvidenceAnswer.Words(result, belonging, certificates, trusted.Count > 0, chinese));
        return result.IsInOrder ? ExitCodes.Passed : ExitCodes.Failed;
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="AuditRequestException">It cannot be read.</exception>
    public static FileStream Open(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AuditRequestException($"{file} cannot be read: {e.Message}");
        }
    }
}
