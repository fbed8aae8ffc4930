using Seal.Ledger;

namespace Seal.Service.Operation;

/// <summary>How the read replica serves.</summary>
/// <param name="IsRead">Whether reads go to it now.</param>
/// <param name="LagEvents">Events it lacked when it answered last; <c>null</c> if it never did.</param>
/// <param name="LagSeconds">For how long it has lacked some of them, or not answered; 0 if it has all.</param>
/// <param name="Detail">Why it is not read, and what is done instead; <c>null</c> while it is.</param>
public sealed record ReplicaHealth(bool IsRead, long? LagEvents, double LagSeconds, string? Detail)
{
    private const string Ending = "; reads go to the primary.";

    /// <summary>As the ledger has it; <c>null</c> without a replica.</summary>
    public static ReplicaHealth? Of(ReplicaStatus? status) => status is null
        ? null
        : new ReplicaHealth(status.Fault is null, status.LagEvents, status.Lag.TotalSeconds, status.Fault switch
        {
            null => null,
            ReplicaFault.Behind => "The replica has not replayed what is in the log, and is read again by itself when it has" + Ending,
            ReplicaFault.NoStandby => "The server of Ledger:ReplicaConnectionString is not in recovery and follows nothing; make it a standby again, or name another" + Ending,
            ReplicaFault.OtherCluster => "The server of Ledger:ReplicaConnectionString is not a replica of the ledger's; name one that is" + Ending,
            ReplicaFault.OtherDatabase => "Ledger:ReplicaConnectionString leads to another database than the ledger's; name the same" + Ending,
            ReplicaFault.OtherHistory => "The replica has events that the ledger does not have; make it anew from the primary" + Ending,
            _ => $"The replica does not answer ({status.Code}), and is tried again by itself" + Ending,
        });
}
