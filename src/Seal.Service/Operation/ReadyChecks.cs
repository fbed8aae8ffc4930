using System.Globalization;
using Seal.Cryptography.Vault;
using Seal.Ledger;

namespace Seal.Service.Operation;

/// <summary>What must be there for requests to be served.</summary>
public sealed class ReadyChecks(ISecretWrapper token)
{
    private static readonly byte[] Probe = [0x53, 0x65, 0x61, 0x6c];
    private bool _isDoubted;

    /// <summary>A request was refused because the database could not keep something: the next check finds out whether it can.</summary>
    public void Doubt() => Volatile.Write(ref _isDoubted, true);

    /// <summary>Which background readers stand still, one sentence each. Requests are served all the same.</summary>
    public static IReadOnlyList<string> StandingStill(EventLedger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return [.. ledger.Readers.Latest.Where(state => state.Fault is not null).Select(state => string.Create(
            CultureInfo.InvariantCulture,
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

            // What kept the last append from being made may be over, and while nobody is sent here nobody would find out.
            if (Interlocked.Exchange(ref _isDoubted, false) || ledger.Impediment is not null)
            {
                await ledger.RehearseAsync(cancellation);
            }
        }
        catch (LedgerException impediment)
        {
            missing.Add(SentenceOf(impediment));
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

    private static string SentenceOf(LedgerException impediment) => impediment switch
    {
        LedgerDiskFullException => "The disk of the ledger's PostgreSQL is full; make room on it, and the service goes on by itself.",
        ClockJumpException jump => string.Create(
            CultureInfo.InvariantCulture,
            $"The clock says {jump.Clock:yyyy-MM-ddTHH:mm:ssZ}, but {jump.Witness} makes nothing after {jump.Plausible:yyyy-MM-ddTHH:mm:ssZ} plausible; set the clock that is wrong right, and the service goes on by itself. If both are right, restart it."),
        LedgerConfigurationException other => other.Message,
        LedgerCorruptException => "The ledger's tables contradict each other; nothing is appended to them. Run seal audit.",
        _ => "The ledger's PostgreSQL does not answer; it is tried again by itself.",
    };
}
