using System.Text.Json;
using Seal.Benchmarks.Measuring;
using Seal.Ledger;

namespace Seal.Benchmarks.Ledger;

/// <summary>A whole command: fold a stream of ten events, decide, append one event with a condition and an inline projection.</summary>
internal sealed class CommandRow(Report report, LedgerBed bed)
{
    public const string Name = "whole command, 512 callers";

    private const int Rounds = 5;

    // Each round has streams of its own: by those of the one before, the faster side would have the longer ones to read.
    private const int StreamsARound = 30_000;
    private const int Streams = Rounds * StreamsARound;
    private const string Authority = "authority/1";

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(4);

    public async Task RunAsync()
    {
        if (!report.Wants(Name))
        {
            return;
        }

        report.Say($"{Streams:#,0} streams of ten events on both sides");
        var options = await bed.NewLedgerAsync(new CountProjection(1));
        await FillAsync(options);
        var bare = (await bed.NewDatabaseAsync()).OwnerConnectionString;
        await LedgerBed.ExecuteAsync(bare, BareTables.Create);
        await LedgerBed.ExecuteAsync(bare, BareTables.Fill(Streams));
        await LedgerBed.ExecuteAsync(bare, "vacuum analyze bare.events, bare.streams, bare.rows");
        await bed.RestAsync(options);
        await using var ledger = await EventLedger.OpenAsync(options, CancellationToken.None);

        List<(double, double)> rounds = [];
        for (var round = 1; round <= Rounds; round++)
        {
            report.Say($"round {round} of {Rounds}");
            var (first, last) = (((round - 1) * StreamsARound) + 1, round * StreamsARound);
            var script = await bed.WriteAsync("command.sql", BareTables.Command(first, last));
            var (output, _) = await Tool.RunAsync(report, $"pgbench -n -M prepared -c 32 -j 2 -T {Length.TotalSeconds:0} -f {script}", LedgerBed.Environment(bare));
            var theirs = report.Told("pgbench, 32 connections, one transaction a command", AppendRows.Tps(output));
            await bed.SettleAsync(report);
            rounds.Add((report.Told("ledger, 512 callers", await ClosedLoop.RateAsync(512, WarmUp, Length, _ => CommandAsync(ledger, Random.Shared.Next(first, last + 1)))), theirs));
            await bed.SettleAsync(report);
        }

        report.Add(BenchRow.AtLeast(Name, rounds, "commands/s", 3));
    }

    private static async Task FillAsync(LedgerOptions options)
    {
        await using var ledger = await EventLedger.OpenAsync(options, CancellationToken.None);
        await ledger.AppendAsync(SampleEvents.To(Authority, 0), CancellationToken.None);
        await Filling.RunAsync(ledger, 0, Streams);
    }

    /// <summary>A lost race is decided again, as any caller would.</summary>
    private static async Task CommandAsync(EventLedger ledger, int number)
    {
        var stream = Filling.Stream(number);
        while (true)
        {
            var events = (await ledger.ReadStreamsAsync([stream], ReadUntil.All, CancellationToken.None))[stream];
            if (Fold(events) < 0)
            {
                throw new InvalidOperationException("A sum of amounts cannot be negative.");
            }

            try
            {
                await ledger.AppendAsync(SampleEvents.To(stream, events.Count, new AppendCondition.StreamAt(Authority, 1)), CancellationToken.None);
                return;
            }
            catch (ConcurrencyException)
            {
                // Another caller was faster on this stream.
            }
        }
    }

    private static long Fold(IReadOnlyList<RecordedEvent> events)
    {
        var sum = 0L;
        foreach (var recorded in events)
        {
            var reader = new Utf8JsonReader(recorded.Body.Span);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("amount"u8))
                {
                    reader.Read();
                    sum += reader.GetInt64();
                }
            }
        }

        return sum;
    }
}
