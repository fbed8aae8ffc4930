using System.Text.Json.Nodes;
using Seal.Testing;

namespace Seal.Journeys.Tests.SealLife;

/// <summary>From the application to documents under several seals, and what becomes of them.</summary>
[Collection(OneService.Name)]
public sealed class SealLifeTests(SharedService shared)
{
    private const string Representative = Company.Representative;

    private ApiClient Client => shared.Client;

    [Fact]
    public async Task A_company_applies_for_its_four_seals_mends_the_application_and_claims_them()
    {
        var company = await Company.RegisterAsync(Client);
        var body = new JsonObject
        {
            ["organisation"] = company.Uscc,
            ["seals"] = new JsonArray([.. new[] { "legal-name", "contract", "finance", "legal-representative" }.Select(kind => new JsonObject { ["kind"] = kind })]),
        };
        var application = (await Client.GiveAsync(Representative, "ApplyForSeals", null, body)).Required().Id;
        (await StatusAsync("applications", application)).ShouldBe("under-review");

        (await Client.GiveAsync("reviewer", "ReturnApplication", application, new() { ["opinion"] = "请核对名称。" })).Required();
        (await StatusAsync("applications", application)).ShouldBe("returned");
        (await Client.GiveAsync("reviewer", "ApproveApplication", application, [])).ShouldBeRefused(409, "application-not-under-review");
        (await Client.GiveAsync(Representative, "ResubmitApplication", application, [])).Required();
        (await Client.GiveAsync("reviewer", "ApproveApplication", application, [])).Required();
        (await StatusAsync("applications", application)).ShouldBe("approved");

        foreach (var seal in Enumerable.Range(1, 4).Select(number => $"{application}-{number}"))
        {
            (await StatusAsync("seals", seal)).ShouldBe("approved");
            (await Client.GiveAsync("maker", "MakeSeal", seal, new() { ["code"] = Company.NextCode() })).Required();
            (await StatusAsync("seals", seal)).ShouldBe("made");
            (await Client.GiveAsync("maker", "FileSeal", seal, new() { ["filingNumber"] = $"BA-{seal}" })).Required();
            (await StatusAsync("seals", seal)).ShouldBe("issued");
            (await Client.ClaimAsync(Representative, seal)).Required();
            (await StatusAsync("seals", seal)).ShouldBe("active");
        }

        var mine = (await shared.SeeAsync(Representative, "/api/holdings?limit=200"))["items"]!.AsArray();
        mine.Count(holding => holding!["state"]!["seal"]!.GetValue<string>().StartsWith($"{application}-", StringComparison.Ordinal)).ShouldBe(4);
        var listed = (await shared.SeeAsync(Representative, $"/api/seals?organisation={company.Uscc}&status=active"))["items"]!.AsArray();
        listed.Select(seal => seal!["state"]!["kind"]!.GetValue<string>()).Order().ShouldBe(["contract", "finance", "legal-name", "legal-representative"]);
    }

    [Fact]
    public async Task Two_seals_with_keys_of_two_kinds_stand_on_one_document_and_both_are_valid()
    {
        var company = await Company.RegisterAsync(Client);
        var (contract, legalName) = (await company.ClaimSealAsync("contract", "rsa2048"), await company.IssueSealAsync("legal-name"));
        (await Client.ClaimAsync(Representative, legalName)).Required();
        (await shared.AuthoriseAsync(legalName, "wang-fang")).Required();
        (await Client.ClaimAsync("wang-fang", legalName)).Required();

        var once = await Client.SealedAsync(company, contract, SampleDocuments.Pdf());
        var twice = await Client.SealedAsync(company, legalName, once, "wang-fang");
        twice.AsSpan(0, once.Length).SequenceEqual(once).ShouldBeTrue("the second seal leaves every byte before it as it was");

        var judged = await Client.JudgedAsync(twice, "active", "active");
        var signatures = judged["signatures"]!.AsArray();
        signatures.Select(signature => signature!["seal"]!["number"]!.GetValue<string>()).ShouldBe([contract, legalName]);
        signatures[0]!["laterChanges"]!.AsArray().ShouldHaveSingleItem()!["permitted"]!.GetValue<bool>().ShouldBeTrue();
        signatures[0]!["signedLength"]!.GetValue<long>().ShouldBe(once.Length);
        await Client.JudgedAsync(once, "active");
    }

    [Fact]
    public async Task A_changed_byte_in_a_sealed_document_shows()
    {
        var company = await Company.RegisterAsync(Client);
        var document = await Client.SealedAsync(company, await company.ClaimSealAsync("contract"), SampleDocuments.Pdf());
        document[document.AsSpan().IndexOf("Contract, page"u8)] = (byte)'K';
        var judged = (await Client.VerifyAsync(document)).Required();
        (judged.Text("verdict"), judged.Text("subIndication")).ShouldBe(("TOTAL_FAILED", "HASH_FAILURE"));
    }

    [Fact]
    public async Task A_frozen_seal_refuses_until_the_freeze_is_lifted_and_its_documents_stay_valid()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var document = await Client.SealedAsync(company, seal, SampleDocuments.Pdf());
        var upload = await Client.UploadAsync(Representative, SampleDocuments.Pdf());

        (await Client.GiveReasonAsync("FreezeSeal", seal)).Required();
        (await company.SealAsync(seal, upload)).ShouldBeRefused(409, "seal-frozen");
        (await shared.UsageAsync(Representative, $"organisation={company.Uscc}"))[0]["code"]!.GetValue<string>().ShouldBe("seal-frozen");
        await Client.JudgedAsync(document, "frozen");

        (await Client.GiveReasonAsync("LiftFreeze", seal)).Required();
        (await company.SealAsync(seal, upload)).Required();
        await Client.JudgedAsync(document, "active");
    }

    [Fact]
    public async Task What_an_authority_froze_the_owner_neither_lifts_nor_revokes()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var reason = new JsonObject { ["reason"] = "核查" };
        (await Client.GiveAsync("authority", "FreezeSeal", seal, reason)).ShouldBeRefused(422, "order-missing", "order");
        (await Client.GiveAsync("authority", "FreezeSeal", seal, new() { ["reason"] = "核查", ["order"] = "深市监冻〔2026〕1号" })).Required();
        (await Client.GiveReasonAsync("LiftFreeze", seal)).ShouldBeRefused(403, "freeze-by-authority");
        (await Client.GiveReasonAsync("RevokeSeal", seal)).ShouldBeRefused(403, "freeze-by-authority");
        (await Client.GiveAsync("authority", "LiftFreeze", seal, reason)).Required();
        (await StatusAsync("seals", seal)).ShouldBe("active");
    }

    [Fact]
    public async Task A_revoked_seal_never_signs_again_its_name_is_free_and_its_documents_stay_valid()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var document = await Client.SealedAsync(company, seal, SampleDocuments.Pdf());
        (await Client.GiveReasonAsync("RevokeSeal", seal)).Required();

        var upload = await Client.UploadAsync(Representative, SampleDocuments.Pdf());
        (await company.SealAsync(seal, upload)).ShouldBeRefused(410, "seal-revoked");
        (await shared.UsageAsync(Representative, $"organisation={company.Uscc}"))[0]["code"]!.GetValue<string>().ShouldBe("seal-revoked");
        (await Client.GiveReasonAsync("RevokeSeal", seal)).ShouldBeRefused(410, "seal-revoked");
        (await Client.ClaimAsync(Representative, seal, device: "tablet")).ShouldBeRefused(410, "seal-revoked");
        await Client.JudgedAsync(document, "revoked");

        // The same kind of seal has the same name by default.
        (await company.SealAsync(await company.ClaimSealAsync("contract"), upload)).Required();
    }

    [Fact]
    public async Task A_seal_claimed_on_another_device_ends_the_certificate_of_the_first()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var document = await Client.SealedAsync(company, seal, SampleDocuments.Pdf());
        var first = await CertificateAsync(seal);
        (await Client.ClaimAsync(Representative, seal)).ShouldBeRefused(409, "already-claimed", "device");
        (await Client.ClaimAsync(Representative, seal, "rsa2048", "tablet")).Required();

        (await shared.SeeAsync("officer", $"/api/certificates/{first}")).StateText("reason").ShouldBe("superseded");
        await Client.JudgedAsync(await Client.SealedAsync(company, seal, document), "active", "active");
    }

    [Fact]
    public async Task An_SM2_key_seals_a_PDF_and_the_seal_is_found_in_order()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract", "sm2");
        await Client.JudgedAsync(await Client.SealedAsync(company, seal, SampleDocuments.Pdf()), "active");
    }

    private async Task<string> StatusAsync(string streams, string id) => (await shared.SeeAsync("auditor", $"/api/{streams}/{id}")).StateText("status");

    private async Task<string> CertificateAsync(string seal) =>
        (await shared.SeeAsync(Representative, $"/api/seals/{seal}"))["state"]!["signers"]![await Client.HoldingAsync(Representative, seal)]!.GetValue<string>();
}
