using Seal.Documents.Judging;

namespace Seal.Cli.Verifying;

/// <summary>The exit codes of <c>seal verify</c>; public API.</summary>
internal static class ExitCodes
{
    public const int Passed = 0;
    public const int Failed = 1;
    public const int Indeterminate = 2;

    /// <summary>A file could not be read, or what was asked could not be understood: there is no verdict.</summary>
    public const int Unreadable = 3;

    private static readonly int[] FromBestToWorst = [Passed, Indeterminate, Failed, Unreadable];

    /// <summary>The exit code that tells the worst of the answers.</summary>
    public static int Of(IEnumerable<FileAnswer> answers) => answers.Select(Of).MaxBy(code => Array.IndexOf(FromBestToWorst, code));

    private static int Of(FileAnswer answer) => answer.Judgement?.Verdict switch
    {
        Verdict.TotalPassed => Passed,
        Verdict.TotalFailed => Failed,
        Verdict.Indeterminate => Indeterminate,
        _ => Unreadable,
    };
}
