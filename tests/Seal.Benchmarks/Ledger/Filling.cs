using System.Globalization;
using Seal.Ledger;

namespace Seal.Benchmarks.Ledger;

/// <summary>Makes a log long: streams of ten events each, through the ledger like any other.</summary>
internal static class Filling
{
    public const int EventsAStream = 10;

    public static string Stream(long number) => "thing/" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Appends streams until there are so many, counted from <paramref name="have"/>.</summary>
    public static async Task RunAsync(EventLedger ledger, long have, long want)
    {
        var next = have;
        EventData[] events = [.. Enumerable.Repeat(new EventData(SampleEvents.Type, SampleEvents.Body), EventsAStream)];
        await Task.WhenAll(Enumerable.Range(0, 256).Select(_ => Task.Run(async () =>
        {
            for (var number = Interlocked.Increment(ref next); number <= want; number = Interlocked.Increment(ref next))
            {
                await ledger.AppendAsync(new AppendRequest([new StreamWrite(Stream(number), 0, events)], ReadOnlyMemory<byte>.Empty), CancellationToken.None);
            }
        })));
    }
}
