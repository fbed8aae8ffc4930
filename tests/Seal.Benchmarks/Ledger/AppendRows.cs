using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Seal.Benchmarks.Measuring;
using Seal.Ledger;

namespace Seal.Benchmarks.Ledger;

/// <summary>Single events through the ledger, against what PostgreSQL does with the same rows and nothing around them.</summary>
internal sealed partial class AppendRows(Report report, LedgerBed bed)
{
    public const string Few = "append, 32 callers, against INSERT";
    public const string Many = "append, 512 callers, against INSERT";
    public const string Copy = "append, 512 callers, against COPY";
    public const string One = "append, one caller, median time";

    private const int Rounds = 7;
    private const int CopyChunk = 500;
    private const int CopyChunks = 300;

    private static readonly TimeSpan Compiling = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    private long _next;

    public async Task RunAsync()
    {
        if (!report.Wants(Few, Many, Copy, One))
        {
            return;
        }

        await using var ledger = await EventLedger.OpenAsync(await bed.NewLedgerAsync(), CancellationToken.None);
        var bare = (await bed.NewDatabaseAsync()).OwnerConnectionString;
        await LedgerBed.ExecuteAsync(bare, BareTables.Create);
        var script = await bed.WriteAsync("insert.sql", BareTables.Insert);
        await bed.WriteAsync("copy.sql", string.Concat(Enumerable.Range(0, CopyChunks).Select(i => $"\\copy bare.events from '{bed.Folder}/{i}.bin' with (format binary)\n")));
        var environment = LedgerBed.Environment(bare);

        // A service has long been compiled for what it does.
        report.Say($"warming up for {Compiling.TotalSeconds:0} s");
        await ClosedLoop.RateAsync(512, Compiling, TimeSpan.Zero, _ => AppendAsync(ledger));
        if (report.Wants(Copy))
        {
            await MakeChunksAsync(bare, environment);
        }

        List<(double, double)> few = [], many = [], copied = [];
        for (var round = 1; round <= Rounds && report.Wants(Few, Many, Copy); round++)
        {
            report.Say($"round {round} of {Rounds}");
            await bed.SettleAsync(report);
            var atFew = report.Told("ledger, 32 callers", await AtRateAsync(ledger, 32));
            await bed.SettleAsync(report);
            var inserts = await InsertsAsync(script, environment);
            await bed.SettleAsync(report);
            var atMany = report.Told("ledger, 512 callers", await AtRateAsync(ledger, 512));
            few.Add((atFew, inserts));
            many.Add((atMany, inserts));
            if (report.Wants(Copy))
            {
                await bed.SettleAsync(report);
                copied.Add((atMany, await CopiesAsync(bare, environment)));
            }
        }

        if (few.Count > 0)
        {
            report.Add(BenchRow.AtLeast(Few, few, "events/s", 1));
            report.Add(BenchRow.AtLeast(Many, many, "events/s", 2));
        }

        if (copied.Count > 0)
        {
            report.Add(BenchRow.AtLeast(Copy, copied, "events/s", 0.3));
        }

        if (report.Wants(One))
        {
            await OneAsync(ledger, script, environment);
        }
    }

    private Task<double> AtRateAsync(EventLedger ledger, int callers) => ClosedLoop.RateAsync(callers, WarmUp, Length, _ => AppendAsync(ledger));

    private Task<AppendResult> AppendAsync(EventLedger ledger)
    {
        var name = Interlocked.Increment(ref _next).ToString(CultureInfo.InvariantCulture);
        return ledger.AppendAsync(SampleEvents.WithKey(SampleEvents.To("thing/" + name, 0), name), CancellationToken.None);
    }

    private async Task<double> InsertsAsync(string script, Dictionary<string, string> environment)
    {
        var (output, _) = await Tool.RunAsync(report, $"pgbench -n -M prepared -c 32 -j 2 -T {Length.TotalSeconds:0} -f {script}", environment);
        return report.Told("pgbench, 32 connections", Tps(output));
    }

    /// <summary>The rows as files, 500 in each.</summary>
    private async Task MakeChunksAsync(string bare, Dictionary<string, string> environment)
    {
        await LedgerBed.ExecuteAsync(bare, $"""
            create table bare.source as select p::bigint as position, p::bigint as stream, 1::bigint as version, '{SampleEvents.Type}' as type, now() as recorded_at,
                '\x7b7d'::bytea as metadata, '\x{SampleEvents.HexBody}'::bytea as body, sha256(p::text::bytea) as leaf_hash
            from generate_series(1000000000, 1000000000 + {CopyChunks * CopyChunk}) p;
            create index on bare.source (position);
            """);
        var script = new StringBuilder();
        for (var i = 0; i < CopyChunks; i++)
        {
            var from = 1_000_000_000L + (i * CopyChunk);
            script.Append(CultureInfo.InvariantCulture, $"\\copy (select * from bare.source where position >= {from} and position < {from + CopyChunk}) to '{bed.Folder}/{i}.bin' with (format binary)\n");
        }

        await Tool.RunAsync(report, "psql -q -v ON_ERROR_STOP=1 -f " + await bed.WriteAsync("chunks.sql", script.ToString()), environment);
    }

    private async Task<double> CopiesAsync(string bare, Dictionary<string, string> environment)
    {
        await LedgerBed.ExecuteAsync(bare, "truncate bare.events");
        var (_, took) = await Tool.RunAsync(report, $"psql -q -v ON_ERROR_STOP=1 -f {bed.Folder}/copy.sql   # {CopyChunks} times: \\copy bare.events from 'N.bin' with (format binary), {CopyChunk} rows each", environment);
        return report.Told("COPY", CopyChunks * CopyChunk / took.TotalSeconds);
    }

    private async Task OneAsync(EventLedger ledger, string script, Dictionary<string, string> environment)
    {
        List<double> ours = [], theirs = [];
        for (var round = 1; round <= Rounds; round++)
        {
            await Tool.RunAsync(report, $"rm -f {bed.Folder}/one.*; pgbench -n -M prepared -c 1 -T {Length.TotalSeconds:0} -l --log-prefix={bed.Folder}/one -f {script}", environment);
            var log = Directory.EnumerateFiles(bed.Folder, "one.*").Single();
            var times = File.ReadLines(log).Select(line => double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture));
            theirs.Add(report.Told("pgbench, one connection, median of all, µs", ClosedLoop.Median(times)));
            ours.Add(report.Told("ledger, one caller, median of all, µs", ClosedLoop.Median(await TimesAsync(ledger))));
        }

        report.Add(BenchRow.AtMost(One, ClosedLoop.Median(ours), ClosedLoop.Median(theirs), "µs", 3));
    }

    private async Task<List<double>> TimesAsync(EventLedger ledger)
    {
        var times = new List<double>();
        var whole = Stopwatch.StartNew();
        while (whole.Elapsed < WarmUp + Length)
        {
            var name = Interlocked.Increment(ref _next).ToString(CultureInfo.InvariantCulture);
            var start = Stopwatch.GetTimestamp();
            await ledger.AppendAsync(SampleEvents.WithKey(SampleEvents.To("thing/" + name, 0), name), CancellationToken.None);
            if (whole.Elapsed > WarmUp)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }
        }

        return times;
    }

    public static double Tps(string output) => double.Parse(TpsPattern().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex TpsPattern();
}
