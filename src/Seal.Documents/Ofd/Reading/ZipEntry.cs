namespace Seal.Documents.Ofd;

/// <summary>One entry of a zip package as the central directory has it (APPNOTE 4.3.12).</summary>
internal sealed record ZipEntry
{
    public const int Stored = 0;
    public const int Deflated = 8;

    private const int UnixHost = 3;
    private const uint UnixTypeMask = 0xF000;
    private const uint UnixLink = 0xA000;

    /// <summary>The record itself, so that it can be written again bit for bit.</summary>
    public required ReadOnlyMemory<byte> Record { get; init; }

    /// <summary>The name as encoded.</summary>
    public required ReadOnlyMemory<byte> RawName { get; init; }

    /// <summary>The extra fields as encoded.</summary>
    public required ReadOnlyMemory<byte> Extra { get; init; }

    /// <summary>The name as text: a path from the root of the package, without a slash before it.</summary>
    public required string Name { get; init; }

    public required int VersionMadeBy { get; init; }

    public required int Flags { get; init; }

    public required int Method { get; init; }

    public required uint Crc { get; init; }

    public required long CompressedSize { get; init; }

    public required long Size { get; init; }

    public required uint ExternalAttributes { get; init; }

    public required long LocalOffset { get; init; }

    /// <summary>Where the entry's data begin; -1 when its local header cannot be read.</summary>
    public long DataStart { get; init; } = -1;

    /// <summary>The first byte behind the entry, its data descriptor included.</summary>
    public long End { get; init; }

    public bool IsDirectory => Name.EndsWith('/');

    public bool IsEncrypted => (Flags & 0x2041) != 0 || Method == 99; // bits 0, 6 and 13; 99 is AES (APPNOTE 4.4.4, appendix E)

    public bool HasDescriptor => (Flags & 0x8) != 0;

    /// <summary>Two entries are the same only as themselves: what they say of themselves proves nothing.</summary>
    public bool Equals(ZipEntry? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    public bool IsLink => VersionMadeBy >> 8 == UnixHost && ((ExternalAttributes >> 16) & UnixTypeMask) == UnixLink;
}

/// <summary>Something about a package by which readers could be led to different documents, or that has no place in one.</summary>
/// <param name="Code">A reason code.</param>
/// <param name="What">What exactly, for the evidence.</param>
internal sealed record PackageDefect(string Code, string What);
