using Seal.Cryptography.Vault;
using Seal.Ledger;

namespace Seal.Service.Operation;

/// <summary>What must be there for requests to be served.</summary>
public sealed class ReadyChecks(ISecretWrapper token)
{
    private static readonly byte[] Probe = [0x53, 0x65, 0x61, 0x6c];

    /// <summary>What is missing, one sentence each; empty when all is well.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(EventLedger ledger, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        List<string> missing = [];
        try
        {
            await ledger.SizeAsync(cancellation);
        }
        catch (LedgerUnavailableException)
        {
            missing.Add("The ledger's PostgreSQL does not answer; it is tried again by itself.");
        }

        try
        {
            token.Unwrap(token.Wrap(Probe));
        }
        catch (Exception failed) when (failed is Tokens.TokenException or System.Security.Cryptography.CryptographicException)
        {
            missing.Add("The token does not answer; put it back or check its PIN file.");
        }

        return missing;
    }
}
