namespace Seal.Ledger.Receipts;

/// <summary>What is wrong with a receipt.</summary>
public enum ReceiptFlaw
{
    /// <summary>It is no receipt, or too large for one.</summary>
    Malformed,

    /// <summary>It breaks off.</summary>
    Truncated,

    /// <summary>It is of a format that this version does not know.</summary>
    FormatUnknown,

    /// <summary>It is of another log than the keys.</summary>
    OtherLog,

    /// <summary>The checkpoint is not signed by the keys, or its signature is wrong.</summary>
    CheckpointForged,

    /// <summary>Fewer witnesses than are wanted cosigned the checkpoint.</summary>
    NotWitnessed,

    /// <summary>An event or its proof is not what the checkpoint covers.</summary>
    EventAltered,

    /// <summary>A file in it is not the one that the events name.</summary>
    MaterialAltered,

    /// <summary>Its events do not tell what it is about.</summary>
    Incomplete,
}

/// <summary>A receipt that proves nothing.</summary>
/// <param name="flaw">What is wrong.</param>
/// <param name="message">What is wrong, in words.</param>
/// <param name="inner">What it was found out by.</param>
public sealed class ReceiptException(ReceiptFlaw flaw, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What is wrong.</summary>
    public ReceiptFlaw Flaw { get; } = flaw;
}
