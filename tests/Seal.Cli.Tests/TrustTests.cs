namespace Seal.Cli.Tests;

/// <summary>Whom <c>seal verify</c> trusts with what, and the report it writes.</summary>
public sealed class TrustTests(SealedFiles files) : IClassFixture<SealedFiles>
{
    private string[] Lists => ["--crl", files.RootList, "--crl", files.IssuingList];

    [Theory]
    [InlineData("signers", 0)]
    [InlineData("timestamps", 2)]
    [InlineData("seal-makers", 2)]
    public async Task A_root_is_trusted_with_what_its_folder_says(string part, int exitCode)
    {
        var policy = files.PathOf($"policy-{part}");
        Directory.CreateDirectory(Path.Combine(policy, part));
        File.Copy(files.Root, Path.Combine(policy, part, "root.pem"), overwrite: true);
        var outcome = await SealCommand.Run(["verify", files.Sealed, "--policy", policy, .. Lists]);

        outcome.ExitCode.ShouldBe(exitCode, outcome.ToString());
    }

    [Theory]
    [InlineData("--trust-signers", 0)]
    [InlineData("--trust-timestamps", 2)]
    [InlineData("--trust-seal-makers", 2)]
    public async Task A_root_is_trusted_with_what_its_option_says(string option, int exitCode) =>
        (await SealCommand.Run(["verify", files.Sealed, option, files.Root, .. Lists])).ExitCode.ShouldBe(exitCode);

    [Fact]
    public async Task A_policy_that_is_not_there_is_named()
    {
        var outcome = await SealCommand.Run("verify", files.Sealed, "--policy", files.PathOf("no-policy"));

        outcome.ExitCode.ShouldBe(3, outcome.ToString());
        outcome.Errors.ShouldContain("no-policy");
    }

    [Fact]
    public async Task A_file_that_is_no_OCSP_answer_is_named()
    {
        var outcome = await SealCommand.Run("verify", files.Sealed, "--ocsp", files.Root);

        outcome.ExitCode.ShouldBe(3, outcome.ToString());
        outcome.Errors.ShouldContain("not a readable OCSP answer");
    }

    [Fact]
    public async Task A_report_for_people_is_written_beside_the_answer()
    {
        var report = files.PathOf("report.pdf");
        var outcome = await SealCommand.Run(["verify", files.Sealed, files.PathOf("no-such.pdf"), "--report", report, .. files.Trust]);

        outcome.ExitCode.ShouldBe(3, outcome.ToString());
        File.ReadAllBytes(report).AsSpan()[..5].SequenceEqual("%PDF-"u8).ShouldBeTrue();

        var unwritable = await SealCommand.Run(["verify", files.Sealed, "--report", Path.Combine(files.PathOf("no-folder"), "report.pdf"), .. files.Trust]);
        unwritable.ExitCode.ShouldBe(3, unwritable.ToString());
        unwritable.Errors.ShouldContain("the report cannot be written");
    }
}
