namespace Seal.Cli.Tests;

/// <summary>What is typed wrong is told in a sentence, and is never taken for a verdict.</summary>
public sealed class MistypedTests
{
    [Theory]
    [InlineData("replay x --diff 1", "--diff")]
    [InlineData("replay x --diff 1 2 3", "3")]
    [InlineData("replay x --diff 1 yesterday", "'yesterday' is neither a version nor a time.")]
    [InlineData("replay x --as-of yesterday", "'yesterday' is neither a version nor a time.")]
    [InlineData("replay x --as-of 2026-13-01", "'2026-13-01' is neither a version nor a time.")]
    [InlineData("replay x --version 0", "Versions are counted from 1.")]
    [InlineData("replay x --version -1", "Versions are counted from 1.")]
    [InlineData("replay x --version one", "one")]
    [InlineData("replay x --version 1 --as-of 2026-01-01", "Only one of --as-of, --version and --diff can be given.")]
    [InlineData("replay x", "--service")]
    [InlineData("replay", "Required argument missing")]
    [InlineData("export x --out y", "--service")]
    [InlineData("export x", "--out")]
    [InlineData("audit", "Required argument missing")]
    [InlineData("audit no-such-folder", "There is no file and no folder no-such-folder.")]
    [InlineData("audit . --key no-key", "'no-key' is no file and no key of a log")]
    [InlineData("audit . --witness no-key", "'no-key' is no file and no key of a witness")]
    [InlineData("audit . --witnesses-needed 1", "--witnesses-needed")]
    [InlineData("audit . --checkpoint no-such-file", "no-such-file")]
    [InlineData("audit nonsense=1", "connection string")]
    [InlineData("audit http://127.0.0.1:1", "cannot be read")]
    public async Task What_is_typed_wrong_is_told_in_a_sentence(string line, string sentence)
    {
        var outcome = await SealCommand.Run(line.Split(' '));

        outcome.ExitCode.ShouldBe(3, outcome.ToString());
        outcome.Errors.ShouldContain(sentence);
        (outcome.Output + outcome.Errors).ShouldNotContain("   at ");
    }
}
