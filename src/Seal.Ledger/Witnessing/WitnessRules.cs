namespace Seal.Ledger.Witnessing;

/// <summary>When a witness may cosign a checkpoint that its log signed (C2SP tlog-witness, "add-checkpoint").</summary>
internal static class WitnessRules
{
    /// <summary>Says what speaks against cosigning.</summary>
    /// <param name="last">The tree that was cosigned last; the empty one if there was none.</param>
    /// <param name="request">What the log asks.</param>
    /// <param name="head">The tree that it wants cosigned.</param>
    /// <returns>The refusal; null if nothing does.</returns>
    public static WitnessAnswer? Refuse(TreeHead last, AddCheckpoint request, TreeHead head)
    {
        if (request.OldSize > head.Size)
        {
            return WitnessAnswer.Malformed("The old size is larger than that of the checkpoint: a log does not shrink.");
        }

        if (request.OldSize != last.Size)
        {
            return WitnessAnswer.OtherSize(last.Size);
        }

        if (head.Size == last.Size && head != last)
        {
            return WitnessAnswer.OtherRoot(last.Size);
        }

        return new ConsistencyProof(last.Size, head.Size, request.Proof).Proves(last, head)
            ? null
            : WitnessAnswer.Inconsistent(last.Size, head.Size);
    }
}
