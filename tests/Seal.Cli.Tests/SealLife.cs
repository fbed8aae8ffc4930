using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Seal.Service.Settings;
using Seal.Testing;

namespace Seal.Cli.Tests;

/// <summary>
/// A running service with one seal that has been through much: claimed, used, frozen, lifted, its PIN reset, so that one
/// certificate is revoked and another in force.
/// </summary>
public sealed class SealLife : IAsyncLifetime
{
    /// <summary>Why it was frozen.</summary>
    public const string Reason = "印章疑似被盗用";

    private readonly string _folder = TestFolder.Create();
    private RunningService? _service;

    public string Url => _service!.Url;

    public string Seal { get; private set; } = "";

    public string Uscc { get; private set; } = "";

    /// <summary>A bearer token of an auditor.</summary>
    public string Token { get; private set; } = "";

    /// <summary>A file with the log's keys.</summary>
    public string Keys => PathOf("keys");

    /// <summary>The roots of the certificate authority.</summary>
    public string Roots => PathOf("roots.pem");

    /// <summary>The revocation lists of the certificate authority.</summary>
    public IReadOnlyList<string> RevocationLists { get; private set; } = [];

    /// <summary>All of the seal's evidence.</summary>
    public string Evidence => PathOf("seal.evidence.jsonl");

    /// <summary>How someone with every right comes to the service's own PostgreSQL: with the first line of the cluster's password file.</summary>
    public string Superuser
    {
        get
        {
            var cluster = Path.Combine(_service!.Services.GetRequiredService<ServiceSettings>().Data, "postgres");
            var moved = Path.Combine(cluster, "moved-to.txt");
            var passwords = Path.Combine(File.Exists(moved) ? File.ReadAllText(moved).Trim() : cluster, "passwords");
            return new NpgsqlConnectionStringBuilder(_service.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString)
            {
                Username = "seal_superuser",
                Password = File.ReadLines(passwords).First(),
            }.ConnectionString;
        }
    }

    public ApiClient Client => _service!.Client;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _service = await RunningService.StartAsync();
        var company = await Company.RegisterAsync(Client);
        Uscc = company.Uscc;
        Seal = await company.ClaimSealAsync("contract");
        (await company.SealAsync(Seal, await Client.UploadAsync(Company.Representative, SampleDocuments.Pdf()))).Required();
        await GiveAsync("FreezeSeal", new() { ["reason"] = Reason });
        await GiveAsync("LiftFreeze", new() { ["reason"] = "已查清" });
        var holding = $"{Seal}.{await Client.PersonAsync(Company.Representative)}";
        (await Client.GiveAsync(Company.Representative, "ResetPin", holding, new() { ["newPin"] = Company.Pin })).Required();

        Token = await TokenOfAsync("auditor");
        await File.WriteAllTextAsync(Keys, await Client.Http.GetStringAsync("/ledger/keys", Ct), Ct);
        await File.WriteAllTextAsync(Roots, await Client.Http.GetStringAsync("/pki/roots.pem", Ct), Ct);
        var exported = await SealCommand.Run("export", Seal, "--out", Evidence, "--service", Url, "--token", Token, "--key", Keys);
        exported.ExitCode.ShouldBe(0, exported.ToString());
        RevocationLists = [.. File.ReadLines(Evidence).Select(line => JsonNode.Parse(line)!).Where(line => line["kind"]?.GetValue<string>() == "revocation-list").Select(Keep)];
    }

    private string Keep(JsonNode material)
    {
        var file = PathOf($"{material["name"]}.crl");
        File.WriteAllBytes(file, Convert.FromBase64String(material["content"]!.GetValue<string>()));
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        await _service!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>A bearer token of a demo person.</summary>
    public async Task<string> TokenOfAsync(string account)
    {
        using var answer = await Client.Http.PostAsJsonAsync("/api/sign-in", new { account, password = "demo" }, Ct);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>(Ct))!["accessToken"]!.GetValue<string>();
    }

    /// <summary>Asks the service with a token and with nothing else that a user might forget.</summary>
    public Task<Outcome> RunAsync(params string[] arguments) => SealCommand.Run([.. arguments, "--service", Url, "--token", Token]);

    private async Task GiveAsync(string command, JsonObject body) => (await Client.GiveAsync(Company.Representative, command, Seal, body)).Required();
}

/// <summary>One service for all who ask it: a process can work with one token only.</summary>
[CollectionDefinition(nameof(OneSealLife))]
public sealed class OneSealLife : ICollectionFixture<SealLife>;
