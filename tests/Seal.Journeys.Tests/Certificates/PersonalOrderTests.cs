using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Seal.Cryptography.Keys;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;
using Seal.Service.SignIn;
using Seal.Testing;

namespace Seal.Journeys.Tests.Certificates;

/// <summary>What persons order for themselves: they find it, and whoever has the office does not wave their own through.</summary>
[Collection(OneService.Name)]
public sealed class PersonalOrderTests(SharedService shared)
{
    private const string Applicant = "wang-fang";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ApiClient Client => shared.Client;

    [Fact]
    public async Task Persons_find_what_they_ordered_for_themselves_and_nothing_of_others()
    {
        using var key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var person = await Client.PersonAsync(Applicant);
        var own = await OrderAsync("new", body => body["request"] = OrderSteps.RequestOf(key));
        var papers = await Client.PapersAsync("applicant-identity");
        var company = await Company.RegisterAsync(Client);
        var companys = (await Client.OrderAsync(company, key, body => (body["kind"], body["person"], body["materials"]) = ("organisation-individual", person, papers))).Required().Id;

        (await MineAsync(Applicant)).ShouldContain(own);
        (await MineAsync(Applicant)).ShouldNotContain(companys, "it is the organisation's to look at");
        (await MineAsync("li-na")).ShouldNotContain(own);
        (await FoundAsync(Applicant, "person=me&status=under-review")).ShouldContain(own);
        (await FoundAsync(Applicant, "person=me&status=approved")).ShouldNotContain(own);
        (await FoundAsync("officer", $"person={person}")).ShouldContain(companys);
        (await FoundAsync("officer", "person=me")).ShouldNotContain(own, "who has the office is asked for, not what the office may see");
        (await Client.GetAsync("li-na", $"/api/certificate-orders?person={person}")).ShouldBeRefused(403, "not-permitted");
        (await Client.GetAsync(null, "/api/certificate-orders?person=me")).ShouldBeRefused(401, "not-signed-in");
    }

    [Fact]
    public async Task An_officer_does_not_confirm_the_unlocking_of_their_own_medium()
    {
        using var key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var first = await OrderAsync("new", body => body["request"] = OrderSteps.RequestOf(key));
        (await Client.OfficerAsync("ApproveCertificateOrder", first)).Required();
        (await Client.OfficerAsync("IssueCertificateOrder", first)).Required();
        var certificate = (await shared.SeeAsync(Applicant, $"/api/certificate-orders/{first}")).StateText("issued");
        var unlock = await OrderAsync("unlock", body => body["certificate"] = certificate);
        (await Client.OfficerAsync("ApproveCertificateOrder", unlock)).Required();

        // The applicant comes into the office.
        var accounts = shared.Service.Services.GetRequiredService<Accounts>();
        var (officer, applicant) = (new PersonId(await Client.PersonAsync("officer")), new PersonId(await Client.PersonAsync(Applicant)));
        await accounts.LinkAsync("officer", applicant, Ct);
        Client.SignOut();
        try
        {
            await shared.RefusedWithoutTraceAsync(() => Client.OfficerAsync("ConfirmUnlock", unlock), 403, "certificate-order-of-oneself");
        }
        finally
        {
            await accounts.LinkAsync("officer", officer, Ct);
            Client.SignOut();
        }

        (await Client.OfficerAsync("ConfirmUnlock", unlock)).Required();
        (await shared.SeeAsync(Applicant, $"/api/certificate-orders/{unlock}")).StateText("status").ShouldBe("delivered");
    }

    private async Task<string> OrderAsync(string business, Action<JsonObject> change)
    {
        JsonArray papers = [];
        foreach (var kind in new[] { "application-form", "applicant-identity" })
        {
            papers.Add(new JsonObject { ["kind"] = kind, ["document"] = await Client.UploadAsync(Applicant, System.Text.Encoding.UTF8.GetBytes($"scan of {kind}")) });
        }

        JsonObject body = new()
        {
            ["business"] = business,
            ["kind"] = "personal",
            ["person"] = await Client.PersonAsync(Applicant),
            ["authority"] = DomainSettings.EmbeddedAuthority,
            ["materials"] = papers,
        };
        change(body);
        return (await Client.GiveAsync(Applicant, "RequestCertificate", null, body)).Required().Id;
    }

    private Task<IReadOnlyList<string>> MineAsync(string account) => FoundAsync(account, "person=me");

    private async Task<IReadOnlyList<string>> FoundAsync(string account, string query) =>
        [.. (await shared.SeeAsync(account, $"/api/certificate-orders?{query}&limit=100"))["items"]!.AsArray().Select(row => row!["id"]!.GetValue<string>())];
}
