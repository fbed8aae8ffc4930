using Seal.Testing;

namespace Seal.Journeys.Tests.SealLife;

/// <summary>The end of a seal's term, and its renewal before and after.</summary>
[Collection(ServiceAcrossYears.Name)]
public sealed class TermTests(SharedService shared)
{
    private const string Representative = Company.Representative;

    private ApiClient Client => shared.Client;

    [Fact]
    public async Task A_seal_refuses_after_its_end_until_it_is_renewed_and_its_documents_stay_valid()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract", "rsa2048");
        (await shared.AuthoriseAsync(seal, "wang-fang")).Required();
        (await Client.ClaimAsync("wang-fang", seal)).Required();
        var document = await Client.SealedAsync(company, seal, await Client.SealedAsync(company, seal, SampleDocuments.Pdf()), "wang-fang");
        await Client.JudgedAsync(document, "active", "active");

        Pass(TimeSpan.FromDays(367));
        var upload = await Client.UploadAsync(Representative, SampleDocuments.Pdf());
        (await company.SealAsync(seal, upload)).ShouldBeRefused(409, "seal-expired");
        (await shared.UsageAsync(Representative, $"organisation={company.Uscc}"))[0]["code"]!.GetValue<string>().ShouldBe("seal-expired");
        (await Client.ResetPinAsync(Representative, await Client.HoldingAsync(Representative, seal), "another-pin")).ShouldBeRefused(409, "seal-expired");
        await Client.JudgedAsync(document, "expired", "expired");

        (await Client.GiveAsync(Representative, "RenewSeal", seal, [])).Required();
        var until = await ValidUntilAsync(seal);
        (until - shared.Service.Clock.GetUtcNow()).TotalDays.ShouldBeInRange(364, 366, "one term from now");
        var after = await Client.SealedAsync(company, seal, document);
        await Client.JudgedAsync(after, "active", "active", "active");

        // A holder's right ends with its own term, whatever the seal's.
        var others = await Client.UploadAsync("wang-fang", SampleDocuments.Pdf());
        (await company.SealAsync(seal, others, "wang-fang")).ShouldBeRefused(403, "holding-expired");
        (await shared.UsageAsync(Representative, $"organisation={company.Uscc}"))[0]["code"]!.GetValue<string>().ShouldBe("holding-expired");
    }

    [Fact]
    public async Task A_seal_renewed_before_its_end_lasts_one_term_longer_under_the_same_key()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var document = await Client.SealedAsync(company, seal, SampleDocuments.Pdf());
        Pass(TimeSpan.FromDays(300));
        var before = await ValidUntilAsync(seal);
        (await Client.GiveAsync(Representative, "RenewSeal", seal, [])).Required();
        (await ValidUntilAsync(seal)).ShouldBe(before.AddYears(1));
        (await Client.GiveAsync(Representative, "RenewSeal", seal, [])).ShouldBeRefused(409, "renewal-too-early");

        Pass(TimeSpan.FromDays(100));
        await Client.JudgedAsync(await Client.SealedAsync(company, seal, document), "active", "active");
        (await Client.GiveReasonAsync("RevokeSeal", seal)).Required();
        await Client.JudgedAsync(document, "revoked");
    }

    [Fact]
    public async Task A_seal_never_claimed_by_its_end_cannot_be_claimed_any_more()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.IssueSealAsync("contract");
        Pass(TimeSpan.FromDays(367));
        (await Client.ClaimAsync(Representative, seal)).ShouldBeRefused(409, "seal-expired");
    }

    [Fact]
    public async Task A_sign_in_ends()
    {
        await Client.PersonAsync("zhao-lei");
        shared.Service.Clock.Advance(TimeSpan.FromDays(1));
        (await Client.GetAsync("zhao-lei", "/api/me")).ShouldBeRefused(401, "not-signed-in");
        Client.SignOut();
        (await Client.GetAsync("zhao-lei", "/api/me")).Required();
    }

    private void Pass(TimeSpan time)
    {
        shared.Service.Clock.Advance(time);
        Client.SignOut();
    }

    private async Task<DateTimeOffset> ValidUntilAsync(string seal)
    {
        var view = await shared.SeeAsync(Representative, $"/api/seals/{seal}");
        return view["state"]!["validUntil"]!.GetValue<DateTimeOffset>();
    }
}
