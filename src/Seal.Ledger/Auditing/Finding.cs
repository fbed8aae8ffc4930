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

    /// <summary>A table beside the events contradicts them.</summary>
    public const string TableContradicts = "table-contradicts";
}
