using System.Buffers;
using System.IO.Compression;
using System.Xml;

namespace Seal.Documents.Ofd;

/// <summary>
/// The zip package of an OFD, read only through its central directory and never extracted. What is wrong with it as a
/// package but can still be read is collected in <see cref="Defects"/>; what cannot be read is refused.
/// </summary>
internal sealed class OfdPackage
{
    /// <summary>Up to this size, in bytes, an entry read whole is kept: its XML is looked at several times, and hashed.</summary>
    public const int LargestKept = 64 * 1024;

    private const int Piece = 64 * 1024;
    private const int MostRemarks = 1000;
    private const int MostKept = 4 * 1024 * 1024;

    private readonly ZipBytes _bytes;
    private readonly Dictionary<string, ZipEntry> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ZipEntry> _folded = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<ZipEntry, byte[]> _kept = [];
    private readonly List<PackageDefect> _defects = [];
    private readonly SortedSet<string> _notes = new(StringComparer.Ordinal);

    private int _keptBytes;

    private OfdPackage(ZipBytes bytes, OfdBudget budget)
    {
        _bytes = bytes;
        Budget = budget;
        Directory = ZipDirectory.Read(bytes, budget.Limits);
        (Entries, var defects) = ZipLayout.Read(bytes, Directory);
        _defects.AddRange(defects);
        foreach (var entry in Entries)
        {
            Admit(entry);
        }
    }

    public OfdBudget Budget { get; }

    /// <summary>The XML of entries that are kept, taken apart.</summary>
    public Dictionary<ZipEntry, OfdParsed> Parsed { get; } = [];

    /// <summary>The names that occur in the XML of this package, so that each is kept once.</summary>
    public NameTable XmlNames { get; } = new();

    public ZipDirectory.Contents Directory { get; }

    /// <summary>All entries in the order of the directory, folders among them.</summary>
    public IReadOnlyList<ZipEntry> Entries { get; }

    /// <summary>The entries that are files.</summary>
    public IEnumerable<ZipEntry> Files => Entries.Where(static entry => !entry.IsDirectory);

    /// <summary>What makes the package ambiguous or hides something in it.</summary>
    public IReadOnlyList<PackageDefect> Defects => _defects;

    /// <summary>Where the file departs from the standard in ways that are known of honest software.</summary>
    public IReadOnlyCollection<string> Notes => _notes;

    /// <exception cref="OfdFormatException">It is no package, or beyond the limits.</exception>
    public static OfdPackage Open(Stream file, OfdLimits limits, CancellationToken cancellation)
    {
        ZipBytes bytes = new(file);
        if (bytes.Length > limits.MaxFileBytes)
        {
            throw new OfdFormatException(OfdProblem.TooLarge, $"{bytes.Length} bytes", nameof(OfdLimits.MaxFileBytes));
        }

        return bytes.Length >= 4 && bytes.Read(0, 2) is [(byte)'P', (byte)'K']
            ? new OfdPackage(bytes, new OfdBudget(limits, cancellation))
            : throw new OfdFormatException(OfdProblem.NotAnOfd, "the file does not begin as a zip package does");
    }

    public void AddDefect(string code, string what)
    {
        if (_defects.Count < MostRemarks)
        {
            _defects.Add(new PackageDefect(code, what));
        }
    }

    public void AddNote(string note)
    {
        if (_notes.Count < MostRemarks)
        {
            _notes.Add(note);
        }
    }

    /// <summary>The file at this path from the root; letter case may differ where nothing else fits, as it does in real files.</summary>
    public ZipEntry? Find(string path)
    {
        if (_exact.TryGetValue(path, out var entry))
        {
            return entry;
        }

        if (_folded.TryGetValue(path, out entry))
        {
            AddNote($"{path} is spelt {entry.Name} in the package");
        }

        return entry;
    }

    /// <summary>Hands over the content of an entry piece by piece; it is exactly as long as, and has the checksum, the directory says.</summary>
    /// <exception cref="OfdFormatException"><see cref="OfdProblem.Damaged"/>, or a limit.</exception>
    public void Read(ZipEntry entry, Action<ReadOnlySpan<byte>> use)
    {
        if (_kept.TryGetValue(entry, out var kept))
        {
            use(kept);
            return;
        }

        RequireReasonable(entry);
        using var part = _bytes.Part(entry.DataStart, entry.CompressedSize);
        using var content = entry.Method == ZipEntry.Stored ? part : new DeflateStream(part, CompressionMode.Decompress, leaveOpen: true);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(entry.Size + 1, 1, Piece));
        long total = 0;
        var crc = 0u;
        try
        {
            for (int read; (read = content.Read(buffer)) > 0;)
            {
                total += read;
                if (total > entry.Size)
                {
                    break;
                }

                Budget.SpendDecoded(read);
                crc = Crc32.Append(crc, buffer.AsSpan(0, read));
                use(buffer.AsSpan(0, read));
            }
        }
        catch (InvalidDataException error)
        {
            throw new OfdFormatException(OfdProblem.Damaged, $"{entry.Name} cannot be decompressed", error);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (total != entry.Size || crc != entry.Crc || part.Position != part.Length)
        {
            throw OfdFormatException.Damaged($"{entry.Name} is not what the directory says of it");
        }
    }

    /// <summary>Whether the entry was read whole and is kept.</summary>
    public bool Keeps(ZipEntry entry) => _kept.ContainsKey(entry);

    /// <summary>The whole content of an entry, not to be changed.</summary>
    /// <exception cref="OfdFormatException">It cannot be read, or is longer than the caller wants.</exception>
    public byte[] ReadAll(ZipEntry entry, int longest, string limit)
    {
        if (entry.Size > longest)
        {
            throw new OfdFormatException(OfdProblem.TooLarge, $"{entry.Name} has {entry.Size} bytes", limit);
        }

        if (_kept.TryGetValue(entry, out var kept))
        {
            return kept;
        }

        // Grows with what is really there: the size in the directory is only a claim.
        using MemoryStream content = new((int)Math.Min(entry.Size, LargestKept));
        Read(entry, piece => content.Write(piece));
        var all = content.Length == content.Capacity ? content.GetBuffer() : content.ToArray();
        if (all.Length <= LargestKept && _keptBytes + all.Length <= MostKept)
        {
            _keptBytes += all.Length;
            _kept.Add(entry, all);
        }

        return all;
    }

    /// <summary>The bytes of an entry as they stand in the file, local header and descriptor included.</summary>
    public Stream Raw(ZipEntry entry) => _bytes.Part(entry.LocalOffset, entry.End - entry.LocalOffset);

    private void Admit(ZipEntry entry)
    {
        if (entry.IsEncrypted)
        {
            throw new OfdFormatException(OfdProblem.Encrypted, $"{entry.Name} is encrypted");
        }

        if (!PackageNames.IsSafe(entry) || entry.IsLink)
        {
            AddDefect("package-name-unsafe", entry.Name);
            return;
        }

        if (entry.IsDirectory && entry.Size > 0)
        {
            AddDefect("package-data-outside", $"{entry.Name} is a folder with content");
        }

        if (_folded.TryAdd(entry.Name.TrimEnd('/'), entry))
        {
            _exact.Add(entry.Name.TrimEnd('/'), entry);
            return;
        }

        AddDefect("package-entry-duplicate", entry.Name);
    }

    private void RequireReasonable(ZipEntry entry)
    {
        if (entry.DataStart < 0 || entry.Method is not (ZipEntry.Stored or ZipEntry.Deflated) || (entry.Method == ZipEntry.Stored && entry.Size != entry.CompressedSize))
        {
            throw OfdFormatException.Damaged($"{entry.Name} cannot be read (method {entry.Method})");
        }

        if (entry.Size > Budget.Limits.MaxEntryBytes)
        {
            throw new OfdFormatException(OfdProblem.TooLarge, $"{entry.Name} has {entry.Size} bytes", nameof(OfdLimits.MaxEntryBytes));
        }

        if (entry.Size > Budget.Limits.FreeRatioBytes && entry.Size / Math.Max(1, entry.CompressedSize) > Budget.Limits.MaxRatio)
        {
            throw new OfdFormatException(OfdProblem.TooLarge, $"{entry.Name} is compressed {entry.Size / Math.Max(1, entry.CompressedSize)} times", nameof(OfdLimits.MaxRatio));
        }
    }
}
