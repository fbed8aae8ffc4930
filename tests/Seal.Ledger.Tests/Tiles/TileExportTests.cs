using Seal.Ledger.Merkle;
using Seal.Ledger.Tiles;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests.Tiles;

public sealed class TileExportTests(LedgerFixture fixture) : IDisposable
{
    private readonly string _folder = TemporaryDirectory.New();

    public void Dispose() => TemporaryDirectory.Delete(_folder);

    [Fact]
    public async Task A_log_written_to_a_folder_in_steps_hashes_to_its_checkpoint()
    {
        await using var ledger = await fixture.OpenAsync();
        long appended = 0;
        foreach (var size in new long[] { 0, 1, 255, 256, 300, 700 })
        {
            if (size > appended)
            {
                await ledger.AppendAsync(To($"thing/{size}", 0, [.. Enumerable.Range(0, (int)(size - appended)).Select(_ => Event())]), Ct);
                appended = size;
            }

            var checkpoint = await new TileExport(ledger).ExportAsync(_folder, null, Ct);

            checkpoint.Head.Size.ShouldBe(size);
            (await File.ReadAllTextAsync(Path.Combine(_folder, "checkpoint"), Ct)).ShouldBe(checkpoint.Note);
            (await RootOfEntriesAsync(size)).ShouldBe(checkpoint.Head.Root.ToArray());
            (await RootOfHashesAsync(size)).ShouldBe(checkpoint.Head.Root.ToArray());
        }

        Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder, file).Replace('\\', '/')).ShouldBe(
            [
                "checkpoint", "tile/0/000", "tile/0/001", "tile/0/002.p/188", "tile/1/000.p/1", "tile/1/000.p/2",
                "tile/entries/000", "tile/entries/001", "tile/entries/002.p/188",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_second_run_writes_only_what_is_new()
    {
        await using var ledger = await fixture.OpenAsync();
        await ledger.AppendAsync(To("thing/1", 0, [.. Enumerable.Range(0, 600).Select(_ => Event())]), Ct);
        await new TileExport(ledger).ExportAsync(_folder, null, Ct);
        var full = Path.Combine(_folder, "tile/entries/001");
        await File.WriteAllTextAsync(full, "left alone", Ct);
        await ledger.AppendAsync(To("thing/1", 600), Ct);

        await new TileExport(ledger).ExportAsync(_folder, null, Ct);

        (await File.ReadAllTextAsync(full, Ct)).ShouldBe("left alone");
        File.Exists(Path.Combine(_folder, "tile/entries/002.p/89")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_folder_of_another_log_is_not_written_over()
    {
        await using var one = await fixture.OpenAsync();
        await using var other = await fixture.OpenAsync();
        await one.AppendAsync(To("thing/1", 0), Ct);
        await other.AppendAsync(To("thing/2", 0, Event(), Event()), Ct);
        var kept = await new TileExport(one).ExportAsync(_folder, null, Ct);

        await Should.ThrowAsync<LedgerCorruptException>(new TileExport(other).ExportAsync(_folder, null, Ct));

        (await File.ReadAllTextAsync(Path.Combine(_folder, "checkpoint"), Ct)).ShouldBe(kept.Note);
    }

    [Fact]
    public async Task What_the_log_does_not_reach_yet_is_not_answered()
    {
        await using var ledger = await fixture.OpenAsync();
        await ledger.AppendAsync(To("thing/1", 0, [.. Enumerable.Range(0, 300).Select(_ => Event())]), Ct);

        (await ledger.Tiles.ReadAsync(TilePath.Hashes(0, 0, 256), Ct))!.Length.ShouldBe(8192);
        (await ledger.Tiles.ReadAsync(TilePath.Hashes(0, 1, 44), Ct))!.Length.ShouldBe(44 * 32);
        (await ledger.Tiles.ReadAsync(TilePath.Hashes(0, 1, 10), Ct))!.Length.ShouldBe(10 * 32, "an older tree's tile is still answered");
        EntryBundle.Split(await ledger.Tiles.ReadAsync(TilePath.Entries(1, 44), Ct)).Count.ShouldBe(44);
        foreach (var beyond in new[] { TilePath.Hashes(0, 1, 45), TilePath.Hashes(0, 2, 1), TilePath.Hashes(1, 0, 2), TilePath.Hashes(63, 0, 1), TilePath.Entries(1, 45), TilePath.Entries(2, 1) })
        {
            (await ledger.Tiles.ReadAsync(beyond, Ct)).ShouldBeNull(beyond.ToString());
        }
    }

    [Fact]
    public void A_bundle_that_breaks_off_is_no_bundle()
    {
        var bundle = EntryBundle.Encode([[1, 2, 3], [], [4]]);

        bundle.ShouldBe([0, 3, 1, 2, 3, 0, 0, 0, 1, 4]);
        EntryBundle.Split(bundle).Select(entry => entry.ToArray()).ShouldBe([[1, 2, 3], [], [4]]);
        Should.Throw<FormatException>(() => EntryBundle.Split(bundle.AsMemory(0, 9)));
        Should.Throw<FormatException>(() => EntryBundle.Split(bundle.AsMemory(0, 6)));
        Should.Throw<OverflowException>(() => EntryBundle.Encode([new byte[65_536]]));
    }

    private async Task<byte[]> RootOfEntriesAsync(long size)
    {
        var range = new CompactRange();
        foreach (var path in TilePath.Of(size, 0).Where(path => path.IsEntries))
        {
            foreach (var entry in EntryBundle.Split(await File.ReadAllBytesAsync(Path.Combine(_folder, path.ToString()), Ct)))
            {
                range.Append(MerkleHash.Leaf(entry.Span));
            }
        }

        range.Size.ShouldBe(size);
        return range.Root();
    }

    private async Task<byte[]> RootOfHashesAsync(long size)
    {
        var tiles = new Dictionary<HashTile, byte[]>();
        foreach (var path in TilePath.Of(size, 0).Where(path => !path.IsEntries))
        {
            tiles[new HashTile(path.Level!.Value, path.Index)] = await File.ReadAllBytesAsync(Path.Combine(_folder, path.ToString()), Ct);
        }

        return size == 0
            ? MerkleHash.EmptyRoot.ToArray()
            : MerkleProof.Fill([new LeafRange(0, size)], node => HashTile.HashOf(node, tiles[HashTile.Holding(node)]))[0].ToArray();
    }
}
