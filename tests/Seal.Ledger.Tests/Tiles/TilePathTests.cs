using Seal.Ledger.Tiles;

namespace Seal.Ledger.Tests.Tiles;

public sealed class TilePathTests
{
    [Theory]
    [InlineData("tile/0/000", 0, 0, 256)]
    [InlineData("tile/63/999", 63, 999, 256)]
    [InlineData("tile/0/x001/000.p/1", 0, 1000, 1)]
    [InlineData("tile/1/x001/x234/067.p/255", 1, 1234067, 255)]
    [InlineData("tile/entries/x001/x234/067", null, 1234067, 256)]
    [InlineData("tile/entries/273.p/112", null, 273, 112)]
    public void A_path_is_read_and_written_as_the_specification_spells_it(string path, int? level, long index, int width)
    {
        TilePath.TryParse(path, out var tile).ShouldBeTrue();
        tile.ShouldBe(new TilePath(level, index, width));
        tile.ToString().ShouldBe(path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("tile/64/000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/001/002")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/.p/1")]
    [InlineData("tile/0/000.p/1/2")]
    [InlineData("tile/data/000")]
    [InlineData("tile/0/٠٠٠")]
    [InlineData("tile/entries/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("other/0/000")]
    public void Any_other_spelling_is_refused(string path) => TilePath.TryParse(path, out _).ShouldBeFalse();

    [Fact]
    public void A_tree_of_70000_has_the_tiles_that_the_specification_counts()
    {
        var tiles = TilePath.Of(70_000, have: 0).ToList();

        tiles.Count(tile => tile is { Level: 0, IsFull: true }).ShouldBe(273);
        tiles.Count(tile => tile is { IsEntries: true, IsFull: true }).ShouldBe(273);
        tiles.Where(tile => tile.IsFull && tile.Level > 0).ShouldBe([TilePath.Hashes(1, 0, 256)]);
        tiles.Where(tile => !tile.IsFull).ShouldBe(
            [TilePath.Entries(273, 112), TilePath.Hashes(0, 273, 112), TilePath.Hashes(1, 1, 17), TilePath.Hashes(2, 0, 1)]);
        TilePath.Of(256, have: 0).ShouldBe([TilePath.Entries(0, 256), TilePath.Hashes(0, 0, 256), TilePath.Hashes(1, 0, 1)]);
        TilePath.Of(70_000, have: 69_999).ShouldBe(tiles.Where(tile => !tile.IsFull));
        TilePath.Of(0, have: 0).ShouldBeEmpty();
    }
}
