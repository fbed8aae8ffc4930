using Npgsql;

namespace Seal.Ledger.Tests.Readers;

/// <summary>An async projection that counts events by stream, and can be made to fail at one.</summary>
internal sealed class Tallies(int version = 1, string name = "tallies") : AsyncProjection
{
    private long _stumblesAt = -1;

    public override string Name => name;

    public override int Version => version;

    public override IReadOnlySet<string> Types { get; } = new HashSet<string> { "thing.happened.v1" };

    public override string Columns => "stream text primary key, happened bigint not null";

    /// <summary>From now on it cannot take the event at a position; -1: it can take all.</summary>
    public void StumbleAt(long position) => Volatile.Write(ref _stumblesAt, position);

    public override async Task FoldAsync(ProjectionChunk chunk, CancellationToken ct)
    {
        if (chunk.Events.Any(e => e.Position == Volatile.Read(ref _stumblesAt)))
        {
            throw new FormatException("secret words of the event");
        }

        var counts = chunk.Events.GroupBy(e => e.Stream).ToDictionary(g => g.Key, g => g.LongCount());
#pragma warning disable CA2100 // The table's name is the ledger's.
        await using var command = new NpgsqlCommand(
            $"insert into {chunk.Table} as t select * from unnest($1, $2) on conflict (stream) do update set happened = t.happened + excluded.happened", chunk.Connection)
#pragma warning restore CA2100
        {
            Parameters = { new() { Value = counts.Keys.ToArray() }, new() { Value = counts.Values.ToArray() } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What is counted, by the build that serves.</summary>
    public async Task<(ProjectionBuild Build, long Happened)> ReadAsync(EventLedger ledger) => await ledger.Readers.ReadAsync(
        Name,
        async (connection, build) =>
        {
#pragma warning disable CA2100
            await using var command = new NpgsqlCommand($"select coalesce(sum(happened), 0)::bigint from {build.Table}", connection);
#pragma warning restore CA2100
            return (build, (long)(await command.ExecuteScalarAsync())!);
        },
        Requests.Ct);
}

/// <summary>An automation that remembers what it was told.</summary>
internal sealed class Diary : Automation
{
    public override string Name => "diary";

    public override IReadOnlySet<string> Types { get; } = new HashSet<string> { "thing.happened.v1" };

    public System.Collections.Concurrent.ConcurrentQueue<long> Written { get; } = [];

    public override Task ReactAsync(RecordedEvent recorded, CancellationToken ct)
    {
        Written.Enqueue(recorded.Position);
        return Task.CompletedTask;
    }
}
