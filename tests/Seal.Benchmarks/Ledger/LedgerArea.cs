using Seal.Benchmarks.Measuring;

namespace Seal.Benchmarks.Ledger;

/// <summary><c>./bench ledger</c>.</summary>
internal static class LedgerArea
{
    public static async Task RunAsync(Report report, long events)
    {
        await using var bed = await LedgerBed.StartAsync();
        await bed.DescribeAsync(report);
        await new AppendRows(report, bed).RunAsync();
        await new CommandRow(report, bed).RunAsync();
        await new WholeLogRows(report, bed).RunAsync();
        await new GrowthRows(report, bed, events).RunAsync();
    }
}
