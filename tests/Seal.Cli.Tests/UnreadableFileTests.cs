using System.Text;
using System.Text.Json.Nodes;

namespace Seal.Cli.Tests;

public sealed class UnreadableFileTests(SealedFiles files) : IClassFixture<SealedFiles>
{
    [Fact]
    public Task A_truncated_file_is_told_to_be_incomplete() =>
        ShouldBeUnreadable(files.From(bytes => bytes[..^3000], "truncated.pdf"), "pdf-truncated", "the file is incomplete: its end is missing");

    [Fact]
    public Task A_file_that_is_no_pdf_is_told_so() =>
        ShouldBeUnreadable(files.From(_ => Encoding.UTF8.GetBytes("这不是 PDF"), "letter.txt"), "not-a-pdf", "this is neither a PDF nor an OFD file");

    [Fact]
    public Task An_empty_file_is_told_to_be_no_pdf() =>
        ShouldBeUnreadable(files.From(_ => [], "empty.pdf"), "not-a-pdf", "this is neither a PDF nor an OFD file");

    [Fact]
    public Task A_missing_file_is_told_to_be_missing() =>
        ShouldBeUnreadable(files.PathOf("no-such.pdf"), "file-not-found", "there is no such file");

    [Fact]
    public Task A_folder_without_documents_is_told_to_be_no_file() =>
        ShouldBeUnreadable(Directory.CreateDirectory(files.PathOf("empty-folder")).FullName, "not-a-file", "this is not a regular file");

    [Fact]
    public async Task One_unreadable_file_does_not_keep_the_others_from_being_judged()
    {
        var outcome = await SealCommand.Run(["verify", files.PathOf("no-such.pdf"), files.Sealed, .. files.Trust]);

        outcome.ExitCode.ShouldBe(3, outcome.ToString());
        outcome.Output.ShouldContain("passed TOTAL_PASSED");
    }

    [Fact]
    public async Task A_root_that_is_no_certificate_is_named()
    {
        var outcome = await SealCommand.Run("verify", files.Sealed, "--trust", files.Contract);

        outcome.ExitCode.ShouldBe(3, outcome.ToString());
        outcome.Output.ShouldBeEmpty();
        outcome.Errors.ShouldBe($"seal: there is no readable certificate (PEM or DER) in this file: {files.Contract} (not-a-certificate)\n");
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("link to a pipe")]
    [InlineData("device")]
    public async Task What_is_no_file_beside_a_document_is_not_waited_for(string what)
    {
        var document = files.From(bytes => bytes, $"{what}.pdf");
        var pipe = files.PathOf($"{what}.pipe");
        if (what != "device")
        {
            using var made = System.Diagnostics.Process.Start("mkfifo", [what == "pipe" ? document + ".receipt" : pipe]);
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        if (what != "pipe")
        {
            File.CreateSymbolicLink(document + ".receipt", what == "device" ? "/dev/zero" : pipe);
        }

        var outcome = await SealCommand.Run(["verify", document, "--json", .. files.Trust]);

        outcome.ExitCode.ShouldBe(0, outcome.ToString());
        outcome.Output.ShouldContain("receipt-truncated");
    }

    [Fact]
    public async Task A_misspelt_option_is_no_verdict()
    {
        var outcome = await SealCommand.Run("verify", files.Sealed, "--jsno");

        outcome.ExitCode.ShouldBe(3, outcome.ToString());
        outcome.Errors.ShouldContain("--jsno");
    }

    [Fact]
    public async Task A_name_of_a_file_cannot_steer_the_terminal()
    {
        var outcome = await SealCommand.Run("verify", files.From(bytes => bytes, "a\u001b[2J\u202epass.pdf"));

        outcome.Output.ShouldNotContain("\u001b");
        outcome.Output.ShouldNotContain("\u202e");
    }

    private static async Task ShouldBeUnreadable(string file, string code, string sentence)
    {
        var plain = await SealCommand.Run("verify", file);
        plain.ExitCode.ShouldBe(3, plain.ToString());
        plain.Output.ShouldContain($"{sentence} ({code})");
        (plain.Output + plain.Errors).ShouldNotContain("   at ");

        var json = await SealCommand.Run("verify", "--json", file);
        json.ExitCode.ShouldBe(3, json.ToString());
        var answer = JsonNode.Parse(json.Output)!;
        answer["file"]!.GetValue<string>().ShouldBe(file);
        answer["error"]!["code"]!.GetValue<string>().ShouldBe(code);
        answer["error"]!["en"]!.GetValue<string>().ShouldBe(sentence);
    }
}
