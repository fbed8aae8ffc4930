namespace Seal.Documents.Pdf;

/// <summary>
/// What one file may cost. Whatever is in a file, reading it stops at the first limit it passes, with
/// <see cref="PdfFormatException.Limit"/> naming it.
/// </summary>
public sealed record PdfLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static PdfLimits Default { get; } = new();

    /// <summary>Longest file in bytes.</summary>
    public long MaxFileBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Most cross-reference entries, over all revisions together.</summary>
    public int MaxObjects { get; init; } = 1_000_000;

    /// <summary>
    /// Most values (numbers, names, array elements and 16-byte pieces of strings) read from the file: bounds memory and time together.
    /// </summary>
    public long MaxValues { get; init; } = 8_000_000;

    /// <summary>Deepest nesting of arrays and dictionaries in one object.</summary>
    public int MaxNesting { get; init; } = 64;

    /// <summary>Most pages.</summary>
    public int MaxPages { get; init; } = 100_000;

    /// <summary>Most revisions (incremental updates) in one file.</summary>
    public int MaxRevisions { get; init; } = 2048;

    /// <summary>Most signatures in one file.</summary>
    public int MaxSignatures { get; init; } = 1000;

    /// <summary>Most places where one sealing may put a seal, slices counted singly.</summary>
    public int MaxPlacements { get; init; } = 10_000;

    /// <summary>Largest single stream after decompression, in bytes.</summary>
    public int MaxDecodedStreamBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>All streams after decompression together, in bytes.</summary>
    public long MaxDecodedBytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>Longest time to spend on one file.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(5);
}
