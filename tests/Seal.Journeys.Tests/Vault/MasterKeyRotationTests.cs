using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Seal.Service.Vault;
using Seal.Testing;

namespace Seal.Journeys.Tests.Vault;

/// <summary>The vault's master key is changed while everybody goes on.</summary>
public sealed class MasterKeyRotationTests
{
    private const string Representative = Company.Representative;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_master_key_is_rotated_under_signings_and_everything_opens_after_the_old_one_is_destroyed()
    {
        var folder = TestFolder.Create();
        try
        {
            string seal, uscc;
            await using (var service = await RunningService.OpenAsync(folder))
            {
                var client = service.Client;
                var company = await Company.RegisterAsync(client);
                seal = await company.ClaimSealAsync("contract");
                uscc = company.Uscc;
                var person = (await client.GiveAsync("administrator", "RegisterPerson", null, new JsonObject { ["name"] = "欧阳试鹤" })).Required().Id;
                var document = await client.UploadAsync(Representative, SampleDocuments.Pdf());

                using var enough = new CancellationTokenSource();
                var signing = Enumerable.Range(0, 3).Select(_ => SignUntilAsync(company, seal, document, enough.Token)).ToList();
                var key = await client.RotateMasterKeyAsync();
                await client.RewrappedAsync(key);
                await company.ClaimSealAsync("finance");
                var again = await client.RotateMasterKeyAsync();
                await client.RewrappedAsync(again);
                await enough.CancelAsync();
                (await Task.WhenAll(signing)).Sum().ShouldBePositive();

                (await client.GiveAsync("administrator", "DestroyMasterKey", again, [])).ShouldBeRefused(409, "master-key-in-use", "key");
                foreach (var former in (string[])["first", key])
                {
                    (await client.GiveAsync("administrator", "DestroyMasterKey", former, [])).Required();
                    service.Services.GetRequiredService<MasterKeyRing>().Find(new(former))!.IsThere().ShouldBeFalse(former);
                }

                (await client.VaultAsync())["rowsLeft"]!.GetValue<long>().ShouldBe(0);
                (await client.GetAsync("regulator", $"/api/persons/{person}")).Required().Body["name"]!.GetValue<string>().ShouldBe("欧阳试鹤");
                (await company.SealAsync(seal, document)).Required();
                var database = service.Services.GetRequiredService<NpgsqlDataSource>();
                (await database.CountAsync($"select count(*) from vault.rows where master_key <> '{again}'")).ShouldBe(0);
                (await database.CountAsync("select count(*) from vault.rows where master_key is null and person is null")).ShouldBe(0);
            }

            // The database went down with the service, and its connections with it.
            NpgsqlConnection.ClearAllPools();
            await using var restarted = await RunningService.OpenAsync(folder);
            var fresh = await restarted.Client.UploadAsync(Representative, SampleDocuments.Pdf());
            (await Company.Known(restarted.Client, uscc).SealAsync(seal, fresh)).Required();
            (await restarted.Client.VaultAsync())["older"]!.AsArray().ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_vault_that_knew_one_master_key_only_is_taken_over_and_rotated()
    {
        var folder = TestFolder.Create();
        try
        {
            string seal, uscc, person;
            await using (var service = await RunningService.OpenAsync(folder))
            {
                var company = await Company.RegisterAsync(service.Client);
                (seal, uscc) = (await company.ClaimSealAsync("contract"), company.Uscc);
                person = (await service.Client.GiveAsync("administrator", "RegisterPerson", null, new JsonObject { ["name"] = "欧阳试鹤" })).Required().Id;
                await using var database = DatabaseOperator.Open(service);
                await database.ExecuteAsync("alter table vault.rows drop column master_key; alter table vault.person_keys drop column master_key; drop table vault.master_keys");
            }

            NpgsqlConnection.ClearAllPools();
            await using var newer = await RunningService.OpenAsync(folder);
            var client = newer.Client;
            await client.RewrappedAsync(await client.RotateMasterKeyAsync());
            (await client.GiveAsync("administrator", "DestroyMasterKey", "first", [])).Required();
            (await client.GetAsync("regulator", $"/api/persons/{person}")).Required().Body["name"]!.GetValue<string>().ShouldBe("欧阳试鹤");
            var document = await client.UploadAsync(Representative, SampleDocuments.Pdf());
            (await Company.Known(client, uscc).SealAsync(seal, document)).Required();
            var rows = newer.Services.GetRequiredService<NpgsqlDataSource>();
            (await rows.CountAsync("select count(*) from vault.rows where (master_key is null) <> (get_byte(content, 0) = 2)")).ShouldBe(0, "what is under a person's key is under no master key itself");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_key_from_when_guesses_cost_less_is_put_under_todays_cost_when_its_PIN_is_given()
    {
        var folder = TestFolder.Create();
        try
        {
            string seal, uscc;
            await using (var service = await RunningService.OpenAsync(folder))
            {
                var company = await Company.RegisterAsync(service.Client);
                (seal, uscc) = (await company.ClaimSealAsync("contract"), company.Uscc);
            }

            NpgsqlConnection.ClearAllPools();
            await using var dearer = await RunningService.OpenAsync(folder, settings => settings with { Pin = new() { Iterations = 3_000 } });
            var same = Company.Known(dearer.Client, uscc);
            var document = await dearer.Client.UploadAsync(Representative, SampleDocuments.Pdf());
            (await same.SealAsync(seal, document, pin: "wrong-pin")).Code.ShouldBe("pin-wrong");
            (await CostsAsync(dearer)).ShouldBe([1_000]);
            (await same.SealAsync(seal, document)).Required();
            (await CostsAsync(dearer)).ShouldBe([3_000]);
            (await same.SealAsync(seal, document)).Required();
            (await same.SealAsync(seal, document, pin: "wrong-pin")).Code.ShouldBe("pin-wrong");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The rounds stand in the core of the envelope, behind its wrapped share.
    private static async Task<IReadOnlyList<int>> CostsAsync(RunningService service)
    {
        List<int> costs = [];
        await using var command = service.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select key from vault.rows where kind = 'holder-key'");
        await using var reader = await command.ExecuteReaderAsync(Ct);
        while (await reader.ReadAsync(Ct))
        {
            var envelope = (await service.Services.GetRequiredService<VaultStore>().FindAsync(reader.GetString(0), Ct))!;
            var core = envelope.AsSpan(3 + envelope[2]);
            costs.Add(System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(core[2..]));
        }

        return costs;
    }

    private static async Task<int> SignUntilAsync(Company company, string seal, string document, CancellationToken enough)
    {
        var signed = 0;
        for (; !enough.IsCancellationRequested; signed++)
        {
            (await company.SealAsync(seal, document)).Required();
        }

        return signed;
    }
}
