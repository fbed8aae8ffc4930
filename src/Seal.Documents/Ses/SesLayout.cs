namespace Seal.Documents.Ses;

/// <summary>The two families of layouts of seal data; they also differ in what the maker signs.</summary>
public enum SesLayout
{
    /// <summary>GM/T 0031-2014 (header version 1; 2 and 3 occur): the maker signs SealInfo, certificate and algorithm.</summary>
    Gmt0031,

    /// <summary>GB/T 38540-2020 (header version 4) and GM/T 0031-2025 (5): the maker signs SES_SealInfo alone.</summary>
    Gbt38540,
}

/// <summary>What a reader accepts. The bounds are far above honest files.</summary>
public sealed record SesReadOptions
{
    /// <summary>The default.</summary>
    public static SesReadOptions Default { get; } = new();

    /// <summary>Longest structure read, in bytes; most of it is the picture.</summary>
    public int MaximumBytes { get; init; } = 16 << 20;

    /// <summary>Most entries in a list of certificates or extensions.</summary>
    public int MaximumEntries { get; init; } = 256;

    /// <summary>
    /// Whether header version 5 (GM/T 0031-2025) is read. Its text could not be consulted; the layout follows the one
    /// public implementation, so a strict host may switch it off. Version 5 is never written.
    /// </summary>
    public bool AcceptVersion5 { get; init; } = true;
}
