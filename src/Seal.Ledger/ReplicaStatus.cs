namespace Seal.Ledger;

/// <summary>How a replica serves the reads that may go to it.</summary>
/// <param name="Served">Reads it answered.</param>
/// <param name="Behind">Reads it could not answer, because it had not replayed what was in the log when they came.</param>
/// <param name="Failed">Reads it began and failed: it went away, or refused.</param>
/// <param name="LagEvents">Events it lacked when it answered last; null if it never did.</param>
/// <param name="Lag">For how long it has lacked some of them, or not answered; zero if it has all.</param>
/// <param name="Fault">Why it is not read now; null while it is.</param>
/// <param name="Code">An SQLSTATE or the name of an exception, with <see cref="ReplicaFault.Away"/>.</param>
public sealed record ReplicaStatus(long Served, long Behind, long Failed, long? LagEvents, TimeSpan Lag, ReplicaFault? Fault, string? Code);

/// <summary>Why a replica is not read. It is looked at all the time, and read again as soon as the cause is gone.</summary>
public enum ReplicaFault
{
    /// <summary>It does not answer, or answers with an error.</summary>
    Away,

    /// <summary>For more than a moment it has not replayed what is in the log.</summary>
    Behind,

    /// <summary>The server is not in recovery: the primary itself, or a replica that was promoted and goes its own way.</summary>
    NoStandby,

    /// <summary>The server's system identifier is not the primary's: it is no copy of it.</summary>
    OtherCluster,

    /// <summary>The server is a replica of the primary, but the connection leads to another database in it than the ledger's.</summary>
    OtherDatabase,

    /// <summary>It has events that the log does not have, as when the primary was set back to a backup and the replica was not made anew.</summary>
    OtherHistory,
}
