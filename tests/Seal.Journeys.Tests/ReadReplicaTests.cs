using System.Text.Json.Nodes;
using Npgsql;
using Seal.Ledger.Embedded;
using Seal.Testing;

namespace Seal.Journeys.Tests;

/// <summary>A service, as a process of its own, with a streaming replica of its database.</summary>
public sealed class ReadReplicaTests : IAsyncLifetime
{
    private readonly string _folder = TestFolder.Create();
    private EmbeddedPostgres? _postgres;
    private StreamingReplica? _replica;
    private ApiClient? _client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ApiClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        _postgres = await EmbeddedPostgres.StartAsync(Path.Combine(_folder, "cluster"), CancellationToken.None);
        _replica = await StreamingReplica.StartAsync(new NpgsqlConnectionStringBuilder(_postgres.ConnectionString)
        {
            Username = "seal_superuser",
            Password = File.ReadLines(Path.Combine(_postgres.Location, "passwords")).First(),
        }.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await _replica!.DisposeAsync();
        await _postgres!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task People_see_what_they_did_whether_the_replica_is_well_behind_or_gone()
    {
        using var service = await ServiceProcess.StartAsync(_folder, new Dictionary<string, string>
        {
            ["Seal__Ledger__ConnectionString"] = _postgres!.ConnectionString,
            ["Seal__Ledger__OwnerConnectionString"] = _postgres.OwnerConnectionString,
            ["Seal__Ledger__ReplicaConnectionString"] = _replica!.Of(_postgres.ConnectionString),
        });
        _client = await ApiClient.ConnectAsync(service.Url);

        // Well: it is read.
        await EventuallyAsync(health => health["isRead"]!.GetValue<bool>() && health["lagEvents"]!.GetValue<long>() == 0);
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        await SeeAsync(seal, "active");
        await _replica.CaughtUpAsync();
        await SeeAsync(seal, "active");
        (await MetricAsync("seal_replica_reads_total{outcome=\"served\"}")).ShouldBePositive();

        // Behind: what is shown is what was done, and a revocation list has what was just revoked.
        await _replica.PauseAsync();
        var certificate = await CertificateAsync(seal);
        await SeeAsync(seal, "frozen", "FreezeSeal");
        await SeeAsync(seal, "active", "LiftFreeze");
        await SeeAsync(seal, "revoked", "RevokeSeal");
        Convert.ToHexStringLower(await Client.Http.GetByteArrayAsync("/pki/ca-issuing-ecdsa.crl", Cancellation)).ShouldContain(certificate);
        await EventuallyAsync(health => !health["isRead"]!.GetValue<bool>() && health["detail"]!.GetValue<string>().Contains("has not replayed", StringComparison.Ordinal));
        (await MetricAsync("seal_replica_reads_total{outcome=\"behind\"}")).ShouldBePositive();
        (await MetricAsync("seal_replica_lag_events")).ShouldBePositive();

        // Gone: everything goes on. Back: it is read again.
        await _replica.KillAsync();
        var other = await company.ClaimSealAsync("finance");
        await SeeAsync(other, "active");
        await EventuallyAsync(health => !health["isRead"]!.GetValue<bool>() && health["detail"]!.GetValue<string>().Contains("does not answer", StringComparison.Ordinal));
        await _replica.StartAgainAsync();
        await EventuallyAsync(health => health["isRead"]!.GetValue<bool>() && health["lagEvents"]!.GetValue<long>() == 0);
        var served = await MetricAsync("seal_replica_reads_total{outcome=\"served\"}");
        await SeeAsync(other, "active");
        (await MetricAsync("seal_replica_reads_total{outcome=\"served\"}")).ShouldBeGreaterThan(served);
        await service.KillAsync();
    }

    /// <summary>Does something to a seal, and sees it in the seal's view, in the list, in the history and in today's difference.</summary>
    private async Task SeeAsync(string seal, string status, string? command = null)
    {
        if (command is not null)
        {
            (await Client.GiveReasonAsync(command, seal)).Required();
        }

        var view = (await Client.GetAsync(Company.Representative, $"/api/seals/{seal}")).Required();
        view.Body.StateText("status").ShouldBe(status);
        var organisation = view.Body.StateText("organisation");
        var list = (await Client.GetAsync(Company.Representative, $"/api/seals?organisation={organisation}&status={status}")).Required().Body["items"]!.AsArray();
        list.Select(item => item!["id"]!.GetValue<string>()).ShouldContain(seal);
        var history = (await Client.GetAsync(Company.Representative, $"/api/seals/{seal}/history")).Required().Body["items"]!.AsArray();
        history.Count.ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(view.Version);
    }

    private async Task<string> CertificateAsync(string seal)
    {
        var holding = await Client.HoldingAsync(Company.Representative, seal);
        var mine = (await Client.GetAsync(Company.Representative, "/api/holdings?limit=100")).Required().Body["items"]!.AsArray();
        return mine.Single(item => item!["id"]!.GetValue<string>() == holding)!.AsObject().StateText("certificate").ToLowerInvariant();
    }

    private async Task<double> MetricAsync(string name)
    {
        var page = await Client.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancellation);
        return double.Parse(page.Split('\n').Single(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ')[1]);
    }

    private async Task EventuallyAsync(Func<JsonObject, bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!condition((await Client.GetAsync(null, "/health/ready")).Required().Body["replica"]!.AsObject()))
        {
            await timer.WaitForNextTickAsync(Cancellation);
        }
    }
}
