using System.Diagnostics;
using System.Security.Cryptography;
using Seal.Ledger.Embedded;
using static Seal.Ledger.Tests.Requests;

namespace Seal.Ledger.Tests;

/// <summary>A PostgreSQL of its own, for tests that kill it.</summary>
public sealed class MortalPostgres : IAsyncLifetime
{
    private EmbeddedPostgres? _embedded;

    public string Directory { get; } = TemporaryDirectory.New();

    public EmbeddedPostgres Postgres => _embedded!;

    public async ValueTask InitializeAsync() => _embedded = await EmbeddedPostgres.StartAsync(Directory, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Postgres.DisposeAsync();
        TemporaryDirectory.Delete(Directory, Postgres.Location);
    }
}

public sealed class CrashTests(MortalPostgres mortal) : IClassFixture<MortalPostgres>, IAsyncLifetime
{
    private DatabaseAccess? _access;

    private EmbeddedPostgres Postgres => mortal.Postgres;

    public async ValueTask InitializeAsync()
    {
        await Postgres.RestartAsync(Ct);
        _access = await Postgres.CreateDatabaseAsync("t" + RandomNumberGenerator.GetHexString(16, lowercase: true), Ct);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task PostgreSQL_killed_during_concurrent_appends_loses_nothing_answered_and_nothing_is_half_there()
    {
        await using var ledger = await OpenAsync(o => o with { EnsureDatabase = Postgres.EnsureRunningAsync });
        var answered = new System.Collections.Concurrent.ConcurrentBag<RecordedEvent>();
        var kills = 0;
        Task[] callers = [.. Enumerable.Range(0, 200).Select(async caller =>
        {
            for (var i = 0; i < 20; i++)
            {
                foreach (var recorded in (await ledger.AppendAsync(To($"thing/{caller}", i * 2, Event(), Event()), Ct)).Events) { answered.Add(recorded); } }
        })];
        var all = Task.WhenAll(callers);
        for (var target = 500; kills < 3 && !all.IsCompleted; target += 2000)
        {
            var reached = target;
            await Eventually.TrueAsync(() => (answered.Count >= reached && Postgres.ProcessId is not null) || all.IsCompleted);
            if (all.IsCompleted)
            {
                break;
            }

            Kill(Postgres.ProcessId);
            kills++;
        }

        // The ledger finds out by itself what became of each batch, so no caller sees the crash and no event is there twice.
        await all;
        kills.ShouldBeGreaterThan(0);
        var there = await ledger.AllAsync();
        there.Count.ShouldBe(200 * 20 * 2);
        there.Select(e => e.ToLeaf()).ShouldBe(answered.OrderBy(e => e.Position).Select(e => e.ToLeaf()));
        (await ledger.RecomputeAsync(Ct)).ShouldBe((await ledger.CheckpointAsync(Ct)).Head);
    }

    [Fact]
    public async Task While_PostgreSQL_is_away_appends_are_refused_truthfully_and_work_when_it_is_back()
    {
        await using var ledger = await OpenAsync(o => o with { Patience = TimeSpan.Zero });
        await ledger.AppendAsync(To("thing/1", 0), Ct);
        await Postgres.StopAsync(Ct);

        var away = await Should.ThrowAsync<LedgerUnavailableException>(ledger.AppendAsync(To("thing/1", 1), Ct));
        away.OutcomeUnknown.ShouldBeFalse();
        await Should.ThrowAsync<LedgerUnavailableException>(ledger.SizeAsync(Ct));
        await Postgres.RestartAsync(Ct);
        (await ledger.AppendAsync(To("thing/1", 1), Ct)).Events[0].Position.ShouldBe(1);
        (await ledger.StreamAsync("thing/1")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task PostgreSQL_that_was_away_longer_than_anybody_waits_is_brought_back_by_the_next_append()
    {
        var isMended = false;
        await using var ledger = await OpenAsync(o => o with
        {
            Patience = TimeSpan.Zero,
            EnsureDatabase = ct => isMended ? Postgres.EnsureRunningAsync(ct) : throw new InvalidOperationException("Not yet."),
        });
        await ledger.AppendAsync(To("thing/1", 0), Ct);
        Kill(Postgres.ProcessId);
        await Should.ThrowAsync<LedgerUnavailableException>(ledger.AppendAsync(To("thing/1", 1), Ct));
        await Should.ThrowAsync<LedgerUnavailableException>(ledger.AppendAsync(To("thing/1", 1), Ct));

        isMended = true;
        (await ledger.AppendAsync(To("thing/1", 1), Ct)).Events[0].Position.ShouldBe(1);
    }

    [Fact]
    public async Task An_orderly_restart_under_load_is_not_noticed_by_callers()
    {
        await using var ledger = await OpenAsync();
        var count = 0;
        var callers = Task.WhenAll(Enumerable.Range(0, 20).Select(async caller =>
        {
            for (var i = 0; i < 50; i++, Interlocked.Increment(ref count))
            {
                await ledger.AppendAsync(To($"thing/{caller}", i), Ct);
            }
        }));
        await Eventually.TrueAsync(() => Volatile.Read(ref count) >= 100);
        await Postgres.RestartAsync(Ct);
        await callers;
        (await ledger.SizeAsync(Ct)).ShouldBe(1000);
    }

    [Fact]
    public async Task A_cluster_left_running_by_a_killed_service_is_adopted()
    {
        var running = Postgres.ProcessId;
        var again = await EmbeddedPostgres.StartAsync(mortal.Directory, Ct);
        again.ProcessId.ShouldBe(running);
        again.ConnectionString.ShouldBe(Postgres.ConnectionString);
        await using (var ledger = await OpenAsync())
        {
            await ledger.AppendAsync(To("thing/1", 0), Ct);
        }

        await again.StopAsync(Ct);
        Postgres.ProcessId.ShouldBeNull();
        await again.StopAsync(Ct);
    }

    [Fact]
    public async Task A_killed_cluster_starts_again_in_its_directory()
    {
        await using (var ledger = await OpenAsync())
        {
            await ledger.AppendAsync(To("thing/1", 0), Ct);
        }

        Kill(Postgres.ProcessId);
        var start = Stopwatch.GetTimestamp();
        var again = await EmbeddedPostgres.StartAsync(mortal.Directory, Ct);
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(15));
        again.ProcessId.ShouldNotBeNull();
        await using var after = await OpenAsync();
        (await after.SizeAsync(Ct)).ShouldBe(1);
    }

    [Fact]
    public void Passwords_are_for_their_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.GetUnixFileMode(Path.Combine(Postgres.Location, "passwords")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (File.GetUnixFileMode(Path.Combine(Postgres.Location, "socket")) & (UnixFileMode.OtherExecute | UnixFileMode.OtherRead)).ShouldBe(UnixFileMode.None);
    }

    private static void Kill(int? pid)
    {
        using var postmaster = Process.GetProcessById(pid!.Value);
        postmaster.Kill();
    }

    private async Task<EventLedger> OpenAsync(Func<LedgerOptions, LedgerOptions>? change = null)
    {
        var options = new LedgerOptions
        {
            ConnectionString = _access!.ConnectionString,
            OwnerConnectionString = _access.OwnerConnectionString,
            Origin = "ledger.example/crash",
            Clock = TimeProvider.System,
            Signers = [new EcdsaNoteKey("ledger.example/crash")],
        };
        return await EventLedger.OpenAsync(change?.Invoke(options) ?? options, Ct);
    }
}
