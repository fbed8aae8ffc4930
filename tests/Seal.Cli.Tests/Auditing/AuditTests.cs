using System.Text.Json.Nodes;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Notes;

namespace Seal.Cli.Tests.Auditing;

public sealed class AuditTests(SmallLedger ledger) : IClassFixture<SmallLedger>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_folder_and_a_database_in_order_are_said_to_be_so()
    {
        var kept = ledger.PathOf("kept");
        var folder = await SealCommand.Run("audit", ledger.Log, "--key", ledger.Keys, "--keep", kept);
        var database = await SealCommand.Run("audit", ledger.ConnectionString, "--key", (await File.ReadAllLinesAsync(ledger.Keys, Ct))[0], "--checkpoint", kept);

        folder.ExitCode.ShouldBe(0, folder.ToString());
        folder.Output.ShouldStartWith($"The ledger {SmallLedger.Origin} is in order.");
        folder.Output.ShouldContain("300 entries (300 of them signed) in 1 streams");
        (await File.ReadAllTextAsync(kept, Ct)).ShouldBe(await File.ReadAllTextAsync(Path.Combine(ledger.Log, "checkpoint"), Ct));
        database.ExitCode.ShouldBe(0, database.ToString());
        (folder.Output + folder.Errors).ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task A_changed_entry_is_named_in_words_of_both_languages_and_in_json()
    {
        var log = ledger.CopyOfLog("spoilt");
        Spoil(Path.Combine(log, "tile/entries/001.p/44"));
        var words = await SealCommand.Run("audit", log, "--key", ledger.Keys, "--lang", "zh");
        var json = await SealCommand.Run("audit", log, "--key", ledger.Keys, "--json", "--lang", "en");

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
        var stranger = await SealCommand.Run("audit", ledger.Log, "--key", new NoteKey(SmallLedger.Origin, other).Verifier.ToString());
        var nobody = await SealCommand.Run("audit", ledger.Log);

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
    [InlineData("127.0.0.1:8080")]
    [InlineData("postgres://nobody@127.0.0.1/none")]
    public async Task A_source_that_cannot_be_read_is_neither_good_nor_bad(string source)
    {
        var outcome = await SealCommand.Run("audit", source, "--key", ledger.Keys);

        outcome.ExitCode.ShouldBe(3, outcome.ToString());
        outcome.Output.ShouldBeEmpty();
        outcome.Errors.ShouldStartWith("seal: ");
    }

    [Fact]
    public async Task Keys_and_checkpoints_that_are_none_are_refused()
    {
        (await SealCommand.Run("audit", ledger.Log, "--key", "nonsense")).ExitCode.ShouldBe(3);
        (await SealCommand.Run("audit", ledger.Log, "--checkpoint", ledger.Keys)).ExitCode.ShouldBe(3, "the file is wrong, not the log");
        (await SealCommand.Run("audit", ledger.Log, "--checkpoint", ledger.PathOf("nothing"))).ExitCode.ShouldBe(3);
    }

    private static void Spoil(string file)
    {
        var content = File.ReadAllBytes(file);
        content[20] ^= 1;
        File.WriteAllBytes(file, content);
    }
}
