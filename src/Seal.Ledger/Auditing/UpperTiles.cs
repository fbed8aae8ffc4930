using Seal.Ledger.Merkle;
using Seal.Ledger.Tiles;

namespace Seal.Ledger.Auditing;

/// <summary>Compares the hash tiles above the leaves with the hashes that the entries give.</summary>
internal sealed class UpperTiles
{
    private readonly List<List<byte[]>> _levels;
    private readonly List<(TilePath Path, List<byte[]> Hashes)> _full = [];

    /// <summary>Takes up what <see cref="ToState"/> gave.</summary>
    public UpperTiles(IEnumerable<byte[]> levels) => _levels = [.. levels.Select(hashes => hashes.Chunk(MerkleHash.Size).ToList())];

    /// <summary>Takes the hash of a subtree that was completed.</summary>
    public void Take(MerkleNode node, byte[] hash)
    {
        if (node.Height == 0 || node.Height % HashTile.Height != 0)
        {
            return;
        }

        var level = node.Height / HashTile.Height;
        while (_levels.Count < level)
        {
            _levels.Add([]);
        }

        var hashes = _levels[level - 1];
        hashes.Add(hash);
        if (hashes.Count == HashTile.FullWidth)
        {
            _full.Add((TilePath.Hashes(level, node.Index >> HashTile.Height, HashTile.FullWidth), hashes));
            _levels[level - 1] = [];
        }
    }

    /// <summary>Compares the tiles that are full.</summary>
    public async Task CompareFullAsync(ITileSource source, Findings findings, CancellationToken ct)
    {
        foreach (var (path, hashes) in _full)
        {
            await CompareAsync(source, path, hashes, findings, ct);
        }

        _full.Clear();
    }

    /// <summary>Compares the partial tiles that a log of some size ends in.</summary>
    public async Task ComparePartialAsync(ITileSource source, long size, Findings findings, CancellationToken ct)
    {
        for (var level = 1; level <= _levels.Count; level++)
        {
            var hashes = _levels[level - 1];
            if (hashes.Count > 0)
            {
                var index = size >> (HashTile.Height * (level + 1));
                await CompareAsync(source, TilePath.Hashes(level, index, hashes.Count), hashes, findings, ct);
            }
        }
    }

    /// <summary>The hashes of each level's tile that is not full yet.</summary>
    public IReadOnlyList<byte[]> ToState() => [.. _levels.Select(hashes => hashes.SelectMany(hash => hash).ToArray())];

    private static async Task CompareAsync(ITileSource source, TilePath path, List<byte[]> hashes, Findings findings, CancellationToken ct)
    {
        var shift = HashTile.Height * path.Level!.Value;
        var first = path.Index << HashTile.Height;
        var tile = await source.ReadAsync(path, ct);
        if (tile?.Length != hashes.Count * MerkleHash.Size)
        {
            findings.Add(FindingCode.TileMissing, first << shift, $"The hash tile {path} is missing or too short.", $"哈希分块 {path} 缺失或不完整。");
            return;
        }

        for (var i = 0; i < hashes.Count; i++)
        {
            var from = (first + i) << shift;
            // Where an entry is bad already, the tile says nothing new.
            if (!findings.Touches(from, (first + i + 1) << shift) && !tile.AsSpan(i * MerkleHash.Size, MerkleHash.Size).SequenceEqual(hashes[i]))
            {
                findings.Add(
                    FindingCode.TileChanged, from,
                    $"The hash tile {path} does not hold the hash of the entries from {from}.", $"哈希分块 {path} 与第 {from} 条起的条目不符。");
                return;
            }
        }
    }
}
