namespace Seal.Ledger.Auditing;

/// <summary>One thing that is wrong with a log.</summary>
/// <param name="Code">Stable kind, one of <see cref="FindingCode"/>.</param>
/// <param name="Position">The first position at which it is wrong; null if it is not about entries.</param>
/// <param name="En">What is wrong, in English.</param>
/// <param name="Zh">What is wrong, in Chinese.</param>
public sealed record Finding(string Code, long? Position, string En, string Zh);

/// <summary>The kinds of findings; public API.</summary>
public static class FindingCode
{
    /// <summary>Entries are not there.</summary>
    public const string EntryMissing = "entry-missing";

    /// <summary>An entry is not what was hashed into the tree.</summary>
    public const string EntryChanged = "entry-changed";

    /// <summary>An entry says it stands at another position.</summary>
    public const string EntryOutOfPlace = "entry-out-of-place";

    /// <summary>An entry or bundle cannot be read.</summary>
    public const string EntryMalformed = "entry-malformed";

    /// <summary>An entry was recorded before the one in front of it.</summary>
    public const string TimeWentBack = "time-went-back";

    /// <summary>A version of a stream does not follow the one before.</summary>
    public const string VersionGap = "version-gap";

    /// <summary>A hash tile does not hold the hashes of the entries.</summary>
    public const string TileChanged = "tile-changed";

    /// <summary>A hash tile is not there.</summary>
    public const string TileMissing = "tile-missing";

    /// <summary>The entries do not have the root that a checkpoint says.</summary>
    public const string RootMismatch = "root-mismatch";

    /// <summary>The entries do not have the root of a checkpoint that the auditor kept.</summary>
    public const string Rewritten = "log-rewritten";

    /// <summary>The log is shorter than a checkpoint that the auditor kept.</summary>
    public const string Shrunk = "log-shrunk";

    /// <summary>A checkpoint is not signed by the log.</summary>
    public const string CheckpointForged = "checkpoint-forged";

    /// <summary>A checkpoint cannot be read.</summary>
    public const string CheckpointMalformed = "checkpoint-malformed";

    /// <summary>The log has no checkpoint.</summary>
    public const string CheckpointMissing = "checkpoint-missing";

    /// <summary>The checkpoint is of another log.</summary>
    public const string OtherLog = "other-log";

    /// <summary>Too few witnesses cosigned any checkpoint.</summary>
    public const string NotWitnessed = "not-witnessed";

    /// <summary>A cosignature bears a witness's name and is not that witness's.</summary>
    public const string CosignatureForged = "cosignature-forged";

    /// <summary>A table beside the events contradicts them.</summary>
    public const string TableContradicts = "table-contradicts";

    /// <summary>A row of a projection is not what its events give, is missing, or has no events.</summary>
    public const string ProjectionDiffers = "projection-differs";

    /// <summary>A line of an evidence file is no record of the format, or stands where it cannot.</summary>
    public const string EvidenceMalformed = "evidence-malformed";

    /// <summary>An event in an evidence file is not proven: it, or its proof, is not that of the checkpoint.</summary>
    public const string NotProven = "event-not-proven";

    /// <summary>An evidence file lacks an event of a stream.</summary>
    public const string EventMissing = "event-missing";

    /// <summary>An evidence file lacks what it says it holds: it was cut, or something was taken out of it.</summary>
    public const string EvidenceIncomplete = "evidence-incomplete";

    /// <summary>The log did not sign the evidence file as it is.</summary>
    public const string StatementForged = "statement-forged";

    /// <summary>A material of an evidence file does not have its digest.</summary>
    public const string MaterialChanged = "material-changed";

    /// <summary>A material that an event names is not in the evidence file.</summary>
    public const string MaterialMissing = "material-missing";

    /// <summary>The words in an evidence file are not those that the event commits to.</summary>
    public const string WordsChanged = "words-changed";

    /// <summary>A certificate's chain does not hold.</summary>
    public const string ChainBroken = "certificate-chain";

    /// <summary>A revocation list does not say what the ledger says.</summary>
    public const string RevocationDiffers = "revocation-differs";
}
