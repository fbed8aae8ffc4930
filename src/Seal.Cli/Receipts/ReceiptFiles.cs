using Seal.Cli.Auditing;
using Seal.Cli.Verifying;
using Seal.Ledger.Receipts;

namespace Seal.Cli.Receipts;

/// <summary>Which receipts to go by, and whom to believe them from.</summary>
/// <param name="Files">Receipts named by the user.</param>
/// <param name="Keys">Keys of the log, or files of them.</param>
/// <param name="Witnesses">Keys of witnesses, or files of them.</param>
/// <param name="WitnessesNeeded">How many must have cosigned; all when absent.</param>
internal sealed record ReceiptRequest(IReadOnlyList<string> Files, IReadOnlyList<string> Keys, IReadOnlyList<string> Witnesses, int? WitnessesNeeded);

/// <summary>The receipts at hand: those named, or for each document the one that lies beside it.</summary>
internal sealed class ReceiptFiles
{
    /// <summary>What a receipt beside a document has after the document's name.</summary>
    public const string Ending = ".receipt";

    private readonly ReceiptTrust _trust;
    private readonly IReadOnlyList<SealedReceipt> _named;

    private ReceiptFiles(ReceiptTrust trust, IReadOnlyList<SealedReceipt> named) => (_trust, _named) = (trust, named);

    /// <summary>Reads the receipts that were named.</summary>
    /// <exception cref="UnusableFileException">One of them proves nothing.</exception>
    /// <exception cref="AuditRequestException">A key is none.</exception>
    public static ReceiptFiles Read(ReceiptRequest request)
    {
        var witnesses = AuditInputs.Witnesses(request.Witnesses);
        ReceiptTrust trust = new(AuditInputs.Keys(request.Keys), witnesses, AuditInputs.Needed(request.WitnessesNeeded, witnesses.Count));
        return new ReceiptFiles(trust, [.. request.Files.Select(file => Read(file, trust, isNamed: true))]);
    }

    /// <summary>The register for a document; null when there is no receipt for it.</summary>
    public ReceiptRegister? For(string document)
    {
        if (_named.Count > 0)
        {
            return new ReceiptRegister(_named, null);
        }

        var beside = document + Ending;
        if (!File.Exists(beside))
        {
            return null;
        }

        try
        {
            return new ReceiptRegister([Read(beside, _trust, isNamed: false)], null);
        }
        catch (UnusableFileException unusable)
        {
            // Whoever can write beside a document must not be able to keep it from being judged.
            return new ReceiptRegister([], unusable.Problem);
        }
    }

    private static SealedReceipt Read(string file, ReceiptTrust trust, bool isNamed)
    {
        try
        {
            var length = new FileInfo(File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file).Length;
            if (length > LogReceipt.LargestFile)
            {
                throw new UnusableFileException(file, ReceiptProblems.Of(ReceiptFlaw.Malformed));
            }

            // A pipe or a device is of no length either: one that merely lies beside a document is not waited for.
            if (length == 0 && !isNamed)
            {
                throw new UnusableFileException(file, ReceiptProblems.Of(ReceiptFlaw.Truncated));
            }

            return SealedReceipt.Read(File.ReadAllBytes(file), trust);
        }
        catch (ReceiptException flawed)
        {
            throw new UnusableFileException(file, ReceiptProblems.Of(flawed.Flaw));
        }
        catch (Exception unreadable) when (FileProblems.CodeOf(unreadable, file) is { } code)
        {
            throw new UnusableFileException(file, FileProblems.Of(code));
        }
    }
}
