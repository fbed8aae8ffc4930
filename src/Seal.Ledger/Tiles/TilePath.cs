using System.Globalization;
using System.Text;
using Seal.Ledger.Merkle;

namespace Seal.Ledger.Tiles;

/// <summary>
/// The address of one resource of C2SP tlog-tiles below the log's prefix: a hash tile <c>tile/L/N[.p/W]</c> or an entry
/// bundle <c>tile/entries/N[.p/W]</c>.
/// </summary>
/// <param name="Level">Level of the hash tile, 0 to 63; <c>null</c> for an entry bundle.</param>
/// <param name="Index">Counted from the left within its level, from 0.</param>
/// <param name="Width">How many hashes or entries: 256 when it is full, 1 to 255 when it is partial.</param>
public readonly record struct TilePath(int? Level, long Index, int Width)
{
    /// <summary>The highest level there is.</summary>
    public const int MaximumLevel = 63;

    private const string Root = "tile/";

    private const string EntriesName = "entries";

    // Every entry of a bundle must have a position that fits 63 bits.
    private const long MaximumIndex = long.MaxValue >> HashTile.Height;

    /// <summary>Whether it holds entries and not hashes.</summary>
    public bool IsEntries => Level is null;

    /// <summary>Whether it is 256 wide.</summary>
    public bool IsFull => Width == HashTile.FullWidth;

    /// <summary>A hash tile.</summary>
    public static TilePath Hashes(int level, long index, int width) => new(level, index, width);

    /// <summary>An entry bundle.</summary>
    public static TilePath Entries(long index, int width) => new(null, index, width);

    /// <summary>Every resource that a log of some size consists of and one of an earlier size did not have.</summary>
    /// <param name="size">Entries in the log.</param>
    /// <param name="have">Entries of the earlier log, whose full tiles are left out; 0 for all.</param>
    /// <returns>Bundles first, then hash tiles from the leaves upwards.</returns>
    public static IEnumerable<TilePath> Of(long size, long have)
    {
        foreach (var path in Row(null, size, have))
        {
            yield return path;
        }

        for (int level = 0, shift = 0; shift < 63 && size >> shift > 0; level++, shift += HashTile.Height)
        {
            foreach (var path in Row(level, size >> shift, have >> shift))
            {
                yield return path;
            }
        }
    }

    /// <summary>Reads a path; only the one spelling that the specification gives each resource is taken.</summary>
    /// <param name="path">Without a leading slash, beginning with <c>tile/</c>.</param>
    /// <param name="tile">The resource.</param>
    /// <returns>Whether the path is one.</returns>
    public static bool TryParse(string path, out TilePath tile)
    {
        ArgumentNullException.ThrowIfNull(path);
        tile = default;
        var parts = path.Split('/');
        if (parts.Length < 3 || parts[0] != "tile" || !TryLevel(parts[1], out var level))
        {
            return false;
        }

        var names = parts.AsSpan(2);
        var width = HashTile.FullWidth;
        if (names.Length > 1 && names[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!TryNumber(names[^1], HashTile.FullWidth - 1, out width) || width == 0)
            {
                return false;
            }

            names = names[..^1];
            names[^1] = names[^1][..^2];
        }

        if (!TryIndex(names, out var index))
        {
            return false;
        }

        tile = new TilePath(level, index, width);
        return true;
    }

    /// <summary>The path, without a leading slash, such as <c>tile/0/x001/x234/067.p/12</c>.</summary>
    /// <returns>The one spelling of this resource.</returns>
    public override string ToString()
    {
        var name = new StringBuilder((Index % 1000).ToString("D3", CultureInfo.InvariantCulture));
        for (var rest = Index / 1000; rest > 0; rest /= 1000)
        {
            name.Insert(0, string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:D3}/"));
        }

        if (!IsFull)
        {
            name.Append(CultureInfo.InvariantCulture, $".p/{Width}");
        }

        return Root + (Level?.ToString(CultureInfo.InvariantCulture) ?? EntriesName) + "/" + name;
    }

    private static IEnumerable<TilePath> Row(int? level, long count, long have)
    {
        for (var index = have >> HashTile.Height; index << HashTile.Height < count; index++)
        {
            yield return new TilePath(level, index, (int)long.Min(count - (index << HashTile.Height), HashTile.FullWidth));
        }
    }

    private static bool TryLevel(string text, out int? level)
    {
        level = null;
        if (text == EntriesName)
        {
            return true;
        }

        var isLevel = TryNumber(text, MaximumLevel, out var number);
        level = number;
        return isLevel;
    }

    /// <summary>Decimal digits without additional leading zeroes.</summary>
    private static bool TryNumber(string text, int maximum, out int number)
    {
        number = 0;
        return text.Length is > 0 and <= 3 && text.All(char.IsAsciiDigit) && (text[0] != '0' || text.Length == 1)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= maximum;
    }

    /// <summary>Elements of three digits, all but the last after an x; the first is not zero unless it is the only one.</summary>
    private static bool TryIndex(ReadOnlySpan<string> names, out long index)
    {
        index = 0;
        for (var i = 0; i < names.Length; i++)
        {
            var last = i == names.Length - 1;
            var digits = last ? names[i] : names[i].StartsWith('x') ? names[i][1..] : "";
            if (digits.Length != 3 || !digits.All(char.IsAsciiDigit) || (i == 0 && !last && digits == "000") || index > MaximumIndex / 1000)
            {
                return false;
            }

            index = (index * 1000) + int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        return names.Length > 0 && index <= MaximumIndex;
    }
}
