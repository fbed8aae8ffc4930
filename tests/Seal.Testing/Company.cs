using System.Globalization;
using System.Text.Json.Nodes;

namespace Seal.Testing;

/// <summary>A registered company of zhang-wei's, and what becomes of its seals.</summary>
public sealed class Company
{
    /// <summary>The legal representative's account.</summary>
    public const string Representative = "zhang-wei";

    /// <summary>The PIN that is set when a seal is claimed.</summary>
    public const string Pin = "pin-123456";

    private static int _codes = Environment.ProcessId * 10_000;
    private readonly ApiClient _client;

    private Company(ApiClient client, string uscc) => (_client, Uscc) = (client, uscc);

    /// <summary>Its credit code.</summary>
    public string Uscc { get; }

    /// <summary>Registers a company that has to apply for its seals.</summary>
    public static async Task<Company> RegisterAsync(ApiClient client, string? establishedOn = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        var uscc = CreditCodes.Next();
        (await client.GiveAsync("registry", "RegisterOrganisation", null, new JsonObject
        {
            ["uscc"] = uscc,
            ["name"] = $"深圳市{uscc[9..17]}科技有限公司",
            ["kind"] = "company",
            ["legalRepresentative"] = await client.PersonAsync(Representative),
            ["managingPartners"] = 0,
            ["region"] = "440300",
            ["establishedOn"] = establishedOn ?? "2015-05-20",
        })).Required();
        return new Company(client, uscc);
    }

    /// <summary>A company that is registered already, wherever the client leads.</summary>
    public static Company Known(ApiClient client, string uscc) => new(client, uscc);

    /// <summary>Applies for one seal and carries it to where it waits to be claimed.</summary>
    public async Task<string> IssueSealAsync(string kind)
    {
        var seals = new JsonObject { ["organisation"] = Uscc, ["seals"] = new JsonArray(new JsonObject { ["kind"] = kind }) };
        var application = (await _client.GiveAsync(Representative, "ApplyForSeals", null, seals)).Required().Id;
        (await _client.GiveAsync("reviewer", "ApproveApplication", application, [])).Required();
        var seal = $"{application}-1";
        (await _client.GiveAsync("maker", "MakeSeal", seal, new JsonObject { ["code"] = NextCode() })).Required();
        (await _client.GiveAsync("maker", "FileSeal", seal, new JsonObject { ["filingNumber"] = $"BA-{seal}" })).Required();
        return seal;
    }

    /// <summary>Issues a seal and lets the legal representative claim it.</summary>
    public async Task<string> ClaimSealAsync(string kind, string algorithm = "ecdsa-p256")
    {
        var seal = await IssueSealAsync(kind);
        (await _client.GiveAsync(Representative, "ClaimSeal", seal, new JsonObject { ["pin"] = Pin, ["device"] = "phone", ["algorithm"] = algorithm })).Required();
        return seal;
    }

    /// <summary>Asks for a seal on an uploaded document.</summary>
    public Task<Answer> SealAsync(string seal, string document, string account = Representative, string pin = Pin, Sending? sending = null) =>
        _client.GiveAsync(account, "SealDocument", null, new JsonObject
        {
            ["seal"] = seal,
            ["document"] = document,
            ["page"] = 1,
            ["xMm"] = 120,
            ["yMm"] = 200,
            ["pin"] = pin,
        }, sending);

    /// <summary>A seal code nobody has used.</summary>
    public static string NextCode() => Interlocked.Increment(ref _codes).ToString("D13", CultureInfo.InvariantCulture);
}
