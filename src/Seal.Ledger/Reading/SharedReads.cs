using System.Diagnostics.CodeAnalysis;
using Seal.Ledger.Storage;

namespace Seal.Ledger.Reading;

/// <summary>
/// Reads whole streams for whoever decides by them. Few queries are under way at once; callers who come meanwhile go together in
/// the next one, which costs PostgreSQL and this process much less than a query each. A query begins after all who share it asked, so
/// nobody is shown less than was there when they did.
/// </summary>
internal sealed class SharedReads(EventRows events)
{
    private const int MostStreams = 256;

    // Where PostgreSQL has the same cores, more queries only share them.
    private static readonly int MostQueries = int.Max(2, Environment.ProcessorCount);

    private readonly Lock _lock = new();
    private readonly Queue<Request> _waiting = [];
    private int _queries;

    /// <summary>Reads streams as they stand at one moment.</summary>
    public Task<IReadOnlyDictionary<string, IReadOnlyList<RecordedEvent>>> ReadAsync(IReadOnlyCollection<string> streams, CancellationToken ct)
    {
        var request = new Request(streams);
        lock (_lock)
        {
            _waiting.Enqueue(request);
            if (_queries == MostQueries)
            {
                return request.Answer.WaitAsync(ct);
            }

            _queries++;
        }

        _ = RunAsync();
        return request.Answer.WaitAsync(ct);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever went wrong is told to those who asked.")]
    private async Task RunAsync()
    {
        while (Take() is { } together)
        {
            try
            {
                var read = await events.StreamsAsync([.. together.SelectMany(request => request.Streams).Distinct()], ReadUntil.All, CancellationToken.None);
                together.ForEach(request => request.Give(read));
            }
            catch (Exception failed)
            {
                together.ForEach(request => request.Fail(failed));
            }
        }
    }

    /// <summary>Those who go together now; null if nobody waits, and then a query less is under way.</summary>
    private List<Request>? Take()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                _queries--;
                return null;
            }

            var together = new List<Request>();
            for (var streams = 0; _waiting.TryPeek(out var next) && (streams == 0 || streams + next.Streams.Count <= MostStreams); streams += next.Streams.Count)
            {
                together.Add(_waiting.Dequeue());
            }

            return together;
        }
    }

    private sealed class Request(IReadOnlyCollection<string> streams)
    {
        private readonly TaskCompletionSource<IReadOnlyDictionary<string, IReadOnlyList<RecordedEvent>>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyCollection<string> Streams => streams;

        public Task<IReadOnlyDictionary<string, IReadOnlyList<RecordedEvent>>> Answer => _answer.Task;

        public void Give(IReadOnlyDictionary<string, IReadOnlyList<RecordedEvent>> read) =>
            _answer.SetResult(streams.Distinct().ToDictionary(stream => stream, stream => read[stream]));

        public void Fail(Exception failed) => _answer.SetException(failed);
    }
}
