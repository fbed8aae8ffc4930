using System.Text.Json.Nodes;
using Seal.Ledger.Auditing;
using Seal.Ledger.Tiles;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests.Auditing;

public sealed class FolderAuditTests(LedgerFixture fixture) : IDisposable
{
    private readonly string _folder = TemporaryDirectory.New();

    public void Dispose() => TemporaryDirectory.Delete(_folder);

    [Fact]
    public async Task An_exported_folder_is_in_order_and_a_changed_byte_in_it_is_found()
    {
        var options = await ExportAsync();
        (await AuditAsync(options)).Findings.ShouldBeEmpty();

        Spoil("tile/entries/001", at: 40);
        var result = await AuditAsync(options);

        (result.Findings[0].Code, result.Findings[0].Position).ShouldBe((FindingCode.EntryChanged, 256L));
    }

    [Theory]
    [InlineData("tile/0/000", FindingCode.TileChanged, 1)]
    [InlineData("tile/1/000.p/2", FindingCode.TileChanged, 256)]
    public async Task A_changed_tile_in_a_folder_is_found(string tile, string code, long position)
    {
        var options = await ExportAsync();
        Spoil(tile, at: 40);

        var found = (await AuditAsync(options)).Findings.ShouldHaveSingleItem();

        (found.Code, found.Position).ShouldBe((code, position));
    }

    [Fact]
    public async Task Missing_broken_off_and_forged_files_are_findings_and_a_missing_folder_is_unreadable()
    {
        var options = await ExportAsync();
        var bundle = Path.Combine(_folder, "tile/entries/001");
        var content = await File.ReadAllBytesAsync(bundle, Ct);
        await File.WriteAllBytesAsync(bundle, content[..^1], Ct);
        (await AuditAsync(options)).Findings[0].ShouldSatisfyAllConditions(found => found.Code.ShouldBe(FindingCode.EntryMalformed), found => found.Position.ShouldBe(256));
        File.Delete(bundle);
        (await AuditAsync(options)).Findings.ShouldHaveSingleItem().En.ShouldBe("Entries 256 to 511 are missing.");
        await File.WriteAllBytesAsync(bundle, content, Ct);

        await File.WriteAllTextAsync(Path.Combine(_folder, "checkpoint"), "nothing", Ct);
        (await AuditAsync(options)).Findings.Select(found => found.Code).ShouldContain(FindingCode.CheckpointMalformed);
        var huge = SignedNote.Sign(new TreeHead(long.MaxValue, new byte[32]).ToCheckpointText("ledger.example/test"), [new EcdsaNoteKey("ledger.example/test")]);
        await File.WriteAllTextAsync(Path.Combine(_folder, "checkpoint"), huge.ToString(), Ct);
        (await AuditAsync(options)).Findings.Select(found => found.Code).ShouldContain(FindingCode.CheckpointForged);

        await using var nothing = new FolderTileSource(Path.Combine(_folder, "nothing"));
        await Should.ThrowAsync<SourceUnreadableException>(Audit.RunAsync(nothing, options, null, Ct));
    }

    [Fact]
    public async Task An_audit_that_breaks_off_goes_on_where_it_was()
    {
        var options = await ExportAsync() with { StateFile = Path.Combine(_folder, "audit.json"), ReadAhead = 1 };
        var hidden = Path.Combine(_folder, "tile/entries/001");
        await using (var failing = new FailingSource(new FolderTileSource(_folder), "tile/entries/001"))
        {
            await Should.ThrowAsync<SourceUnreadableException>(Audit.RunAsync(failing, options, null, Ct));
        }

        File.Exists(options.StateFile).ShouldBeTrue();
        // What was checked before is not read again.
        File.Delete(Path.Combine(_folder, "tile/entries/000"));
        var result = await AuditAsync(options);

        result.Findings.ShouldBeEmpty();
        (result.Entries, result.Streams).ShouldBe((600, 60));
        Directory.GetFiles(_folder, "audit*").ShouldBeEmpty();
        File.Exists(hidden).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Size", "255")]
    [InlineData("Range", "\"\"")]
    [InlineData("Tiles", "[null]")]
    [InlineData("Kept", "null")]
    [InlineData("Keys", "[]")]
    [InlineData("Streams", "-1")]
    [InlineData("Streams", "\"many\"")]
    public async Task A_state_that_somebody_edited_is_not_gone_on_with(string member, string value)
    {
        var options = await ExportAsync() with { StateFile = Path.Combine(_folder, "audit.json"), ReadAhead = 1 };
        await using (var failing = new FailingSource(new FolderTileSource(_folder), "tile/entries/001"))
        {
            await Should.ThrowAsync<SourceUnreadableException>(Audit.RunAsync(failing, options, null, Ct));
        }

        var state = JsonNode.Parse(await File.ReadAllTextAsync(options.StateFile, Ct))!;
        state[member] = JsonNode.Parse(value);
        await File.WriteAllTextAsync(options.StateFile, state.ToJsonString(), Ct);
        // Only who begins anew finds it.
        Spoil("tile/entries/000", 100);

        (await AuditAsync(options)).IsInOrder.ShouldBeFalse();
    }

    [Fact]
    public async Task A_full_tile_that_was_cut_short_does_not_stand_for_a_partial_one()
    {
        var options = await ExportAsync();
        Directory.Delete(Path.Combine(_folder, "tile/1/000.p"), recursive: true);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "tile/1/000"), new byte[10], Ct);

        var finding = (await AuditAsync(options)).Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Position).ShouldBe((FindingCode.TileMissing, 0L));
    }

    private async Task<AuditOptions> ExportAsync()
    {
        await using var log = await TamperedLog.CreateAsync(fixture);
        await using var ledger = await log.OpenAsync();
        await new TileExport(ledger).ExportAsync(_folder, null, Ct);
        return log.Options;
    }

    private async Task<AuditResult> AuditAsync(AuditOptions options)
    {
        await using var source = new FolderTileSource(_folder);
        return await Audit.RunAsync(source, options, null, Ct);
    }

    private void Spoil(string name, int at)
    {
        var file = Path.Combine(_folder, name);
        var content = File.ReadAllBytes(file);
        content[at] ^= 1;
        File.WriteAllBytes(file, content);
    }

    /// <summary>A source that breaks down at one resource.</summary>
    private sealed class FailingSource(ITileSource inner, string at) : ITileSource
    {
        public Task<string?> CheckpointAsync(CancellationToken ct) => inner.CheckpointAsync(ct);

        public Task<byte[]?> ReadAsync(TilePath path, CancellationToken ct) =>
            path.ToString() == at ? throw new SourceUnreadableException("The line is dead.") : inner.ReadAsync(path, ct);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
