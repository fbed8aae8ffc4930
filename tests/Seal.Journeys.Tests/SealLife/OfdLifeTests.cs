using Seal.Testing;

namespace Seal.Journeys.Tests.SealLife;

/// <summary>OFD documents from the upload to the judgement.</summary>
[Collection(OneService.Name)]
public sealed class OfdLifeTests(SharedService shared)
{
    private const string Representative = Company.Representative;

    private ApiClient Client => shared.Client;

    [Fact]
    public async Task An_OFD_is_sealed_with_an_SM2_key_and_passes_with_its_ledger_record()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract", "sm2");
        var once = await Client.SealedAsync(company, seal, SampleDocuments.Ofd(2));
        await Client.JudgedAsync(once, "active");
        var judgement = await Client.JudgedAsync(await Client.SealedAsync(company, seal, once), "active", "active");
        judgement["signatures"]!.AsArray().Select(signature => signature!["kind"]!.GetValue<string>()).ShouldAllBe(kind => kind == "ses-signature");
        judgement["signatures"]!.AsArray().Select(signature => signature!["checks"]![8]!["result"]!.GetValue<string>()).ShouldAllBe(ledger => ledger == "passed");
    }

    [Fact]
    public async Task A_key_that_is_not_for_SM2_cannot_seal_an_OFD()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        (await company.SealAsync(seal, await Client.UploadAsync(Representative, SampleDocuments.Ofd()))).ShouldBeRefused(409, "ofd-needs-sm2", "document");
    }
}
