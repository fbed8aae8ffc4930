using Seal.Ledger.Auditing;

namespace Seal.Ledger.Evidence;

/// <summary>What the check of an evidence file found.</summary>
/// <param name="Header">Its first line; null if that is none.</param>
/// <param name="Origin">The log's name; empty if the checkpoint cannot be read.</param>
/// <param name="Size">Size of the tree of the checkpoint.</param>
/// <param name="Streams">Streams read.</param>
/// <param name="Events">Events read.</param>
/// <param name="Proven">Events whose proof leads to the checkpoint's root.</param>
/// <param name="Materials">Materials read.</param>
/// <param name="SignaturesChecked">Whether keys were given.</param>
/// <param name="Cosignatures">Signatures on the checkpoint by other keys than those given.</param>
/// <param name="Version">The last version of the stream that it is about; 0 if that is not there.</param>
/// <param name="Findings">What is wrong, in the order of the file.</param>
/// <param name="FindingCount">How many findings there are, those not told included.</param>
public sealed record EvidenceResult(
    EvidenceHeader? Header,
    string Origin,
    long Size,
    long Streams,
    long Events,
    long Proven,
    long Materials,
    bool SignaturesChecked,
    int Cosignatures,
    long Version,
    IReadOnlyList<Finding> Findings,
    long FindingCount)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsInOrder => FindingCount == 0;
}
