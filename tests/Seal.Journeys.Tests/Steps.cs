using System.Globalization;
using System.Text.Json.Nodes;
using Seal.Testing;

namespace Seal.Journeys.Tests;

/// <summary>Steps that journeys take again and again.</summary>
internal static class Steps
{
    private const string Representative = Company.Representative;

    /// <summary>Lets a person hold a seal for ninety days.</summary>
    public static async Task<Answer> AuthoriseAsync(this SharedService shared, string seal, string account, TimeSpan? startsIn = null)
    {
        var from = shared.Service.Clock.GetUtcNow() + (startsIn ?? TimeSpan.Zero);
        return await shared.Client.GiveAsync(Representative, "AuthoriseHolder", seal, new()
        {
            ["person"] = await shared.Client.PersonAsync(account),
            ["from"] = from.ToString("O", CultureInfo.InvariantCulture),
            ["until"] = from.AddDays(90).ToString("O", CultureInfo.InvariantCulture),
        });
    }

    public static Task<Answer> ClaimAsync(this ApiClient client, string account, string seal, string algorithm = "ecdsa-p256", string device = "phone") =>
        client.GiveAsync(account, "ClaimSeal", seal, new() { ["pin"] = Company.Pin, ["device"] = device, ["algorithm"] = algorithm });

    public static Task<Answer> ResetPinAsync(this ApiClient client, string account, string holding, string pin) =>
        client.GiveAsync(account, "ResetPin", holding, new() { ["newPin"] = pin });

    /// <summary>Freezes, lifts, revokes: whatever needs nothing but a reason.</summary>
    public static Task<Answer> GiveReasonAsync(this ApiClient client, string command, string seal, string reason = "按规定办理", Sending? sending = null) =>
        client.GiveAsync(Representative, command, seal, new() { ["reason"] = reason }, sending);

    /// <summary>The number of a person's right to a seal.</summary>
    public static async Task<string> HoldingAsync(this ApiClient client, string account, string seal) => $"{seal}.{await client.PersonAsync(account)}";

    /// <summary>Seals a document and fetches it.</summary>
    public static async Task<byte[]> SealedAsync(this ApiClient client, Company company, string seal, byte[] document, string account = Representative)
    {
        var signing = (await company.SealAsync(seal, await client.UploadAsync(account, document), account)).Required();
        return await client.FetchAsync(account, signing.Id);
    }

    /// <summary>The service's judgement of a document that must have been sealed in order, and what its seals are today.</summary>
    public static async Task<JsonObject> JudgedAsync(this ApiClient client, byte[] document, params IReadOnlyList<string> today)
    {
        var judgement = (await client.VerifyAsync(document)).Required().Body;
        var told = judgement.ToJsonString();
        judgement["verdict"]!.GetValue<string>().ShouldBe("TOTAL_PASSED", told);
        var signatures = judgement["signatures"]!.AsArray();
        signatures.Select(signature => signature!["verdict"]!.GetValue<string>()).ShouldAllBe(verdict => verdict == "TOTAL_PASSED");
        signatures.Select(signature => signature!["seal"]!["stateAtSigning"]!.GetValue<string>()).ShouldAllBe(state => state == "active");
        signatures.Select(signature => signature!["seal"]!["stateToday"]!.GetValue<string>()).ShouldBe(today);
        signatures.SelectMany(signature => signature!["checks"]!.AsArray()).Select(check => check!["result"]!.GetValue<string>()).ShouldNotContain("failed", told);
        return judgement;
    }

    /// <summary>One member of the state that a view shows.</summary>
    public static string StateText(this JsonObject view, string member) => view["state"]![member]!.GetValue<string>();
}
