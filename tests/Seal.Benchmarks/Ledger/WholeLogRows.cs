using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Seal.Benchmarks.Measuring;
using Seal.Ledger;
using Seal.Ledger.Auditing;
using Seal.Ledger.Tiles;

namespace Seal.Benchmarks.Ledger;

/// <summary>What reads a whole log of a million events: audit, export, rebuild of a projection; how fast and in how much memory.</summary>
internal sealed partial class WholeLogRows(Report report, LedgerBed bed)
{
    public const string FullAudit = "full audit, 1 million events";
    public const string Rebuild = "projection rebuild, 1 million events";
    public const string AuditMemory = "memory above idle, audit";
    public const string ExportMemory = "memory above idle, export";
    public const string RebuildMemory = "memory above idle, rebuild";

    private const long Events = 1_000_000;
    private const int Rounds = 5;

    public async Task RunAsync()
    {
        if (!report.Wants(FullAudit, Rebuild, AuditMemory, ExportMemory, RebuildMemory))
        {
            return;
        }

        report.Say($"filling a log with {Events:#,0} events");
        var options = await bed.NewLedgerAsync();
        await using (var ledger = await EventLedger.OpenAsync(options, CancellationToken.None))
        {
            await Filling.RunAsync(ledger, 0, Events / Filling.EventsAStream);
        }

        await bed.RestAsync(options);
        var copyOut = await AuditAsync(options);
        await ExportAsync(options);
        await RebuildAsync(options, copyOut);
    }

    private async Task<double> CopyOutAsync(LedgerOptions options)
    {
        var (_, took) = await Tool.RunAsync(report, "psql -q -c 'copy ledger.events to stdout with (format binary)' > /dev/null", LedgerBed.Environment(options.OwnerConnectionString!));
        return report.Told("COPY OUT, events/s", Events / took.TotalSeconds);
    }

    /// <summary>Measures audits; gives back the middle rate of COPY OUT.</summary>
    private async Task<double> AuditAsync(LedgerOptions options)
    {
        await using var source = new DatabaseTileSource(options.ConnectionString);
        var bytes = await LeafLengthAsync(options);
        var (output, _) = await Tool.RunAsync(report, $"openssl speed -evp sha256 -seconds 2 -bytes {bytes} 2>&1", new Dictionary<string, string>());
        var hashing = report.Told($"openssl speed, leaves of {bytes} bytes a second", double.Parse(SpeedPattern().Match(output).Groups[1].Value, CultureInfo.InvariantCulture) * 1000 / bytes);
        List<double> copies = [];
        List<(double, double)> rounds = [];
        var memory = 0.0;
        for (var round = 1; round <= Rounds; round++)
        {
            report.Say($"round {round} of {Rounds}");
            copies.Add(await CopyOutAsync(options));
            var watch = Stopwatch.StartNew();
            AuditResult? result = null;
            memory = Math.Max(memory, await Memory.AboveIdleAsync(async () => result = await Audit.RunAsync(source, new AuditOptions(), null, CancellationToken.None)));
            if (result!.Entries != Events || result.Findings.Any(finding => finding.Code != FindingCode.CheckpointMissing))
            {
                throw new InvalidOperationException("The audit did not find the log in order: " + string.Join(' ', result.Findings.Select(finding => finding.En)));
            }

            rounds.Add((report.Told("audit, events/s", Events / watch.Elapsed.TotalSeconds), Math.Min(copies[^1], hashing)));
        }

        report.Add(BenchRow.AtLeast(FullAudit, rounds, "events/s", 0.4));
        report.Add(BenchRow.AtMost(AuditMemory, memory, 200, "MB", 1));
        return ClosedLoop.Median(copies);
    }

    private async Task ExportAsync(LedgerOptions options)
    {
        await using var ledger = await EventLedger.OpenAsync(options with { Signers = [new BenchNoteKey(options.Origin)] }, CancellationToken.None);
        var folder = Path.Combine(bed.Folder, "export");
        var memory = await Memory.AboveIdleAsync(() => new TileExport(ledger).ExportAsync(folder, null, CancellationToken.None));
        Directory.Delete(folder, recursive: true);
        report.Add(BenchRow.AtMost(ExportMemory, memory, 200, "MB", 1));
    }

    private async Task RebuildAsync(LedgerOptions options, double copyOut)
    {
        List<double> rates = [];
        var memory = 0.0;
        for (var version = 1; version <= 3; version++)
        {
            var with = options with { Projections = [new CountProjection(version)] };
            var watch = Stopwatch.StartNew();
            memory = Math.Max(memory, await Memory.AboveIdleAsync(async () => await (await EventLedger.OpenAsync(with, CancellationToken.None)).DisposeAsync()));
            rates.Add(report.Told("rebuild, events/s", Events / watch.Elapsed.TotalSeconds));
        }

        report.Say($"    wanted: 100,000 events/s or 0.3 of COPY OUT ({Report.Text(0.3 * copyOut)}), whichever is less");
        report.Add(BenchRow.AtLeast(Rebuild, ClosedLoop.Median(rates), Math.Min(100_000, 0.3 * copyOut), "events/s", 1));
        report.Add(BenchRow.AtMost(RebuildMemory, memory, 200, "MB", 1));
    }

    private static async Task<int> LeafLengthAsync(LedgerOptions options)
    {
        await using var ledger = await EventLedger.OpenAsync(options, CancellationToken.None);
        return (await ledger.FindAsync(Events / 2, CancellationToken.None))!.ToLeaf().Length;
    }

    [GeneratedRegex(@"sha256\s+([0-9.]+)k", RegexOptions.IgnoreCase)]
    private static partial Regex SpeedPattern();
}
