using System.Text;

namespace Seal.Ledger.Tests;

/// <summary>Short ways to write appends.</summary>
internal static class Requests
{
    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static EventData Event(string type = "thing.happened.v1", string body = "{}") => new(type, Encoding.UTF8.GetBytes(body));

    public static AppendRequest To(string stream, long expected, params EventData[] events) =>
        new([new StreamWrite(stream, expected, events.Length == 0 ? [Event()] : events)], ReadOnlyMemory<byte>.Empty);

    public static IdempotencyKey Key(string key, string request = "request", string outcome = "200") => new("tester", key, Encoding.UTF8.GetBytes(request), outcome);

    public static async Task<List<RecordedEvent>> StreamAsync(this EventLedger ledger, string stream, ReadUntil until = default) =>
        await ledger.ReadStreamAsync(stream, until, Ct).ToListAsync(Ct);

    public static async Task<List<RecordedEvent>> AllAsync(this EventLedger ledger) => await ledger.ReadAllAsync(0, null, Ct).ToListAsync(Ct);

    public static string Text(this ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
