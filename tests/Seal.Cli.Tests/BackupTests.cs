using System.Diagnostics;
using System.Text.Json.Nodes;
using Npgsql;
using Seal.Ledger.Embedded;
using Seal.Testing;

namespace Seal.Cli.Tests;

/// <summary>A service is backed up while it runs and comes back on another PostgreSQL, as <c>docs/operation.md</c> tells operators to do.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private const string Name = "欧阳试鹤";
    private readonly string _folder = TestFolder.Create();
    private EmbeddedPostgres? _postgres;
    private EmbeddedPostgres? _other;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Database => Libpq(_postgres!, Path.Combine(_folder, "cluster"));

    private string OtherDatabase => Libpq(_other!, Path.Combine(_folder, "other-cluster"));

    private string Backup => Path.Combine(_folder, "backup");

    public async ValueTask InitializeAsync()
    {
        _postgres = await EmbeddedPostgres.StartAsync(Path.Combine(_folder, "cluster"), CancellationToken.None);
        _other = await EmbeddedPostgres.StartAsync(Path.Combine(_folder, "other-cluster"), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _postgres!.DisposeAsync();
        await _other!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task From_a_backup_a_holder_seals_with_the_old_PIN_and_the_log_is_in_order()
    {
        string seal, uscc, person, former;
        var keys = Path.Combine(_folder, "keys-of-the-log");
        using (var service = await StartAsync(_postgres!, "data"))
        {
            using var client = await ApiClient.ConnectAsync(service.Url);
            var company = await Company.RegisterAsync(client);
            (seal, uscc) = (await company.ClaimSealAsync("contract"), company.Uscc);
            person = (await client.GiveAsync("administrator", "RegisterPerson", null, new JsonObject { ["name"] = Name })).Required().Id;
            await File.WriteAllTextAsync(keys, await client.Http.GetStringAsync(new Uri("/ledger/keys", UriKind.Relative), Ct), Ct);
            former = await RotateAsync(client);
            await RunAsync("backup.sh", Database, Path.Combine(_folder, "data"), Backup);

            // What happens after the backup does not reach it: the key that it is under is destroyed here.
            await RotateAsync(client);
            (await client.GiveAsync("administrator", "DestroyMasterKey", former, [])).Required();
            await service.KillAsync();
        }

        await RunAsync("restore.sh", Backup, OtherDatabase, Path.Combine(_folder, "restored"));
        var audit = await SealCommand.Run("audit", _other!.OwnerConnectionString, "--key", keys, "--lang", "en");
        audit.ExitCode.ShouldBe(0, audit.ToString());
        using (var restored = await StartAsync(_other, "restored"))
        {
            using var client = await ApiClient.ConnectAsync(restored.Url);
            var company = Company.Known(client, uscc);
            var document = await client.UploadAsync(Company.Representative, SampleDocuments.Pdf());
            (await company.SealAsync(seal, document, pin: "wrong-pin")).Code.ShouldBe("pin-wrong");
            (await company.SealAsync(seal, document)).Required();
            (await client.GetAsync("regulator", $"/api/persons/{person}")).Required().Body["name"]!.GetValue<string>().ShouldBe(Name);
            await restored.KillAsync();
        }

        audit = await SealCommand.Run("audit", _other.OwnerConnectionString, "--key", keys, "--lang", "en");
        audit.ExitCode.ShouldBe(0, audit.ToString());

        // The same database with the token as it is now, from which its master key is gone.
        Directory.Delete(Path.Combine(_folder, "restored", "token"), recursive: true);
        await RunProgramAsync("cp", "-a", Path.Combine(_folder, "data", "token"), Path.Combine(_folder, "restored", "token"));
        await Should.ThrowAsync<InvalidOperationException>(StartAsync(_other, "restored"), "the service says that this is not the token of the database");
    }

    [Fact]
    public async Task A_backup_without_its_token_opens_nothing()
    {
        using (var service = await StartAsync(_postgres!, "data"))
        {
            using var client = await ApiClient.ConnectAsync(service.Url);
            await (await Company.RegisterAsync(client)).ClaimSealAsync("contract");
            await RunAsync("backup.sh", Database, Path.Combine(_folder, "data"), Backup);
            await service.KillAsync();
        }

        File.Delete(Path.Combine(Backup, "token.tar"));
        var sums = Path.Combine(Backup, "sha256");
        var lines = await File.ReadAllLinesAsync(sums, Ct);
        await File.WriteAllLinesAsync(sums, lines.Where(line => !line.EndsWith("token.tar", StringComparison.Ordinal)), Ct);
        await RunAsync("restore.sh", Backup, OtherDatabase, Path.Combine(_folder, "restored"));
        await Should.ThrowAsync<InvalidOperationException>(StartAsync(_other!, "restored"), "a token of its own, just made, is not the token of the database");
    }

    private static async Task RunAsync(string script, params IReadOnlyList<string> arguments)
    {
        var scripts = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(scripts, "scripts", script)))
        {
            scripts = Path.GetDirectoryName(scripts) ?? throw new DirectoryNotFoundException("The tests run inside the repository: scripts/ was not found above them.");
        }

        await RunProgramAsync(Path.Combine(scripts, "scripts", script), arguments);
    }

    private static async Task RunProgramAsync(string program, params IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct);
        process.ExitCode.ShouldBe(0, string.Concat(said));
    }

    private static async Task<string> RotateAsync(ApiClient client)
    {
        var key = (await client.GiveAsync("administrator", "RotateMasterKey", null, [])).Required().Id;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await client.GetAsync(null, "/health/ready")).Body["vault"] is not JsonObject vault
            || vault["masterKey"]!.GetValue<string>() != key || vault["rowsLeft"]!.GetValue<long>() > 0)
        {
            await timer.WaitForNextTickAsync(Ct);
        }

        return key;
    }

    private static string Libpq(EmbeddedPostgres postgres, string cluster)
    {
        var owner = new NpgsqlConnectionStringBuilder(postgres.OwnerConnectionString);
        var moved = Path.Combine(cluster, "moved-to.txt");
        var passwords = Path.Combine(File.Exists(moved) ? File.ReadAllText(moved).Trim() : cluster, "passwords");
        return $"host={owner.Host} port={owner.Port} dbname={owner.Database} user=seal_superuser password={File.ReadLines(passwords).First()}";
    }

    private Task<ServiceProcess> StartAsync(EmbeddedPostgres postgres, string data) => ServiceProcess.StartAsync(Path.Combine(_folder, data), new Dictionary<string, string>
    {
        ["Seal__Ledger__ConnectionString"] = postgres.ConnectionString,
        ["Seal__Ledger__OwnerConnectionString"] = postgres.OwnerConnectionString,
    });
}
