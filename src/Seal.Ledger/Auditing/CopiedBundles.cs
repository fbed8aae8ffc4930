using System.Buffers;
using System.Runtime.InteropServices;
using Npgsql;
using Seal.Ledger.Merkle;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Auditing;

/// <summary>Reads many bundles of a database at once, and sees on the way whether the columns beside the events agree with them.</summary>
internal static class CopiedBundles
{
    public static async Task<IReadOnlyList<BundleRead>> ReadAsync(NpgsqlConnection connection, long from, long end, CancellationToken ct)
    {
        List<HashTile> wanted = [];
        for (var index = from >> HashTile.Height; index << HashTile.Height < end; index++)
        {
            wanted.Add(new HashTile(0, index));
        }

        var tiles = await TileRows.ReadAsync(connection, wanted, ct);
        using var copied = await EventCopy.ReadAsync(connection, from, end, ct);
        var events = copied.Events;
        var bundles = new List<BundleRead>(wanted.Count);
        var next = 0;
        foreach (var tile in wanted)
        {
            var first = tile.Index << HashTile.Height;
            var width = (int)long.Min(end - first, HashTile.FullWidth);
            var hashes = tiles.GetValueOrDefault(tile);
            var stored = BundleRead.Whole(hashes?.Length > width * MerkleHash.Size ? hashes[..(width * MerkleHash.Size)] : hashes, width);
            var begin = next;
            while (next < events.Count && events[next].Recorded.Position < first + width)
            {
                next++;
            }

            bundles.Add(ToBundle(first, width, stored, CollectionsMarshal.AsSpan(events)[begin..next]));
        }

        return bundles;
    }

    private static BundleRead ToBundle(long first, int width, byte[]? tile, ReadOnlySpan<CopiedEvent> events)
    {
        if (events.IsEmpty)
        {
            return new BundleRead(first, width, null, tile, []);
        }

        var slots = new BundleSlot[width];
        var findings = new List<Finding>();
        var leaf = new ArrayBufferWriter<byte>(1024);
        foreach (var copied in events)
        {
            var recorded = copied.Recorded;
            var at = (int)(recorded.Position - first);
            if (!slots[at].IsMissing)
            {
                // Whoever took the primary key away can have put it there, and it would be read with its stream.
                findings.Add(new Finding(
                    FindingCode.EntryOutOfPlace, recorded.Position, $"More than one row stands at position {recorded.Position}.", $"第 {recorded.Position} 条有不止一行。"));
                continue;
            }

            slots[at] = new BundleSlot(HashOf(recorded, leaf), new LogEntry(recorded.Position, recorded.Stream, recorded.Version, recorded.RecordedAt));
            if (tile is not null && !copied.LeafHash.Span.SequenceEqual(tile.AsSpan(at * MerkleHash.Size, MerkleHash.Size)))
            {
                findings.Add(new Finding(FindingCode.TableContradicts, recorded.Position, "The stored leaf hashes are not those of the hash tiles.", "事件行中的叶哈希与哈希分块不一致。"));
            }

            if (!Agrees(recorded, copied.Stream))
            {
                findings.Add(new Finding(FindingCode.TableContradicts, recorded.Position, DatabaseChecks.StreamsEn, DatabaseChecks.StreamsZh));
            }
        }

        return new BundleRead(first, width, slots, tile, findings);
    }

    private static byte[] HashOf(RecordedEvent recorded, ArrayBufferWriter<byte> leaf)
    {
        leaf.ResetWrittenCount();
        MerkleHash.BeginLeaf(leaf);
        EventEnvelope.WriteTo(leaf, recorded);
        return ShortHash.Compute(leaf.WrittenSpan);
    }

    /// <summary>The first event stands where the stream's row says, and so does the last; none stands beyond. The row may be newer than the event, never older.</summary>
    private static bool Agrees(RecordedEvent recorded, StreamRow stream) =>
        (recorded.Version == 1) == (recorded.Position == stream.FirstPosition)
        && (recorded.Version == stream.Version) == (recorded.Position == stream.LastPosition)
        && recorded.Version <= stream.Version;
}
