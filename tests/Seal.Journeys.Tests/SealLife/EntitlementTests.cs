using System.Text.Json.Nodes;
using Seal.Testing;

namespace Seal.Journeys.Tests.SealLife;

/// <summary>Companies that get their seals without applying.</summary>
[Collection(OneService.Name)]
public sealed class EntitlementTests(SharedService shared)
{
    [Fact]
    public async Task A_company_established_since_the_cut_off_gets_its_four_seals_without_applying_and_an_older_one_does_not()
    {
        var older = await Company.RegisterAsync(shared.Client, establishedOn: "2021-03-31");
        var newer = await Company.RegisterAsync(shared.Client, establishedOn: "2022-03-01");

        // Companies have their turn in the order they were registered.
        var seals = await EventuallyAsync(() => SealsAsync(newer), found => found.Count > 0);
        seals.Select(seal => seal!["state"]!["kind"]!.GetValue<string>()).Order().ShouldBe(["contract", "finance", "legal-name", "legal-representative"]);
        seals.Select(seal => seal!["state"]!["status"]!.GetValue<string>()).ShouldAllBe(status => status == "approved");
        (await SealsAsync(older)).ShouldBeEmpty();

        var seal = seals[0]!["id"]!.GetValue<string>();
        (await shared.Client.GiveAsync("maker", "MakeSeal", seal, new() { ["code"] = Company.NextCode() })).Required();
        (await shared.Client.GiveAsync("maker", "FileSeal", seal, new() { ["filingNumber"] = "BA-2022" })).Required();
        (await shared.Client.ClaimAsync(Company.Representative, seal)).Required();
    }

    private async Task<JsonArray> SealsAsync(Company company) =>
        (await shared.SeeAsync(Company.Representative, $"/api/seals?organisation={company.Uscc}"))["items"]!.AsArray();

    private static async Task<TFound> EventuallyAsync<TFound>(Func<Task<TFound>> look, Func<TFound, bool> isThere)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var found = await look();
            if (isThere(found))
            {
                return found;
            }

            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
