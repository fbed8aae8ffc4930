using Seal.Benchmarks.Measuring;

namespace Seal.Benchmarks.Documents;

/// <summary><c>./bench documents</c>.</summary>
internal static class DocumentsArea
{
    /// <summary>Each figure is taken this often, ours and the reference by turns; the round whose ratio is in the middle counts.</summary>
    public const int Rounds = 3;

    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(2);

    /// <summary>The sizes of the table.</summary>
    public static readonly (string Name, long Bytes)[] Sizes = [("30 KB", 30_000), ("500 KB", 500_000), ("5 MB", 5_000_000)];

    public static async Task RunAsync(Report report)
    {
        await new SealRows(report).RunAsync();
        await new JudgeRows(report).RunAsync();
        await new OfdRows(report).RunAsync();
        await new LargeRows(report).RunAsync();
    }
}
