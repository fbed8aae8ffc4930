using System.Text.Json.Nodes;
using Npgsql;
using Seal.Ledger.Embedded;
using Seal.Service.Effects;
using Seal.Testing;

namespace Seal.Journeys.Tests;

/// <summary>Two services, each a process of its own, on one database and one token.</summary>
public sealed class SeveralServicesTests : IAsyncLifetime
{
    private readonly string _folder = TestFolder.Create();
    private EmbeddedPostgres? _postgres;
    private NpgsqlDataSource? _database;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _postgres = await EmbeddedPostgres.StartAsync(Path.Combine(_folder, "cluster"), CancellationToken.None);
        _database = NpgsqlDataSource.Create(_postgres.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _database!.DisposeAsync();
        await _postgres!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task They_share_the_work_and_when_one_is_killed_the_other_goes_on()
    {
        using var first = await StartAsync();
        using var second = await StartAsync();
        using var one = await ApiClient.ConnectAsync(first.Url);
        using var other = await ApiClient.ConnectAsync(second.Url);
        ApiClient[] clients = [one, other];

        // Every company gets its standard set once, whichever process it was registered at.
        var companies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Company.RegisterAsync(clients[i % 2], "2024-05-20")));
        await EventuallyAsync(async () => await CountAsync("application.entitled.v1") >= companies.Length);

        // One request, sent to both: carried out once, and both say the same.
        var applicant = await Company.RegisterAsync(other);
        var body = new JsonObject { ["organisation"] = applicant.Uscc, ["seals"] = new JsonArray(new JsonObject { ["kind"] = "contract" }) };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            clients[i % 2].GiveAsync(Company.Representative, "ApplyForSeals", null, (JsonObject)body.DeepClone(), new Sending { IdempotencyKey = "once" })));
        answers.Count(answer => answer is { IsDone: true, IsReplayed: false }).ShouldBe(1);
        answers.Select(answer => answer.Required().Id).Distinct().Count().ShouldBe(1);

        // A signing at one, frozen at the other: the next signing at the first is refused.
        var company = await Company.RegisterAsync(one);
        var seal = await company.ClaimSealAsync("contract");
        await one.SealedAsync(company, seal, SampleDocuments.Pdf());
        (await other.GiveReasonAsync("FreezeSeal", seal)).Required();
        (await company.SealAsync(seal, await one.UploadAsync(Company.Representative, SampleDocuments.Pdf()))).Code.ShouldBe("seal-frozen");

        await first.KillAsync();
        var last = await Company.RegisterAsync(other, "2024-05-20");
        await EventuallyAsync(async () => await CountAsync("application.entitled.v1") >= companies.Length + 1);
        (await other.GetAsync("regulator", $"/api/applications?organisation={last.Uscc}")).Required();
        (await CountAsync("application.entitled.v1")).ShouldBe(companies.Length + 1, "each company once");
        await second.KillAsync();
    }

    [Fact]
    public async Task Guesses_of_a_PIN_are_counted_together_wherever_they_are_made()
    {
        using var first = await StartAsync();
        using var second = await StartAsync();
        using var one = await ApiClient.ConnectAsync(first.Url);
        using var other = await ApiClient.ConnectAsync(second.Url);
        var company = await Company.RegisterAsync(one);
        var seal = await company.ClaimSealAsync("contract");
        var holding = await one.HoldingAsync(Company.Representative, seal);
        var guesses = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? one : other).GiveAsync(
            Company.Representative, "ChangePin", holding, new JsonObject { ["oldPin"] = $"wrong-{i:D6}", ["newPin"] = "pin-654321" })));
        guesses.ShouldAllBe(answer => !answer.IsDone);
        (await CountAsync("pin.failed.v1")).ShouldBeInRange(5, 5 + PinGate.AtOnce - 1);
        await first.KillAsync();
        await second.KillAsync();
    }

    [Fact]
    public async Task All_of_it_works_through_PgBouncer()
    {
        await using var bouncer = await PgBouncer.StartAsync(_postgres!.ConnectionString, _postgres.OwnerConnectionString);
        using var service = await StartAsync(new()
        {
            ["Seal__Ledger__ConnectionString"] = bouncer.Through(_postgres.ConnectionString),
            ["Seal__Ledger__OwnerConnectionString"] = bouncer.Through(_postgres.OwnerConnectionString),
            ["Seal__Ledger__Pooled"] = "true",
        });
        using var client = await ApiClient.ConnectAsync(service.Url);
        await Company.RegisterAsync(client, "2024-05-20");
        await EventuallyAsync(async () => await CountAsync("application.entitled.v1") == 1);
        var company = await Company.RegisterAsync(client);
        var seal = await company.ClaimSealAsync("contract");
        var document = await client.SealedAsync(company, seal, SampleDocuments.Pdf());
        await client.JudgedAsync(document, "active");
        (await client.GetAsync("regulator", "/api/usage/days?region=440300")).Required().Body["days"].ShouldNotBeNull();
        await service.KillAsync();
    }

    private Task<ServiceProcess> StartAsync(Dictionary<string, string>? more = null)
    {
        Dictionary<string, string> settings = new()
        {
            ["Seal__Ledger__ConnectionString"] = _postgres!.ConnectionString,
            ["Seal__Ledger__OwnerConnectionString"] = _postgres.OwnerConnectionString,
            ["Seal__Ledger__ReaderLease"] = "00:00:03",
        };
        foreach (var (name, value) in more ?? [])
        {
            settings[name] = value;
        }

        return ServiceProcess.StartAsync(_folder, settings);
    }

    private async Task<long> CountAsync(string type)
    {
        await using var command = _database!.CreateCommand("select count(*) from ledger.events where type = $1");
        command.Parameters.Add(new() { Value = type });
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(Cancellation);
        }
    }
}
