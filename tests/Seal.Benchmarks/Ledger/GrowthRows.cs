using System.Diagnostics;
using Seal.Benchmarks.Measuring;
using Seal.Ledger;

namespace Seal.Benchmarks.Ledger;

/// <summary>A long log beside a short one: appends, of which nine in ten begin a stream and one goes on with one of the last 100,000; and proofs.</summary>
internal sealed class GrowthRows(Report report, LedgerBed bed, long size)
{
    public const string Rate = "append rate, long log against 10 thousand";
    public const string ProofTime = "inclusion proof, long log, median time";
    public const string ProofHashes = "inclusion proof, long log, hashes";

    private const int Rounds = 5;
    private const int Recent = 100_000;
    private const long Short = 10_000;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    public async Task RunAsync()
    {
        if (!report.Wants(Rate, ProofTime, ProofHashes))
        {
            return;
        }

        var options = await bed.NewLedgerAsync();
        options = options with { Signers = [new BenchNoteKey(options.Origin)], CheckpointInterval = TimeSpan.FromMinutes(1) };
        await FillAsync(options);
        await bed.RestAsync(options);
        await using var ledger = await EventLedger.OpenAsync(options, CancellationToken.None);
        await ProofsAsync(ledger);
        if (report.Wants(Rate))
        {
            await RatesAsync(ledger);
        }
    }

    private async Task FillAsync(LedgerOptions options)
    {
        await using var ledger = await EventLedger.OpenAsync(options, CancellationToken.None);
        var watch = Stopwatch.StartNew();
        await Filling.RunAsync(ledger, 0, size / Filling.EventsAStream);
        report.Say($"filled a log with {size:#,0} events in {watch.Elapsed.TotalSeconds:0} s, {Report.Text(size / watch.Elapsed.TotalSeconds)} events/s in appends of ten");
    }

    private async Task RatesAsync(EventLedger ledger)
    {
        List<(double, double)> rounds = [];
        for (var round = 1; round <= Rounds; round++)
        {
            report.Say($"round {round} of {Rounds}");
            double brief;
            await using (var fresh = await EventLedger.OpenAsync(await bed.NewLedgerAsync(), CancellationToken.None))
            {
                await Filling.RunAsync(fresh, 0, Short / Filling.EventsAStream);
                await bed.SettleAsync(report);
                brief = report.Told("from 10,000 events on", await RateAsync(fresh));
            }

            await bed.SettleAsync(report);
            rounds.Add((report.Told($"from {await ledger.SizeAsync(CancellationToken.None):#,0} events on", await RateAsync(ledger)), brief));
        }

        report.Add(BenchRow.AtLeast(Rate, rounds, "events/s", 0.9));
    }

    private static async Task<double> RateAsync(EventLedger ledger)
    {
        var recent = new RecentStreams(Recent, (await ledger.SizeAsync(CancellationToken.None)).ToString());
        return await ClosedLoop.RateAsync(512, WarmUp, Length, async _ =>
        {
            var (stream, version) = recent.Take();
            await ledger.AppendAsync(SampleEvents.WithKey(SampleEvents.To(stream, version), $"{stream} {version}"), CancellationToken.None);
            recent.Give(stream, version + 1);
        });
    }

    private async Task ProofsAsync(EventLedger ledger)
    {
        var end = await ledger.SizeAsync(CancellationToken.None);
        List<double> times = [];
        var most = 0;
        for (var i = 0; i < 1000; i++)
        {
            var position = Random.Shared.NextInt64(end);
            var start = Stopwatch.GetTimestamp();
            var proof = await ledger.ProveInclusionAsync(position, end, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            most = Math.Max(most, proof.Hashes.Count);
        }

        report.Say($"1,000 proofs of events anywhere among {end:#,0}");
        report.Add(BenchRow.AtMost(ProofTime, ClosedLoop.Median(times), 2, "ms", 1));
        report.Add(BenchRow.AtMost(ProofHashes, most, 24, "hashes", 1));
    }
}
