using System.Text.Json.Nodes;

namespace Seal.Cli.Tests;

public sealed class VerifyTests(SealedFiles files) : IClassFixture<SealedFiles>
{
    [Fact]
    public async Task A_sealed_document_under_a_trusted_root_passes()
    {
        var outcome = await SealCommand.Run(["verify", files.Sealed, .. files.Trust]);

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Output.ShouldContain("passed TOTAL_PASSED");
        outcome.Output.ShouldContain("✓ digest");
        outcome.Output.ShouldContain("? ledger");
        outcome.Output.ShouldContain("No ledger was asked.");
        outcome.Output.ShouldContain("深圳市星河科技有限公司");
        outcome.Output.ShouldContain("claimed by the signer");
    }

    [Fact]
    public async Task Piped_output_has_no_escape_sequences()
    {
        var outcome = await SealCommand.Run(["verify", files.Sealed, files.Contract, .. files.Trust]);

        (outcome.Output + outcome.Errors).ShouldNotContain("\u001b");
    }

    [Theory]
    [InlineData("zh_CN.UTF-8", "未查询登记系统。")]
    [InlineData("en_GB.UTF-8", "No ledger was asked.")]
    public async Task The_sentences_are_in_the_language_of_the_environment(string language, string sentence)
    {
        (await SealCommand.RunIn(language, ["verify", files.Sealed, .. files.Trust])).Output.ShouldContain(sentence);
    }

    [Fact]
    public async Task The_language_can_be_chosen()
    {
        (await SealCommand.RunIn("en_GB.UTF-8", ["verify", files.Sealed, "--lang", "zh"])).Output.ShouldContain("签署的内容未被篡改。");
    }

    [Fact]
    public async Task A_document_without_a_trusted_root_is_indeterminate()
    {
        var outcome = await SealCommand.Run("verify", files.Sealed);

        outcome.ExitCode.ShouldBe(2, outcome.ToString());
        outcome.Output.ShouldContain("NO_CERTIFICATE_CHAIN_FOUND");
        outcome.Output.ShouldContain("--trust");
    }

    [Fact]
    public async Task A_folder_of_roots_can_be_trusted()
    {
        var outcome = await SealCommand.Run("verify", files.Sealed, "--trust", Path.GetDirectoryName(files.Root)!, "--crl", files.RootList, "--crl", files.IssuingList);

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
    }

    [Fact]
    public async Task A_document_that_no_ledger_confirms_does_not_pass_when_a_ledger_is_required()
    {
        var outcome = await SealCommand.Run(["verify", files.Sealed, "--require-ledger", .. files.Trust]);

        outcome.ExitCode.ShouldBe(2, outcome.ToString());
        outcome.Output.ShouldContain("NOT_IN_LEDGER");
    }

    [Fact]
    public async Task A_document_changed_by_one_byte_fails()
    {
        var changed = files.From(bytes => Changed(bytes, at: 40_000), "changed.pdf");
        var outcome = await SealCommand.Run(["verify", changed, .. files.Trust]);

        outcome.ExitCode.ShouldBe(1, outcome.ToString());
        outcome.Output.ShouldContain("failed TOTAL_FAILED / HASH_FAILURE");
        outcome.Output.ShouldContain("✗ digest");
    }

    [Fact]
    public async Task The_answer_in_json_is_the_judgement()
    {
        var outcome = await SealCommand.Run(["verify", "--json", files.Sealed, .. files.Trust]);
        var answer = JsonNode.Parse(outcome.Output)!;

        answer["file"]!.GetValue<string>().ShouldBe(files.Sealed);
        answer["digest"]!.GetValue<string>().ShouldStartWith("sha256:");
        answer["verdict"]!.GetValue<string>().ShouldBe("TOTAL_PASSED");
        var signature = answer["signatures"]!.AsArray().ShouldHaveSingleItem()!;
        signature["checks"]!.AsArray().Select(check => check!["check"]!.GetValue<string>()).ShouldBe(
            ["structure", "coverage", "changes", "digest", "signature-value", "certificate", "seal-data", "time", "ledger"]);
        var ledger = signature["checks"]!.AsArray()[^1]!;
        ledger["result"]!.GetValue<string>().ShouldBe("unknown");
        ledger["reason"]!["code"]!.GetValue<string>().ShouldBe("ledger-not-asked");
    }

    [Fact]
    public async Task Several_files_give_an_array_and_the_exit_code_of_the_worst()
    {
        var changed = files.From(bytes => Changed(bytes, at: 50_000), "changed-too.pdf");
        var outcome = await SealCommand.Run(["verify", "--json", files.Contract, changed, files.Sealed, .. files.Trust]);

        outcome.ExitCode.ShouldBe(1, outcome.ToString());
        JsonNode.Parse(outcome.Output)!.AsArray().Select(answer => answer!["verdict"]!.GetValue<string>())
            .ShouldBe(["INDETERMINATE", "TOTAL_FAILED", "TOTAL_PASSED"]);
    }

    internal static byte[] Changed(byte[] bytes, int at)
    {
        bytes[at] ^= 1;
        return bytes;
    }
}
