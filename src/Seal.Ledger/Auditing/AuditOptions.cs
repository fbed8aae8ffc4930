namespace Seal.Ledger.Auditing;

/// <summary>What an audit goes by.</summary>
public sealed record AuditOptions
{
    /// <summary>The log's keys, from a place the operator has no hand in. With none, signatures are not checked, and the result says so.</summary>
    public IReadOnlyCollection<INoteVerifier> Keys { get; init; } = [];

    /// <summary>Checkpoints that the auditor kept: the log must continue each of them.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];

    /// <summary>The keys of witnesses, from a place the operator has no hand in; with none, nobody asks for witnesses.</summary>
    public IReadOnlyCollection<INoteVerifier> Witnesses { get; init; } = [];

    /// <summary>How many of them must have cosigned one and the same checkpoint.</summary>
    public int WitnessesNeeded { get; init; } = 1;

    /// <summary>
    /// Where an audit keeps, from time to time, where it is, to go on from there after it was broken off or killed; null if
    /// it need not. Beside it lie files with the same name and <c>.streams</c>. All are gone once the audit is done.
    /// </summary>
    public string? StateFile { get; init; }

    /// <summary>The most findings that are told one by one; the others are counted.</summary>
    public int MaximumFindings { get; init; } = 100;

    /// <summary>How many bundles are read ahead.</summary>
    public int ReadAhead { get; init; } = 8;
}

/// <summary>How far an audit is.</summary>
/// <param name="Done">Entries checked, those of an earlier run included.</param>
/// <param name="Total">Entries to check.</param>
public readonly record struct AuditProgress(long Done, long Total);

/// <summary>What an audit found.</summary>
/// <param name="Origin">The log's name; empty if it has no checkpoint.</param>
/// <param name="Signed">Entries under the newest checkpoint.</param>
/// <param name="Entries">Entries checked.</param>
/// <param name="Streams">Streams among them.</param>
/// <param name="Checkpoints">Checkpoints whose root was compared with the entries.</param>
/// <param name="SignaturesChecked">Whether keys were given.</param>
/// <param name="Root">Root over the checked entries, 32 bytes.</param>
/// <param name="Checkpoint">The newest checkpoint, to be kept for the next audit; null if there is none.</param>
/// <param name="Findings">What is wrong, the first bad position first.</param>
/// <param name="FindingCount">How many findings there are, those not told included.</param>
public sealed record AuditResult(
    string Origin,
    long Signed,
    long Entries,
    long Streams,
    long Checkpoints,
    bool SignaturesChecked,
    ReadOnlyMemory<byte> Root,
    string? Checkpoint,
    IReadOnlyList<Finding> Findings,
    long FindingCount)
{
    /// <summary>What witnesses said; null if the auditor named none.</summary>
    public AuditTestimony? Testimony { get; init; }

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsInOrder => FindingCount == 0;
}
