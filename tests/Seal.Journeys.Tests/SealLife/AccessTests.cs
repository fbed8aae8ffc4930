using System.Net;
using Seal.Testing;

namespace Seal.Journeys.Tests.SealLife;

/// <summary>Who may look at what, and that a sealed file is given out once and to nobody else.</summary>
[Collection(OneService.Name)]
public sealed class AccessTests(SharedService shared)
{
    private const string Representative = Company.Representative;
    private const string Holder = "wang-fang";
    private const string Manager = "li-na";
    private const string Owners = $"{Representative} {Manager}";

    /// <summary>Everybody there is; each view is tried as each of them.</summary>
    private static readonly string[] Everybody =
        [Representative, Manager, Holder, "zhao-lei", "registry", "reviewer", "maker", "officer", "authority", "auditor", "regulator", "administrator"];

    private ApiClient Client => shared.Client;

    [Fact]
    public async Task Every_view_is_open_to_those_it_is_for_and_to_nobody_else()
    {
        const string staff = "reviewer maker officer authority auditor regulator administrator";
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        (await Client.GiveAsync(Representative, "AppointManager", company.Uscc, new() { ["person"] = await Client.PersonAsync(Manager), ["until"] = "2099-01-01T00:00:00Z" })).Required();
        (await shared.AuthoriseAsync(seal, Holder)).Required();
        (await Client.ClaimAsync(Holder, seal)).Required();
        var signing = (await company.SealAsync(seal, await Client.UploadAsync(Holder, SampleDocuments.Pdf()), Holder)).Required().Id;
        var application = seal[..^2];
        (string Address, string Open)[] views =
        [
            ("/api/seals", staff),
            ($"/api/seals?organisation={company.Uscc}", $"{Owners} {staff}"),
            ($"/api/seals/{seal}", $"{Owners} {Holder} {staff}"),
            ($"/api/seals/{seal}?version=1", $"{Owners} {Holder} {staff}"),
            ($"/api/seals/{seal}/history", $"{Owners} authority auditor regulator administrator"),
            ($"/api/seals/{seal}/impression.svg", $"{Owners} {Holder} {staff}"),
            ($"/api/seals/{seal}/impression.png", $"{Owners} {Holder} {staff}"),
            ($"/api/seals/{seal}/data", $"{Owners} {Holder} {staff}"),
            ($"/api/organisations/{company.Uscc}", $"{Owners} registry {staff}"),
            ("/api/applications", $"registry {staff}"),
            ($"/api/applications?organisation={company.Uscc}", $"{Owners} registry {staff}"),
            ($"/api/applications/{application}", $"{Owners} registry {staff}"),
            ($"/api/applications/{application}/history", $"{Owners} reviewer auditor regulator administrator"),
            ("/api/usage", "auditor regulator"),
            ($"/api/usage?seal={seal}", "auditor regulator"),
            ($"/api/usage?organisation={company.Uscc}", $"{Owners} auditor regulator"),
            ($"/api/usage?person={await Client.PersonAsync(Holder)}", $"{Holder} auditor regulator"),
            ($"/api/signings/{signing}", $"{Owners} {Holder} auditor regulator"),
            ("/ledger/events/0", "auditor"),
            ("/api/me", string.Join(' ', Everybody)),
            ("/api/holdings", string.Join(' ', Everybody)),
        ];
        List<string> wrong = [];
        foreach (var (address, open) in views)
        {
            (await Client.GetAsync(null, address)).ShouldBeRefused(401, "not-signed-in");
            foreach (var account in Everybody)
            {
                var answer = await Client.GetAsync(account, address);
                var expected = open.Split(' ').Contains(account) ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
                if (answer.Status != expected || (expected == HttpStatusCode.Forbidden && answer.Code != "not-permitted"))
                {
                    wrong.Add($"{account} at {address}: {answer.Status}, not {expected}");
                }
            }
        }

        wrong.ShouldBeEmpty();
        foreach (var account in Everybody.Except([Holder]))
        {
            (await Client.GetAsync(account, $"/api/signings/{signing}/document")).ShouldBeRefused(403, "not-permitted");
        }

        (await Client.FetchAsync(Holder, signing)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Everybody_sees_only_their_own_holdings()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        foreach (var account in Everybody.Except([Representative]))
        {
            var listed = (await shared.SeeAsync(account, "/api/holdings?limit=200"))["items"]!.AsArray();
            listed.Select(holding => holding!["state"]!["seal"]!.GetValue<string>()).ShouldNotContain(seal);
        }
    }

    [Fact]
    public async Task A_sealed_file_is_given_out_once()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var signing = (await company.SealAsync(seal, await Client.UploadAsync(Representative, SampleDocuments.Pdf()))).Required().Id;
        await Client.FetchAsync(Representative, signing);
        (await Client.GetAsync(Representative, $"/api/signings/{signing}/document")).ShouldBeRefused(410, "already-delivered");
        (await Client.GetAsync("zhao-lei", $"/api/signings/{signing}/document")).ShouldBeRefused(403, "not-permitted");
        (await shared.SeeAsync(Representative, $"/api/signings/{signing}")).StateText("status").ShouldBe("sealed");
    }

    [Fact]
    public async Task A_refused_signing_has_no_file()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var document = await Client.UploadAsync(Representative, SampleDocuments.Pdf());
        (await company.SealAsync(seal, document, pin: "wrong-pin")).ShouldBeRefused(403, "pin-wrong", "pin");
        var refused = (await shared.SeeAsync(Representative, $"/api/usage?organisation={company.Uscc}"))["items"]![0]!["id"]!.GetValue<string>();
        (await Client.GetAsync(Representative, $"/api/signings/{refused}/document")).ShouldBeRefused(404, "nothing-here");
    }
}
