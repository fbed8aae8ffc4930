namespace Seal.Documents.Ofd;

/// <summary>
/// What one file may cost. Whatever is in a file, reading it stops at the first limit it passes, with
/// <see cref="OfdFormatException.Limit"/> naming it.
/// </summary>
public sealed record OfdLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static OfdLimits Default { get; } = new();

    /// <summary>Longest file in bytes.</summary>
    public long MaxFileBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Most entries in the package.</summary>
    public int MaxEntries { get; init; } = 20_000;

    /// <summary>Largest entry after decompression, in bytes.</summary>
    public long MaxEntryBytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>Everything that is decompressed for one file together, in bytes; what is read twice counts twice.</summary>
    public long MaxDecodedBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Largest ratio of decompressed to compressed size, for entries above <see cref="FreeRatioBytes"/>; honest files stay below 30.</summary>
    public int MaxRatio { get; init; } = 200;

    /// <summary>Up to this size, in bytes, an entry may be compressed as well as it can be.</summary>
    public long FreeRatioBytes { get; init; } = 1024 * 1024;

    /// <summary>Largest XML file that is parsed, in bytes.</summary>
    public int MaxXmlBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Deepest nesting of XML elements.</summary>
    public int MaxXmlDepth { get; init; } = 128;

    /// <summary>Most XML elements and attributes in one file, and in all parsed files together ten times as many.</summary>
    public int MaxXmlNodes { get; init; } = 1_000_000;

    /// <summary>Most pages.</summary>
    public int MaxPages { get; init; } = 100_000;

    /// <summary>Most characters whose places are worked out in one search for a text.</summary>
    public int MaxCharacters { get; init; } = 1_000_000;

    /// <summary>Most signatures in one file.</summary>
    public int MaxSignatures { get; init; } = 100;

    /// <summary>Longest seal data or signature value read, in bytes; most of it is the seal's picture.</summary>
    public int MaxSignatureBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Longest time to spend on one file.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(5);
}
