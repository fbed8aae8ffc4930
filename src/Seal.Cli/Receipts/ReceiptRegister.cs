using Seal.Cryptography.Certificates;
using Seal.Documents.Judging;

namespace Seal.Cli.Receipts;

/// <summary>Answers from receipts in the place of a ledger.</summary>
/// <param name="receipts">Those that could be read and are proven.</param>
/// <param name="broken">What is wrong with one that lay beside the document; null when nothing is.</param>
internal sealed class ReceiptRegister(IReadOnlyList<SealedReceipt> receipts, Reason? broken) : ISealRegister
{
    /// <summary>The authorities' certificates that came with the receipts; none is trusted by itself.</summary>
    public IReadOnlyList<Certificate> Intermediates { get; } = [.. receipts.SelectMany(receipt => receipt.Intermediates).Distinct()];

    /// <inheritdoc/>
    public ValueTask<RegisterFinding> FindAsync(SignatureFacts signature, CancellationToken cancellation) => ValueTask.FromResult(
        receipts.FirstOrDefault(receipt => receipt.IsOf(signature)) is { } own
            ? own.Tell(signature)
            : RegisterFinding.NotRecorded with { Reasons = [broken ?? ReceiptProblems.Foreign] });
}
