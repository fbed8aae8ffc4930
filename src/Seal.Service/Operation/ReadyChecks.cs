using Seal.Cryptography.Vault;
using Seal.Ledger;

namespace Seal.Service.Operation;

/// <summary>What must be there for requests to be served.</summary>
public sealed class ReadyChecks(ISecretWrapper token)
{
    private static readonly byte[] Probe = [0x53, 0x65, 0x61, 0x6c];

    /// <summary>Which background readers stand still, one sentence each. Requests are served all the same.</summary>
    public static IReadOnlyList<string> StandingStill(EventLedger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return [.. ledger.Readers.Latest.Where(state => state.Fault is not null).Select(state => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"The reader {state.Name} stands still at position {state.Fault!.Position} ({state.Fault.Code}, {state.Fault.Attempts} tries since {state.Fault.Since:yyyy-MM-ddTHH:mm:ssZ}), {state.LagEvents} events behind; it goes on by itself when the cause is mended."))];
    }

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
