using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Seal.Ledger;
using Seal.Ledger.Merkle;
using Seal.Ledger.Tiles;
using Seal.Service.Tests.Support;

namespace Seal.Service.Tests.Views;

public sealed class TileTests(RunningService running)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private EventLedger Ledger => running.Service.Services.GetRequiredService<EventLedger>();

    [Fact]
    public async Task An_auditor_rebuilds_the_signed_root_from_tiles_and_bundles_alone()
    {
        await AppendAsync(300);
        var (_, head) = TreeHead.ParseCheckpointText(SignedNote.Parse(await running.Client.GetStringAsync("/ledger/checkpoint", Ct)).Text);
        var leaves = new CompactRange();
        var entries = new CompactRange();
        foreach (var path in TilePath.Of(head.Size, 0))
        {
            using var request = await running.AsAsync("auditor", HttpMethod.Get, $"/ledger/{path}");
            using var answer = await running.Client.SendAsync(request, Ct);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path.ToString());
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
            answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
            var content = await answer.Content.ReadAsByteArrayAsync(Ct);
            foreach (var entry in path.IsEntries ? EntryBundle.Split(content) : [])
            {
                entries.Append(MerkleHash.Leaf(entry.Span));
            }

            foreach (var hash in path.Level == 0 ? content.Chunk(MerkleHash.Size) : [])
            {
                leaves.Append(hash);
            }
        }

        entries.Root().ShouldBe(head.Root.ToArray());
        leaves.Root().ShouldBe(head.Root.ToArray());
    }

    [Fact]
    public async Task Hash_tiles_are_public_and_entries_are_for_auditors_alone()
    {
        await AppendAsync(1);

        (await running.Client.GetAsync("/ledger/tile/0/000.p/1", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await CodeAsync(new HttpRequestMessage(HttpMethod.Get, "/ledger/tile/entries/000.p/1"))).ShouldBe((401, "not-signed-in"));
        (await CodeAsync(await running.AsAsync("reviewer", HttpMethod.Get, "/ledger/tile/entries/000.p/1"))).ShouldBe((403, "not-permitted"));
    }

    [Fact]
    public async Task A_bundle_is_compressed_for_whoever_takes_gzip()
    {
        await AppendAsync(1);
        using var request = await running.AsAsync("auditor", HttpMethod.Get, "/ledger/tile/entries/000.p/1");
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var answer = await running.Client.SendAsync(request, Ct);

        answer.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        await using var plain = new GZipStream(await answer.Content.ReadAsStreamAsync(Ct), CompressionMode.Decompress);
        using var bundle = new MemoryStream();
        await plain.CopyToAsync(bundle, Ct);
        EntryBundle.Split(bundle.ToArray()).ShouldHaveSingleItem().ToArray().ShouldBe((await Ledger.FindAsync(0, Ct))!.ToLeaf());
    }

    [Theory]
    [InlineData("0/0")]
    [InlineData("64/000")]
    [InlineData("0/000.p/256")]
    [InlineData("0/000.p/0")]
    [InlineData("x/000")]
    [InlineData("0")]
    [InlineData("")]
    [InlineData("entries/12")]
    [InlineData("entries/x000/001")]
    public async Task A_malformed_tile_is_a_problem_answer(string path) =>
        (await CodeAsync(await running.AsAsync("auditor", HttpMethod.Get, $"/ledger/tile/{path}"))).ShouldBe((400, "invalid-tile"));

    [Theory]
    [InlineData("0/x999/999")]
    [InlineData("63/000.p/1")]
    [InlineData("entries/x999/999.p/7")]
    public async Task A_tile_beyond_the_log_is_not_found(string path) =>
        (await CodeAsync(await running.AsAsync("auditor", HttpMethod.Get, $"/ledger/tile/{path}"))).ShouldBe((404, "nothing-here"));

    private async Task<(int Status, string? Code)> CodeAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await running.Client.SendAsync(request, Ct);
            return ((int)answer.StatusCode, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!["code"]);
        }
    }

    private async Task AppendAsync(int events) => await Ledger.AppendAsync(
        new AppendRequest(
            [new StreamWrite($"tile-test/{Guid.NewGuid()}", 0, [.. Enumerable.Range(0, events).Select(n => new EventData("tile-test.happened.v1", System.Text.Encoding.UTF8.GetBytes($$"""{"n":{{n}}}""")))])],
            ReadOnlyMemory<byte>.Empty),
        Ct);
}
