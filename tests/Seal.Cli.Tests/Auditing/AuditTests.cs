using System.Text;
using System.Text.Json.Nodes;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Notes;
using Seal.Ledger;
using Seal.Ledger.Embedded;
using Seal.Ledger.Tiles;

namespace Seal.Cli.Tests.Auditing;

/// <summary>A ledger of 300 events, signed with Ed25519 and SM2, in PostgreSQL and written to a folder.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private const string Origin = "ledger.example/test";

    private readonly string _folder = Directory.CreateTempSubdirectory("seal-audit-tests-").FullName;
    private EmbeddedPostgres? _postgres;
    private string _keys = "";

    private string Log => Path.Combine(_folder, "log");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _postgres = await EmbeddedPostgres.StartAsync(Path.Combine(_folder, "postgres"), Ct);
        using var ed25519 = SoftwareKey.Generate(SignatureAlgorithm.Ed25519);
        using var sm2 = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);
        NoteKey[] keys = [new(Origin, ed25519), new(Origin, sm2)];
        _keys = Path.Combine(_folder, "keys");
        await File.WriteAllLinesAsync(_keys, keys.Select(key => key.Verifier.ToString()), Ct);
        await using var ledger = await EventLedger.OpenAsync(
            new LedgerOptions
            {
                ConnectionString = _postgres.ConnectionString,
                OwnerConnectionString = _postgres.OwnerConnectionString,
                Origin = Origin,
                Clock = TimeProvider.System,
                Signers = [.. keys.Select(key => new Signer(key))],
            },
            Ct);
        await ledger.AppendAsync(
            new AppendRequest(
                [new StreamWrite("thing/1", 0, [.. Enumerable.Range(0, 300).Select(n => new EventData("thing.happened.v1", Encoding.UTF8.GetBytes($$"""{"n":{{n}}}""")))])],
                ReadOnlyMemory<byte>.Empty),
            Ct);
        await new TileExport(ledger).ExportAsync(Log, null, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _postgres!.DisposeAsync();
        foreach (var folder in new[] { _postgres.Location, _folder }.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_folder_and_a_database_in_order_are_said_to_be_so()
    {
        var kept = Path.Combine(_folder, "kept");
        var folder = await SealCommand.Run("audit", Log, "--key", _keys, "--keep", kept);
        var database = await SealCommand.Run("audit", _postgres!.ConnectionString, "--key", (await File.ReadAllLinesAsync(_keys, Ct))[0], "--checkpoint", kept);

        folder.ExitCode.ShouldBe(0, folder.ToString());
        folder.Output.ShouldStartWith($"The ledger {Origin} is in order.");
        folder.Output.ShouldContain("300 entries (300 of them signed) in 1 streams");
        (await File.ReadAllTextAsync(kept, Ct)).ShouldBe(await File.ReadAllTextAsync(Path.Combine(Log, "checkpoint"), Ct));
        database.ExitCode.ShouldBe(0, database.ToString());
        (folder.Output + folder.Errors).ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task A_changed_entry_is_named_in_words_of_both_languages_and_in_json()
    {
        Spoil("tile/entries/001.p/44");
        var words = await SealCommand.Run("audit", Log, "--key", _keys, "--lang", "zh");
        var json = await SealCommand.Run("audit", Log, "--key", _keys, "--json", "--lang", "en");

        words.ExitCode.ShouldBe(1, words.ToString());
        words.Output.ShouldContain("第 256 条");
        json.ExitCode.ShouldBe(1, json.ToString());
        var answer = JsonNode.Parse(json.Output)!;
        answer["isInOrder"]!.GetValue<bool>().ShouldBeFalse();
        answer["firstBadPosition"]!.GetValue<long>().ShouldBe(256);
        answer["findings"]![0]!["code"]!.GetValue<string>().ShouldBe("entry-changed");
    }

    [Fact]
    public async Task A_checkpoint_that_another_key_signed_is_tampering_and_no_key_is_said_aloud()
    {
        using var other = SoftwareKey.Generate(SignatureAlgorithm.Ed25519);
        var stranger = await SealCommand.Run("audit", Log, "--key", new NoteKey(Origin, other).Verifier.ToString());
        var nobody = await SealCommand.Run("audit", Log);

        stranger.ExitCode.ShouldBe(1, stranger.ToString());
        stranger.Output.ShouldContain("checkpoint-forged");
        nobody.ExitCode.ShouldBe(0, nobody.ToString());
        nobody.Output.ShouldContain("signatures of checkpoints were not checked");
    }

    [Theory]
    [InlineData("/no/such/folder")]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("Host=127.0.0.1;Port=1;Username=nobody;Timeout=2")]
    [InlineData("Nonsense=1")]
    public async Task A_source_that_cannot_be_read_is_neither_good_nor_bad(string source)
    {
        var outcome = await SealCommand.Run("audit", source, "--key", _keys);

        outcome.ExitCode.ShouldBe(3, outcome.ToString());
        outcome.Output.ShouldBeEmpty();
        outcome.Errors.ShouldStartWith("seal: ");
    }

    [Fact]
    public async Task Keys_and_checkpoints_that_are_none_are_refused()
    {
        (await SealCommand.Run("audit", Log, "--key", "nonsense")).ExitCode.ShouldBe(3);
        (await SealCommand.Run("audit", Log, "--checkpoint", Path.Combine(_folder, "nothing"))).ExitCode.ShouldBe(3);
    }

    private void Spoil(string name)
    {
        var file = Path.Combine(Log, name);
        var content = File.ReadAllBytes(file);
        content[20] ^= 1;
        File.WriteAllBytes(file, content);
    }

    private sealed class Signer(NoteKey key) : INoteSigner
    {
        public string Name => key.Name;

        public uint KeyId => key.KeyId;

        public ReadOnlyMemory<byte> Sign(ReadOnlySpan<byte> note) => key.Sign(note);
    }
}
