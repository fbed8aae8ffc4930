using Seal.Ledger.Merkle;
using Seal.Ledger.Tiles;

namespace Seal.Ledger.Auditing;

/// <summary>Brings the entries of a bundle to their positions.</summary>
internal static class BundleSlots
{
    /// <summary>Takes a bundle apart.</summary>
    /// <param name="first">Position of its first entry.</param>
    /// <param name="width">How many entries it must have.</param>
    /// <param name="bundle">The bundle.</param>
    /// <returns>An entry for each position, and what cannot be read.</returns>
    public static (BundleSlot[] Slots, IReadOnlyList<Finding> Findings) Align(long first, int width, byte[] bundle)
    {
        var slots = new BundleSlot[width];
        var findings = new List<Finding>();
        var entries = Split(first, bundle, findings);
        var next = 0;
        foreach (var entry in entries)
        {
            LogEntry? facts = LogEntry.TryRead(entry.Span, out var read) ? read : null;
            // Where entries are missing, what stands behind the gap says how wide it is.
            if (entries.Count < width && read.Position > first + next && read.Position < first + width)
            {
                next = (int)(read.Position - first);
            }

            if (next == width)
            {
                findings.Add(new Finding(
                    FindingCode.EntryMalformed, first + width - 1,
                    $"The bundle from {first} on has more than {width} entries.", $"自第 {first} 条起的条目包超过 {width} 条。"));
                break;
            }

            slots[next++] = new BundleSlot(MerkleHash.Leaf(entry.Span), facts);
        }

        return (slots, findings);
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> Split(long first, byte[] bundle, List<Finding> findings)
    {
        try
        {
            return EntryBundle.Split(bundle);
        }
        catch (FormatException)
        {
            findings.Add(new Finding(FindingCode.EntryMalformed, first, $"The bundle from {first} on breaks off within an entry.", $"自第 {first} 条起的条目包不完整。"));
            return [];
        }
    }
}
