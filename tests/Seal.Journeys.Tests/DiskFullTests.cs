using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Seal.Ledger;
using Seal.Testing;

namespace Seal.Journeys.Tests;

/// <summary>The disk of the service's own PostgreSQL fills up while it works, and is given room again.</summary>
public sealed class DiskFullTests : IAsyncLifetime
{
    private const string Representative = Company.Representative;
    private const string DiskIsFull = "The disk of the ledger's PostgreSQL is full";

    private SmallDisk? _disk;
    private RunningService? _service;
    private string _seal = "";
    private long _claimed;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SmallDisk Disk => _disk!;

    private RunningService Service => _service!;

    private ApiClient Client => Service.Client;

    public async ValueTask InitializeAsync()
    {
        _disk = await SmallDisk.MountAsync();
        Assert.SkipWhen(_disk is null, SmallDisk.NotAllowed);
        _service = await RunningService.StartAsync(settings =>
        {
            Directory.CreateSymbolicLink(Path.Combine(settings.Data, "postgres"), _disk.Cluster);
            return settings;
        });
        _seal = await (await Company.RegisterAsync(Client)).ClaimSealAsync("contract");
        _claimed = await VersionAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        if (_disk is not null)
        {
            await _disk.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_full_disk_is_named_by_every_refusal_and_by_health_and_the_service_goes_on_by_itself()
    {
        await BeginLogFileAsync();
        (await TurnAsync(_claimed)).Required();
        Disk.Fill();

        var (version, refusal) = await TurnUntilRefusedAsync(_claimed + 1);

        refusal.ShouldBeRefused(503, "ledger-disk-full");
        (await TurnAsync(version, new() { Language = "zh" })).ShouldBeRefused(503, "ledger-disk-full").Text("title")!.ShouldContain("磁盘");
        (await WaitsForAsync()).ShouldStartWith(DiskIsFull);
        (await VersionAsync()).ShouldBe(version, "what is there can be read");
        Disk.MakeRoom();
        await GoesOnAsync([version]);
    }

    [Fact]
    public async Task When_a_full_disk_stops_PostgreSQL_health_names_the_disk_and_the_service_goes_on_by_itself()
    {
        await BeginLogFileAsync();
        Disk.Fill();

        var (version, refusal) = await TurnUntilRefusedAsync(_claimed);

        refusal.Code.ShouldBeOneOf("ledger-disk-full", "ledger-unavailable");
        refusal.ShouldBeRefused(503, refusal.Code);

        // Till it has ended for good, nobody knows more than that it does not answer.
        await Waiting.UntilAsync(async () => (await WaitsForAsync()).StartsWith(DiskIsFull, StringComparison.Ordinal));
        Disk.MakeRoom();
        await GoesOnAsync([version, version + 1]);
    }

    /// <summary>What health says that the service waits for.</summary>
    private async Task<string> WaitsForAsync()
    {
        var health = await Client.GetAsync(null, "/health/ready");
        ((int)health.Status, health.Body["status"]!.GetValue<string>()).ShouldBe((503, "waiting"));
        return health.Body["waitsFor"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>();
    }

    /// <summary>Without anybody's doing the service is ready, what was answered is there, and more is done.</summary>
    private async Task GoesOnAsync(long[] versions)
    {
        await Waiting.UntilAsync(async () => (await Client.GetAsync(null, "/health/ready")).IsDone);
        var version = await VersionAsync();
        version.ShouldBeOneOf(versions);
        (await TurnAsync(version)).Required();
        var ledger = Service.Services.GetRequiredService<EventLedger>();
        (await ledger.RecomputeAsync(Cancellation)).ShouldBe((await ledger.CheckpointAsync(Cancellation)).Head);
    }

    private async Task<(long Version, Answer Refusal)> TurnUntilRefusedAsync(long version)
    {
        for (; ; version++)
        {
            var answer = await TurnAsync(version);
            if (!answer.IsDone)
            {
                return (version, answer);
            }

            answer.Version.ShouldBe($"{version + 1}");
        }
    }

    /// <summary>Freezes the seal after an even number of turns, and lifts the freeze after an odd one.</summary>
    private Task<Answer> TurnAsync(long version, Sending? sending = null)
    {
        var isFrozen = (version - _claimed) % 2 == 1;
        return Client.GiveAsync(Representative, isFrozen ? "LiftFreeze" : "FreezeSeal", _seal, new() { ["reason"] = new string('查', 200) }, sending);
    }

    private async Task<long> VersionAsync() =>
        long.Parse((await Client.GetAsync(Representative, $"/api/seals/{_seal}")).Required().Version!, CultureInfo.InvariantCulture);

    /// <summary>The next thing written begins a new file of PostgreSQL's own log.</summary>
    private async Task BeginLogFileAsync()
    {
        await using var superuser = DatabaseOperator.Open(Service);
        await superuser.ExecuteAsync("select pg_switch_wal()");
    }
}
