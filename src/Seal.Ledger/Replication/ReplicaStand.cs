namespace Seal.Ledger.Replication;

/// <summary>How far a replica has replayed.</summary>
/// <param name="Head">The log's head as it has it.</param>
/// <param name="InRecovery">Whether it still follows a primary.</param>
/// <param name="HasSchema">Whether it has replayed the schema and the projections that this process found or made when it started.</param>
internal sealed record ReplicaStand(LogHead Head, bool InRecovery, bool HasSchema)
{
    /// <summary>It has not replayed the making of the ledger.</summary>
    public static ReplicaStand BeforeTheLedger { get; } = new(new LogHead(0, []), InRecovery: true, HasSchema: false);

    /// <summary>Why a read that came when the log's head was this cannot be answered here; null if it can.</summary>
    public ReplicaFault? FaultAgainst(LogHead asked) => this switch
    {
        { InRecovery: false } => ReplicaFault.NoStandby,
        { HasSchema: false } => ReplicaFault.Behind,
        _ when Head.Size < asked.Size => ReplicaFault.Behind,
        _ when Head.Size == asked.Size && !Head.Root.AsSpan().SequenceEqual(asked.Root) => ReplicaFault.OtherHistory,
        _ => null,
    };
}
