using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Seal.Testing;

namespace Seal.Cli.Tests.Evidence;

[Collection(nameof(OneSealLife))]
public sealed partial class EvidenceTests(SealLife life)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Evidence_in_order_is_said_to_be_so_with_no_network()
    {
        var answer = await SealCommand.Run("audit", life.Evidence, "--key", life.Keys, "--trust", life.Roots, "--lang", "en");
        var json = JsonNode.Parse((await SealCommand.Run("audit", life.Evidence, "--key", life.Keys, "--json")).Output)!;

        answer.ExitCode.ShouldBe(0, answer.ToString());
        answer.Output.ShouldStartWith($"The evidence of seal/{life.Seal} is in order.");
        answer.Output.ShouldContain("What happened after the checkpoint is not in it.");
        json["isInOrder"]!.GetValue<bool>().ShouldBeTrue();
        json["events"]!.GetValue<long>().ShouldBe(json["proven"]!.GetValue<long>());
        json["version"]!.GetValue<long>().ShouldBeGreaterThan(8);
        json["certificatesChecked"]!.GetValue<int>().ShouldBe(6, "two holder's certificates, three authorities, the maker");
    }

    [Fact]
    public async Task Without_a_key_it_is_said_that_signatures_were_not_checked()
    {
        var answer = await SealCommand.Run("audit", life.Evidence, "--lang", "en");

        answer.ExitCode.ShouldBe(0, answer.ToString());
        answer.Output.ShouldContain("signatures were NOT checked");
    }

    [Fact]
    public async Task An_organisations_evidence_has_all_its_seals()
    {
        var file = life.PathOf("organisation.jsonl");
        var answer = await life.RunAsync("export", life.Uscc, "--out", file, "--key", life.Keys, "--lang", "en");
        var lines = await File.ReadAllTextAsync(file, Ct);

        answer.ExitCode.ShouldBe(0, answer.ToString());
        answer.Output.ShouldStartWith($"The evidence of organisation/{life.Uscc} is in order.");
        lines.ShouldContain($"{{\"record\":\"stream\",\"stream\":\"seal/{life.Seal}\"");
        lines.ShouldContain("signing.sealed.v2");
    }

    [Fact]
    public async Task The_owner_may_take_evidence_away_and_strangers_may_not()
    {
        var file = life.PathOf("stranger.jsonl");
        var owner = await SealCommand.Run("export", life.Seal, "--out", life.PathOf("owner.jsonl"), "--service", life.Url, "--token", await life.TokenOfAsync(Company.Representative));
        var stranger = await SealCommand.Run("export", life.Seal, "--out", file, "--service", life.Url, "--token", await life.TokenOfAsync("li-na"));

        owner.ExitCode.ShouldBe(0, owner.ToString());
        stranger.ExitCode.ShouldBe(3, stranger.ToString());
        File.Exists(file).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true, "event-not-proven")]
    [InlineData(false, "event-not-proven")]
    public async Task A_changed_event_is_found_and_named_with_its_position(bool withKey, string code)
    {
        var finding = await FirstFindingAsync(
            lines => Change(lines, line => line.Contains("seal.frozen.v1", StringComparison.Ordinal), line => line.Replace("\\\"byAuthority\\\":false", "\\\"byAuthority\\\":true", StringComparison.Ordinal)), withKey);

        finding["code"]!.GetValue<string>().ShouldBe(code);
        finding["en"]!.GetValue<string>().ShouldContain($"of seal/{life.Seal}");
        finding["position"]!.GetValue<long>().ShouldBe(PositionOf("seal.frozen.v1"));
    }

    [Fact]
    public async Task A_changed_proof_is_found_and_named()
    {
        var finding = await FirstFindingAsync(lines => Change(
            lines, line => line.Contains("seal.made.v1", StringComparison.Ordinal), line => FirstHash().Replace(line, match => match.Groups[1].Value + (match.Groups[2].Value == "A" ? "B" : "A"))));

        finding["code"]!.GetValue<string>().ShouldBe("event-not-proven");
        finding["position"]!.GetValue<long>().ShouldBe(PositionOf("seal.made.v1"));
    }

    [Theory]
    [InlineData(true, "checkpoint-forged")]
    [InlineData(false, "root-mismatch")]
    public async Task A_changed_checkpoint_is_found_and_named(bool withKey, string code)
    {
        var finding = await FirstFindingAsync(lines => Change(lines, line => line.Contains("\"record\":\"header\"", StringComparison.Ordinal), line =>
        {
            var header = JsonNode.Parse(line)!;
            var note = header["checkpoint"]!.GetValue<string>().Split('\n');
            note[2] = Convert.ToBase64String(new byte[32]);
            header["checkpoint"] = string.Join('\n', note);
            return header.ToJsonString();
        }), withKey);

        finding["code"]!.GetValue<string>().ShouldBe(code);
    }

    [Fact]
    public async Task A_missing_event_is_found_and_named()
    {
        var finding = await FirstFindingAsync(lines => lines.RemoveAt(lines.FindIndex(line => line.Contains("seal.frozen.v1", StringComparison.Ordinal))));

        finding["code"]!.GetValue<string>().ShouldBe("event-missing");
        finding["en"]!.GetValue<string>().ShouldContain($"of seal/{life.Seal} is missing");
    }

    [Fact]
    public async Task The_last_event_of_a_stream_cannot_be_left_out_unseen()
    {
        void Cut(List<string> lines)
        {
            var stream = lines.FindIndex(line => line.StartsWith($"{{\"record\":\"stream\",\"stream\":\"seal/{life.Seal}\"", StringComparison.Ordinal));
            var version = JsonNode.Parse(lines[stream])!["version"]!.GetValue<int>();
            lines.RemoveAt(stream + version);
        }

        var finding = await FirstFindingAsync(Cut);
        var forged = await FirstFindingAsync(lines =>
        {
            Cut(lines);
            Change(lines, line => line.StartsWith($"{{\"record\":\"stream\",\"stream\":\"seal/{life.Seal}\"", StringComparison.Ordinal), Lower);
            Change(lines, line => line.StartsWith("{\"record\":\"end\"", StringComparison.Ordinal), line => Lower(line, "events"));
        });

        finding["code"]!.GetValue<string>().ShouldBe("event-missing");
        forged["code"]!.GetValue<string>().ShouldBeOneOf("material-changed", "statement-forged");
    }

    [Fact]
    public async Task Swapped_events_are_found_and_named()
    {
        var finding = await FirstFindingAsync(lines =>
        {
            var frozen = lines.FindIndex(line => line.Contains("seal.frozen.v1", StringComparison.Ordinal));
            (lines[frozen], lines[frozen + 1]) = (lines[frozen + 1], lines[frozen]);
        });

        finding["code"]!.GetValue<string>().ShouldBe("event-missing");
        finding["en"]!.GetValue<string>().ShouldContain("stands in its place");
    }

    [Fact]
    public async Task A_removed_certificate_is_found_and_named()
    {
        var finding = await FirstFindingAsync(lines => lines.RemoveAt(lines.FindIndex(line => line.Contains("\"kind\":\"certificate\"", StringComparison.Ordinal))));

        finding["code"]!.GetValue<string>().ShouldBe("material-missing");
        finding["en"]!.GetValue<string>().ShouldContain("certificate/");
    }

    [Fact]
    public async Task A_changed_certificate_is_found_and_named()
    {
        var finding = await FirstFindingAsync(lines => Change(
            lines, line => line.Contains("\"kind\":\"certificate\"", StringComparison.Ordinal), line => line.Replace("\"content\":\"MII", "\"content\":\"MIJ", StringComparison.Ordinal)));

        finding["code"]!.GetValue<string>().ShouldBe("material-changed");
    }

    [Fact]
    public async Task A_removed_stream_is_found_and_named()
    {
        var finding = await FirstFindingAsync(lines =>
        {
            var stream = lines.FindIndex(line => line.StartsWith("{\"record\":\"stream\",\"stream\":\"certificate/", StringComparison.Ordinal));
            lines.RemoveRange(stream, 1 + JsonNode.Parse(lines[stream])!["version"]!.GetValue<int>());
        });

        finding["code"]!.GetValue<string>().ShouldBeOneOf("material-changed", "event-missing");
        (await FindingsAsync(life.PathOf("changed.jsonl"), withKey: true)).Select(one => one["en"]!.GetValue<string>())
            .ShouldContain(sentence => sentence.StartsWith("The stream certificate/", StringComparison.Ordinal) && sentence.Contains("is missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Changed_words_are_found_and_named()
    {
        var finding = await FirstFindingAsync(lines => Change(
            lines, line => line.Contains("seal.frozen.v1", StringComparison.Ordinal), line => line.Replace(SealLife.Reason, "无故", StringComparison.Ordinal)));

        finding["code"]!.GetValue<string>().ShouldBe("words-changed");
    }

    [Theory]
    [InlineData("\"record\":\"end\"", "evidence-incomplete")]
    [InlineData("\"record\":\"header\"", "evidence-malformed")]
    public async Task A_file_without_its_end_or_its_beginning_is_told_so(string line, string code)
    {
        var finding = await FirstFindingAsync(lines => lines.RemoveAt(lines.FindIndex(one => one.Contains(line, StringComparison.Ordinal))));

        finding["code"]!.GetValue<string>().ShouldBe(code);
    }

    [Fact]
    public async Task Any_other_change_is_found_because_the_log_signed_the_file()
    {
        var finding = await FirstFindingAsync(lines => Change(
            lines, line => line.Contains("\"record\":\"header\"", StringComparison.Ordinal), line => line.Replace("\"scope\":\"all\"", "\"scope\":\"story\"", StringComparison.Ordinal)));

        finding["code"]!.GetValue<string>().ShouldBe("statement-forged");
    }

    [Fact]
    public async Task A_key_of_another_log_and_roots_of_another_authority_do_not_pass()
    {
        var other = "other.example/log" + (await File.ReadAllLinesAsync(life.Keys, Ct))[0][(await File.ReadAllLinesAsync(life.Keys, Ct))[0].IndexOf('+', StringComparison.Ordinal)..];
        var key = await SealCommand.Run("audit", life.Evidence, "--key", other);
        var file = await SealCommand.Run("audit", life.Keys, "--key", life.Keys);

        key.ExitCode.ShouldBe(3, "its id does not belong to that name");
        file.ExitCode.ShouldBe(1, file.ToString());
        file.Output.ShouldContain("This is no evidence file.");
    }

    private static void Change(List<string> lines, Predicate<string> which, Func<string, string> change)
    {
        var at = lines.FindIndex(which);
        var changed = change(lines[at]);
        changed.ShouldNotBe(lines[at]);
        lines[at] = changed;
    }

    private static string Lower(string line) => Lower(line, "version");

    private static string Lower(string line, string member)
    {
        var record = JsonNode.Parse(line)!;
        record[member] = record[member]!.GetValue<long>() - 1;
        return record.ToJsonString();
    }

    private async Task<JsonNode> FirstFindingAsync(Action<List<string>> tamper, bool withKey = true)
    {
        var lines = (await File.ReadAllLinesAsync(life.Evidence, Ct)).ToList();
        tamper(lines);
        var file = life.PathOf("changed.jsonl");
        await File.WriteAllTextAsync(file, string.Join('\n', lines) + "\n", Ct);
        return (await FindingsAsync(file, withKey))[0];
    }

    private async Task<List<JsonNode>> FindingsAsync(string file, bool withKey)
    {
        var answer = await SealCommand.Run(["audit", file, "--json", .. withKey ? ["--key", life.Keys] : Array.Empty<string>()]);
        answer.ExitCode.ShouldBe(1, answer.ToString());
        return [.. JsonNode.Parse(answer.Output)!["findings"]!.AsArray().Select(finding => finding!)];
    }

    private long PositionOf(string type) => JsonNode.Parse(File.ReadLines(life.Evidence).First(line => line.Contains(type, StringComparison.Ordinal)))!["position"]!.GetValue<long>();

    [GeneratedRegex("(\"hashes\":\\[\")(.)")]
    private static partial Regex FirstHash();
}
