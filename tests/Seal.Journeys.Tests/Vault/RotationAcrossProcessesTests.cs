using Npgsql;
using Seal.Ledger.Embedded;
using Seal.Testing;

namespace Seal.Journeys.Tests.Vault;

/// <summary>Two services on one database and one token while the master key is changed.</summary>
public sealed class RotationAcrossProcessesTests : IAsyncLifetime
{
    private readonly string _folder = TestFolder.Create();
    private EmbeddedPostgres? _postgres;
    private NpgsqlDataSource? _database;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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
    public async Task What_one_process_was_killed_over_another_carries_to_its_end()
    {
        using var first = await StartAsync();
        using var second = await StartAsync();
        using var one = await ApiClient.ConnectAsync(first.Url);
        using var other = await ApiClient.ConnectAsync(second.Url);
        var company = await Company.RegisterAsync(one);
        var seal = await company.ClaimSealAsync("contract");
        var document = await one.UploadAsync(Company.Representative, SampleDocuments.Pdf());

        string key;

        // Somebody holds a few rows, so that the work stops halfway.
        await using var connection = await _database!.OpenConnectionAsync(Ct);
        await using (var held = await connection.BeginTransactionAsync(Ct))
        {
            await using var hold = new NpgsqlCommand("select count(*) from (select from vault.rows where kind in ('holder-key', 'service-key') for update) held", connection, held);
            var rows = (long)(await hold.ExecuteScalarAsync(Ct))!;
            rows.ShouldBePositive();
            key = await one.RotateMasterKeyAsync();
            await Waiting.UntilAsync(async () => await LeftAsync(key) == rows);

            // Both wrap by the new key at once, and open what is under either.
            foreach (var client in (ApiClient[])[one, other])
            {
                var before = await _database!.CountAsync($"select count(*) from vault.rows where master_key = '{key}'");
                await (await Company.RegisterAsync(client)).ClaimSealAsync("finance");
                (await _database!.CountAsync($"select count(*) from vault.rows where master_key = '{key}'")).ShouldBeGreaterThan(before);
                (await LeftAsync(key)).ShouldBe(rows);
                (await Company.Known(client, company.Uscc).SealAsync(seal, document)).Required();
            }

            (await other.GiveAsync("administrator", "DestroyMasterKey", "first", [])).ShouldBeRefused(409, "master-key-in-use", "key");
            await first.KillAsync();
            await held.RollbackAsync(Ct);
        }

        await other.RewrappedAsync(key);
        (await LeftAsync(key)).ShouldBe(0);
        (await other.GiveAsync("administrator", "DestroyMasterKey", "first", [])).Required();
        (await Company.Known(other, company.Uscc).SealAsync(seal, document)).Required();
        await second.KillAsync();

        // And a process that never knew the old key.
        using var third = await StartAsync();
        using var last = await ApiClient.ConnectAsync(third.Url);
        (await Company.Known(last, company.Uscc).SealAsync(seal, document)).Required();
        await third.KillAsync();
    }

    [Fact]
    public async Task Killed_again_and_again_the_rotation_ends_and_nothing_is_lost()
    {
        var seals = new List<(string Uscc, string Seal)>();
        string key;
        using (var service = await StartAsync())
        {
            using var client = await ApiClient.ConnectAsync(service.Url);
            for (var i = 0; i < 12; i++)
            {
                var company = await Company.RegisterAsync(client);
                seals.Add((company.Uscc, await company.ClaimSealAsync("contract")));
            }

            key = await client.RotateMasterKeyAsync();
            await service.KillAsync();
        }

        for (var round = 0; round < 2 && await LeftAsync(key) > 0; round++)
        {
            using var service = await StartAsync();
            await service.KillAsync();
        }

        using var last = await StartAsync();
        using var end = await ApiClient.ConnectAsync(last.Url);
        await end.RewrappedAsync(key);
        (await LeftAsync(key)).ShouldBe(0);
        (await end.GiveAsync("administrator", "DestroyMasterKey", "first", [])).Required();
        var document = await end.UploadAsync(Company.Representative, SampleDocuments.Pdf());
        foreach (var (uscc, seal) in seals)
        {
            (await Company.Known(end, uscc).SealAsync(seal, document)).Required();
        }

        await last.KillAsync();
    }

    private Task<long> LeftAsync(string key) => _database!.CountAsync(
        $"select (select count(*) from vault.rows where master_key <> '{key}') + (select count(*) from vault.person_keys where master_key <> '{key}')");

    private Task<ServiceProcess> StartAsync() => ServiceProcess.StartAsync(_folder, new Dictionary<string, string>
    {
        ["Seal__Ledger__ConnectionString"] = _postgres!.ConnectionString,
        ["Seal__Ledger__OwnerConnectionString"] = _postgres.OwnerConnectionString,
        ["Seal__Ledger__ReaderLease"] = "00:00:03",
    });
}
