using System.Text.Json.Nodes;

namespace Seal.Cli.Tests.Replaying;

[Collection(nameof(OneSealLife))]
public sealed class ReplayTests(SealLife life)
{
    [Fact]
    public async Task A_seals_story_is_told_with_who_what_why_and_the_proof()
    {
        var told = await life.RunAsync("replay", life.Seal, "--key", life.Keys, "--lang", "en");

        told.ExitCode.ShouldBe(0, told.ToString());
        told.Output.ShouldContain("The seal was frozen.");
        told.Output.ShouldContain($"why: “{SealLife.Reason}”");
        told.Output.ShouldContain("by the legal representative");
        told.Output.ShouldContain("by the seal maker");
        told.Output.ShouldContain("by the reviewer");
        told.Output.ShouldContain("by FreezeSeal, proof of person ");
        told.Output.ShouldContain(", proven ✓");
        told.Output.ShouldNotContain("NOT PROVEN");
        told.Output.ShouldContain("contract seal), active");
        told.Output.ShouldContain("its signature was checked");
    }

    [Fact]
    public async Task The_story_is_told_in_chinese_and_says_that_no_signature_was_checked_without_a_key()
    {
        var told = await life.RunAsync("replay", life.Seal, "--lang", "zh");

        told.ExitCode.ShouldBe(0, told.ToString());
        told.Output.ShouldContain("印章被冻结。");
        told.Output.ShouldContain($"原因：“{SealLife.Reason}”");
        told.Output.ShouldContain("由法定代表人");
        told.Output.ShouldContain("未给出密钥（--key），未检查签名");
    }

    [Fact]
    public async Task The_story_ends_at_the_version_or_the_time_asked_for()
    {
        var frozen = (await EventsAsync()).Single(told => told["type"]!.GetValue<string>() == "seal.frozen.v1");
        var version = await JsonAsync("--version", frozen["version"]!.ToString());
        var time = await JsonAsync("--as-of", frozen["recordedAt"]!.GetValue<string>());
        var before = await JsonAsync("--as-of", "2001-01-01");

        version["state"]!["status"]!.GetValue<string>().ShouldBe("frozen");
        time["state"]!["status"]!.GetValue<string>().ShouldBe("frozen");
        time["version"]!.GetValue<long>().ShouldBe(frozen["version"]!.GetValue<long>());
        before["events"]!.AsArray().ShouldBeEmpty();
        before["state"].ShouldBeNull();
    }

    [Fact]
    public async Task The_difference_between_two_versions_is_told_with_the_events_between()
    {
        var events = await EventsAsync();
        var frozen = events.Single(told => told["type"]!.GetValue<string>() == "seal.frozen.v1")["version"]!.GetValue<long>();
        var difference = await JsonAsync("--diff", $"{frozen - 1}", $"{frozen}");
        var words = await life.RunAsync("replay", life.Seal, "--diff", $"{frozen - 1}", $"{frozen}", "--lang", "en");

        var change = difference["changes"]!.AsArray().ShouldHaveSingleItem()!;
        change["field"]!.GetValue<string>().ShouldBe("status");
        change["after"]!.GetValue<string>().ShouldBe("frozen");
        difference["events"]!.AsArray().Select(told => told!["type"]!.GetValue<string>()).ShouldContain("seal.frozen.v1");
        words.Output.ShouldContain("status: active → frozen");
        words.Output.ShouldContain("The seal was frozen.");
    }

    [Fact]
    public async Task Uses_are_told_when_they_are_asked_for()
    {
        (await life.RunAsync("replay", life.Seal, "--lang", "en")).Output.ShouldNotContain("The document was sealed");
        (await life.RunAsync("replay", life.Seal, "--uses", "--lang", "en")).Output.ShouldContain("The document was sealed");
    }

    [Fact]
    public async Task An_evidence_file_is_replayed_without_a_service()
    {
        var told = await SealCommand.Run("replay", life.Evidence, "--key", life.Keys, "--lang", "en");

        told.ExitCode.ShouldBe(0, told.ToString());
        told.Output.ShouldContain("The freeze was lifted.");
    }

    [Theory]
    [InlineData("--version", "999")]
    [InlineData("--version", "3", "--as-of", "2026-01-01")]
    [InlineData("--as-of", "yesterday")]
    [InlineData("--diff", "5", "2")]
    public async Task What_cannot_be_told_is_refused(params string[] options)
    {
        var told = await life.RunAsync(["replay", life.Seal, .. options]);

        told.ExitCode.ShouldBe(3, told.ToString());
        told.Errors.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_seal_that_is_not_there_or_not_ones_own_is_refused_in_the_services_words()
    {
        var unknown = await life.RunAsync("replay", "nothing-1");
        var stranger = await SealCommand.Run("replay", life.Seal, "--service", life.Url, "--token", await life.TokenOfAsync("li-na"));
        var nobody = await SealCommand.Run("replay", life.Seal, "--service", life.Url);

        unknown.ExitCode.ShouldBe(3, unknown.ToString());
        unknown.Errors.ShouldContain("404");
        stranger.Errors.ShouldContain("403");
        nobody.Errors.ShouldContain("401");
    }

    private async Task<JsonNode> JsonAsync(params string[] options)
    {
        var told = await life.RunAsync(["replay", life.Seal, "--key", life.Keys, "--json", .. options]);
        told.ExitCode.ShouldBe(0, told.ToString());
        return JsonNode.Parse(told.Output)!;
    }

    private async Task<List<JsonNode>> EventsAsync() => [.. (await JsonAsync())["events"]!.AsArray().Select(told => told!)];
}
