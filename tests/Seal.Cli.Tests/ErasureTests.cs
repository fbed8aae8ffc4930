using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Seal.Domain.Persons;
using Seal.Ledger;
using Seal.Service.Settings;
using Seal.Service.SignIn;
using Seal.Service.Vault;
using Seal.Testing;

[assembly: CollectionBehavior(DisableTestParallelization = true)] // SoftHSM serves one service in a process at a time

namespace Seal.Cli.Tests;

/// <summary>A person comes, holds a seal, is looked at, asks what is held about them, and has themself forgotten.</summary>
public sealed class ErasureTests
{
    private const string Name = "欧阳试鹤";
    private const string IdNumber = "E83920174";
    private const string Phone = "+8613912345678";
    private const string Email = "shihe.ouyang@example.org";
    private const string Account = "zhao-lei";
    private static readonly string[] Personal = [Name, IdNumber, Phone, Email];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_person_who_was_erased_nothing_is_left_and_the_log_still_verifies()
    {
        var folder = TestFolder.Create();
        try
        {
            string person;
            await using (var service = await RunningService.OpenAsync(folder))
            {
                person = await RegisterAsync(service);
                var seal = await HoldAsync(service, person);
                await LookAsync(service, person);
                await ExportAsync(service, person);
                var token = await BearerAsync(service);
                var vault = await BackUpAsync(service, person);
                await EraseAsync(service, person);

                using (var document = await service.Client.Http.SendAsync(Bearing(token), Ct))
                {
                    document.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "a token from before serves nobody");
                }

                var history = (await service.Client.GetAsync(Company.Representative, $"/api/seals/{seal}/history")).Required().Body.ToJsonString();
                Personal.ShouldAllBe(text => !history.Contains(text, StringComparison.Ordinal));
                await NothingIsLeftAsync(service, folder);
                await RestoreAsync(service, vault);
            }

            // The database went down with the service, and its connections with it.
            NpgsqlConnection.ClearAllPools();
            await using var again = await RunningService.OpenAsync(folder);
            (await again.Services.GetRequiredService<VaultStore>().Persons.StateAsync(person, Ct)).ShouldBe(PersonKeyState.Destroyed, "restored, the vault forgets again");
            await NothingIsLeftAsync(again, folder);
            var keys = Path.Combine(folder, "keys-of-the-log");
            await File.WriteAllTextAsync(keys, await again.Client.Http.GetStringAsync(new Uri("/ledger/keys", UriKind.Relative), Ct), Ct);
            var audit = await SealCommand.Run("audit", Superuser(again), "--key", keys, "--lang", "en");
            audit.ExitCode.ShouldBe(0, audit.ToString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> RegisterAsync(RunningService service)
    {
        var body = new JsonObject
        {
            ["name"] = Name,
            ["idNumber"] = new JsonObject { ["kind"] = "passport", ["number"] = IdNumber },
            ["phone"] = Phone,
            ["email"] = Email,
        };
        var person = (await service.Client.GiveAsync("administrator", "RegisterPerson", null, body)).Required().Id;
        await service.Services.GetRequiredService<Accounts>().LinkAsync(Account, new PersonId(person), Ct);
        return person;
    }

    // They may not go while they hold the seal; then it is taken from them, for a reason that names them.
    private static async Task<string> HoldAsync(RunningService service, string person)
    {
        var company = await Company.RegisterAsync(service.Client);
        var seal = await company.ClaimSealAsync("contract");
        var now = service.Clock.GetUtcNow();
        (await service.Client.GiveAsync(Company.Representative, "AuthoriseHolder", seal, new JsonObject
        {
            ["person"] = person,
            ["from"] = now.ToString("O", CultureInfo.InvariantCulture),
            ["until"] = now.AddDays(90).ToString("O", CultureInfo.InvariantCulture),
        })).Required();
        (await service.Client.GiveAsync(Account, "ClaimSeal", seal, new JsonObject { ["pin"] = Company.Pin, ["device"] = "phone" })).Required();
        await service.Client.UploadAsync(Account, SampleDocuments.Pdf());
        var refused = await service.Client.GiveAsync(Account, "ErasePerson", person, []);
        refused.Code.ShouldBe("person-has-obligations");
        refused.Body["obligations"]!.GetValue<string>().ShouldBe($"holder:{seal}");
        (await service.Client.GiveAsync(Company.Representative, "WithdrawAuthorisation", seal, new JsonObject { ["person"] = person, ["reason"] = $"{Name}已离职" })).Required();
        return seal;
    }

    private static async Task LookAsync(RunningService service, string person)
    {
        var seen = (await service.Client.GetAsync("regulator", $"/api/persons/{person}")).Required().Body;
        seen["name"]!.GetValue<string>().ShouldBe(Name);
        seen["idKind"]!.GetValue<string>().ShouldBe("passport");
        foreach (var other in (string[])["wang-fang", "reviewer", "auditor", "administrator", "maker"])
        {
            (await service.Client.GetAsync(other, $"/api/persons/{person}")).Status.ShouldBe(HttpStatusCode.Forbidden, other);
        }
    }

    private static async Task ExportAsync(RunningService service, string person)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/persons/{person}/export");
        request.Headers.Add("Proof-Of-Person", await service.Client.ProveAsync(Account, "ExportPerson", person, []));
        var told = (await service.Client.SendAsync(Account, request)).Required().Body;
        var texts = told["texts"]!.AsArray().ToDictionary(text => text!["kind"]!.GetValue<string>(), text => text!["words"]!.GetValue<string>());
        texts.ShouldBe(new Dictionary<string, string>
        {
            ["name"] = Name,
            ["id-number"] = IdNumber,
            ["phone"] = Phone,
            ["email"] = Email,
            ["reason"] = $"{Name}已离职",
        }, ignoreOrder: true);
        told["accounts"]!.AsArray().Select(account => account!.GetValue<string>()).ShouldBe([Account]);
        var events = told["events"]!.AsArray();
        events.Select(one => one!["position"]!.GetValue<long>()).ShouldBeInOrder();
        var types = events.Select(one => one!["type"]!.GetValue<string>()).ToList();
        ((string[])["person.registered.v2", "holding.offered.v1", "holding.claimed.v1", "holding.withdrawn.v1", "inquiry.made.v1", "person.exported.v1"]).ShouldBeSubsetOf(types);
    }

    private static async Task EraseAsync(RunningService service, string person)
    {
        (await service.Client.GiveAsync(Account, "ErasePerson", person, [])).Required();
        using (var signIn = await service.Client.Http.PostAsJsonAsync("/api/sign-in", new { account = Account, password = "demo" }, Ct))
        {
            signIn.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        var ledger = service.Services.GetRequiredService<EventLedger>();
        (await ledger.Readers.WaitForAsync("finish-erasures", await ledger.SizeAsync(Ct), TimeSpan.FromSeconds(20), Ct)).ShouldBeTrue();
        (await ledger.Readers.WaitForAsync("finish-erasures", await ledger.SizeAsync(Ct), TimeSpan.FromSeconds(20), Ct)).ShouldBeTrue();
        var seen = (await service.Client.GetAsync("regulator", $"/api/persons/{person}")).Required().Body;
        seen["status"]!.GetValue<string>().ShouldBe("erased");
        seen.ContainsKey("name").ShouldBeFalse();
    }

    private static async Task<string> BearerAsync(RunningService service)
    {
        using var answer = await service.Client.Http.PostAsJsonAsync("/api/sign-in", new { account = Account, password = "demo" }, Ct);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!["accessToken"]!.GetValue<string>();
    }

    private static HttpRequestMessage Bearing(string token) =>
        new(HttpMethod.Get, "/api/me") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    private static async Task<(string Person, byte[] Wrapped, List<(string Key, string Kind, byte[] Content)> Rows)> BackUpAsync(RunningService service, string person)
    {
        await using var source = NpgsqlDataSource.Create(Superuser(service));
        await using var key = source.CreateCommand("select wrapped from vault.person_keys where person = $1");
        key.Parameters.Add(new() { Value = person });
        var wrapped = (byte[])(await key.ExecuteScalarAsync(Ct))!;
        List<(string, string, byte[])> rows = [];
        await using var command = source.CreateCommand("select key, kind, content from vault.rows where person = $1");
        command.Parameters.Add(new() { Value = person });
        await using var reader = await command.ExecuteReaderAsync(Ct);
        while (await reader.ReadAsync(Ct))
        {
            rows.Add((reader.GetString(0), reader.GetString(1), await reader.GetFieldValueAsync<byte[]>(2, Ct)));
        }

        rows.Count.ShouldBe(6, "four fields, a reason and an account");
        return (person, wrapped, rows);
    }

    private static async Task RestoreAsync(RunningService service, (string Person, byte[] Wrapped, List<(string Key, string Kind, byte[] Content)> Rows) vault)
    {
        await using var source = NpgsqlDataSource.Create(Superuser(service));
        await using var key = source.CreateCommand("update vault.person_keys set wrapped = $2, erased_at = null where person = $1");
        key.Parameters.Add(new() { Value = vault.Person });
        key.Parameters.Add(new() { Value = vault.Wrapped });
        (await key.ExecuteNonQueryAsync(Ct)).ShouldBe(1);
        foreach (var row in vault.Rows)
        {
            await using var command = source.CreateCommand("insert into vault.rows (key, kind, person, content) values ($1, $2, $3, $4)");
            command.Parameters.Add(new() { Value = row.Key });
            command.Parameters.Add(new() { Value = row.Kind });
            command.Parameters.Add(new() { Value = vault.Person });
            command.Parameters.Add(new() { Value = row.Content });
            await command.ExecuteNonQueryAsync(Ct);
        }
    }

    // Every table as COPY writes it, in which binary columns are hexadecimal, and every file of the installation, the database's own among them.
    private static async Task NothingIsLeftAsync(RunningService service, string folder)
    {
        await using var source = NpgsqlDataSource.Create(Superuser(service));
        await using var connection = await source.OpenConnectionAsync(Ct);
        List<string> tables = [];
        await using (var command = new NpgsqlCommand(
            "select format('%I.%I', table_schema, table_name) from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')", connection))
        await using (var reader = await command.ExecuteReaderAsync(Ct))
        {
            while (await reader.ReadAsync(Ct))
            {
                tables.Add(reader.GetString(0));
            }
        }

        tables.ShouldContain("ledger.events");
        tables.ShouldContain("vault.rows");
        foreach (var table in tables)
        {
            using var dump = await connection.BeginTextExportAsync($"copy {table} to stdout", Ct);
            var text = await dump.ReadToEndAsync(Ct);
            foreach (var personal in Personal)
            {
                text.ShouldNotContain(personal, Case.Sensitive, table);
                text.ShouldNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(personal)), Case.Sensitive, table);
            }
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file) is { LinkTarget: null, Length: > 0 }))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var memory = new MemoryStream();
            await stream.CopyToAsync(memory, Ct);
            foreach (var personal in Personal)
            {
                (memory.GetBuffer().AsSpan(0, (int)memory.Length).IndexOf(Encoding.UTF8.GetBytes(personal)) < 0).ShouldBeTrue($"{file} holds {personal}");
            }
        }
    }

    private static string Superuser(RunningService service)
    {
        var cluster = Path.Combine(service.Services.GetRequiredService<ServiceSettings>().Data, "postgres");
        var moved = Path.Combine(cluster, "moved-to.txt");
        var passwords = Path.Combine(File.Exists(moved) ? File.ReadAllText(moved).Trim() : cluster, "passwords");
        return new NpgsqlConnectionStringBuilder(service.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString)
        {
            Username = "seal_superuser",
            Password = File.ReadLines(passwords).First(),
        }.ConnectionString;
    }
}
