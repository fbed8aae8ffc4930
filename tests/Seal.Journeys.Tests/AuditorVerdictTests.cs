using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Seal.Documents.Judging;
using Seal.Ledger;
using Seal.Testing;

namespace Seal.Journeys.Tests;

/// <summary>Documents that someone with the keys, the database or a copy of another's receipt would like to see pass.</summary>
[Collection(OneAuditedService.Name)]
public sealed class AuditorVerdictTests(SharedService shared)
{
    private readonly RunningService _service = shared.Service;

    private ApiClient Client => _service.Client;

    private string Origin => _service.Services.GetRequiredService<EventLedger>().Origin;

    [Fact]
    public async Task A_signature_that_was_never_recorded_is_shown_as_such_whatever_its_receipt_says()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var signing = (await company.SealAsync(seal, await Client.UploadAsync(Company.Representative, SampleDocuments.Pdf()))).Required().Id;
        using var stolen = await StolenKey.TakeAsync(_service, seal);

        foreach (var (receipt, result, reason) in new (SealReceipt?, string, string)[]
        {
            (null, "unknown", "ledger-unknown"),
            (new(Origin, "0123456789abcdef01234567", seal, 9), "unknown", "ledger-unknown"),
            (new("another.example/ledger", signing, seal, 9), "unknown", "ledger-unknown"),
            (new(Origin, "a\0b", seal, 9), "unknown", "ledger-unknown"),
            (new(Origin, "x\ny/z", seal, 9), "unknown", "ledger-unknown"),
            (new(Origin, signing, seal, 9), "failed", "ledger-digest-differs"),
        })
        {
            var judged = await JudgeAsync(await stolen.SealAsync(SampleDocuments.Pdf(), receipt));
            Row(judged, "ledger").ShouldBe((result, reason), judged.ToJsonString());
            Verdict(judged).ShouldBe(result == "failed" ? ("TOTAL_FAILED", "SEAL_NOT_IN_ORDER") : ("TOTAL_PASSED", null), $"{receipt}");
            judged["timeSource"]!.GetValue<string>().ShouldBe("claimed");
        }
    }

    [Fact]
    public async Task A_signature_whose_use_was_refused_says_that_no_signing_was_completed()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        using var stolen = await StolenKey.TakeAsync(_service, seal);
        var document = await Client.UploadAsync(Company.Representative, SampleDocuments.Pdf());
        (await company.SealAsync(seal, document, pin: "wrong-pin")).Code.ShouldBe("pin-wrong");
        var refused = (await UsageAsync(seal)).Single()!["id"]!.GetValue<string>();

        var judged = await JudgeAsync(await stolen.SealAsync(SampleDocuments.Pdf(), new SealReceipt(Origin, refused, seal, 9)));

        Verdict(judged).ShouldBe(("TOTAL_FAILED", "SEAL_NOT_IN_ORDER"));
        Row(judged, "ledger").ShouldBe(("failed", "signing-not-recorded"));
        judged["timeSource"]!.GetValue<string>().ShouldBe("claimed");
    }

    [Fact]
    public async Task What_happens_to_a_certificate_in_the_same_second_after_sealing_changes_nothing()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        using var stolen = await StolenKey.TakeAsync(_service, seal);
        var document = await Client.UploadAsync(Company.Representative, SampleDocuments.Pdf());
        (await company.SealAsync(seal, document)).Required();

        // A revocation list knows whole seconds only: begin one afresh, so that both fall into it.
        _service.Clock.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(_service.Clock.GetUtcNow().Ticks % TimeSpan.TicksPerSecond));
        var signing = (await company.SealAsync(seal, document)).Required();
        (await Client.GiveAsync("officer", "RevokeCertificate", stolen.Certificate.SerialNumberText.ToLowerInvariant(), new() { ["reason"] = "key-compromise" })).Required();
        var before = await Client.FetchAsync(Company.Representative, signing.Id);

        var judged = await JudgeAsync(before);
        Verdict(judged).ShouldBe(("TOTAL_PASSED", null), judged.ToJsonString());
        judged["timeSource"]!.GetValue<string>().ShouldBe("timestamp");

        var after = await JudgeAsync(await stolen.SealAsync(SampleDocuments.Pdf(), null, _service.Clock.GetUtcNow().AddDays(-1)));
        Verdict(after).Verdict.ShouldNotBe("TOTAL_PASSED", after.ToJsonString());
    }

    [Theory]
    [InlineData(false, "INDETERMINATE", "REVOKED_NO_POE")]
    [InlineData(true, "INDETERMINATE", "REVOKED_NO_POE")]
    public async Task A_revoked_certificate_does_not_pass_by_claiming_another_time(bool claimsEarlier, string verdict, string sub)
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        using var stolen = await StolenKey.TakeAsync(_service, seal);
        (await Client.GiveAsync("officer", "RevokeCertificate", stolen.Certificate.SerialNumberText.ToLowerInvariant(), new() { ["reason"] = "key-compromise" })).Required();

        var claimed = claimsEarlier ? stolen.Certificate.NotBefore.AddMinutes(1) : _service.Clock.GetUtcNow().AddSeconds(2);
        var judged = await JudgeAsync(await stolen.SealAsync(SampleDocuments.Pdf(), null, claimed));

        Verdict(judged).ShouldBe((verdict, sub), judged.ToJsonString());
    }

    [Fact]
    public async Task Another_certificate_of_the_same_number_does_not_take_over_a_record()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var signing = (await company.SealAsync(seal, await Client.UploadAsync(Company.Representative, SampleDocuments.Pdf()))).Required().Id;
        var genuine = await Client.FetchAsync(Company.Representative, signing);
        using var stolen = await StolenKey.TakeAsync(_service, seal);
        var facts = await FactsAsync(genuine);

        var register = _service.Services.GetRequiredService<ISealRegister>();
        var own = await register.FindAsync(facts, TestContext.Current.CancellationToken);
        own.InOrder.ShouldBeTrue();
        var other = await register.FindAsync(facts with { SignerThumbprint = new string('0', 64) }, TestContext.Current.CancellationToken);
        other.InOrder.ShouldBeFalse();
        other.Reasons.Select(reason => reason.Code).ShouldBe(["signer-not-recorded"]);
    }

    [Fact]
    public async Task A_seal_frozen_withdrawn_or_revoked_today_leaves_yesterdays_verdict_as_it_was()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var wang = await Client.PersonAsync("wang-fang");
        var now = _service.Clock.GetUtcNow();
        (await Client.GiveAsync(Company.Representative, "AuthoriseHolder", seal, new() { ["person"] = wang, ["from"] = now.AddMinutes(-1).ToString("O"), ["until"] = now.AddDays(30).ToString("O") })).Required();
        (await Client.GiveAsync("wang-fang", "ClaimSeal", seal, new() { ["pin"] = Company.Pin, ["device"] = "phone" })).Required();
        using var stolen = await StolenKey.TakeAsync(_service, seal, "wang-fang");
        var document = await Client.UploadAsync("wang-fang", SampleDocuments.Pdf());
        var id = (await company.SealAsync(seal, document, "wang-fang")).Required().Id;
        var file = await Client.FetchAsync("wang-fang", id);

        async Task PassesAsync(string today)
        {
            var judged = await JudgeAsync(file);
            Verdict(judged).ShouldBe(("TOTAL_PASSED", null), judged.ToJsonString());
            judged["seal"]!["stateAtSigning"]!.GetValue<string>().ShouldBe("active");
            judged["seal"]!["stateToday"]!.GetValue<string>().ShouldBe(today);
        }

        await PassesAsync("active");
        (await Client.GiveAsync(Company.Representative, "WithdrawAuthorisation", seal, new() { ["person"] = wang, ["reason"] = "Leaves the company." })).Required();
        await PassesAsync("active");
        (await company.SealAsync(seal, document, "wang-fang")).Code.ShouldBe("holding-withdrawn");
        Verdict(await JudgeAsync(await stolen.SealAsync(SampleDocuments.Pdf(), null, now))).ShouldBe(("INDETERMINATE", "REVOKED_NO_POE"));
        (await Client.GiveAsync(Company.Representative, "FreezeSeal", seal, new() { ["reason"] = "Lost phone." })).Required();
        await PassesAsync("frozen");
        (await Client.GiveAsync(Company.Representative, "LiftFreeze", seal, new() { ["reason"] = "Found." })).Required();
        await PassesAsync("active");
        (await Client.GiveAsync(Company.Representative, "RevokeSeal", seal, new() { ["reason"] = "No longer needed." })).Required();
        await PassesAsync("revoked");
    }

    [Fact]
    public async Task A_second_signature_past_the_ledger_spoils_the_document_and_not_the_first_signature()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var id = (await company.SealAsync(seal, await Client.UploadAsync(Company.Representative, SampleDocuments.Pdf()))).Required().Id;
        var once = await Client.FetchAsync(Company.Representative, id);
        using var stolen = await StolenKey.TakeAsync(_service, seal);

        var twice = await stolen.SealAsync(once, new SealReceipt(Origin, id, seal, 9));
        var whole = (await Client.VerifyAsync(twice)).Required().Body;

        whole["verdict"]!.GetValue<string>().ShouldBe("TOTAL_FAILED");
        whole["signatures"]!.AsArray().Select(one => one!["verdict"]!.GetValue<string>()).ShouldBe(["TOTAL_PASSED", "TOTAL_FAILED"]);
    }

    [Fact]
    public async Task Every_row_of_every_answer_has_a_sentence_in_both_languages()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        using var stolen = await StolenKey.TakeAsync(_service, seal);
        var judged = await JudgeAsync(await stolen.SealAsync(SampleDocuments.Pdf(), null));
        foreach (var check in judged["checks"]!.AsArray())
        {
            check!["reason"]!["zh"]!.GetValue<string>().ShouldMatch(@"\p{IsCJKUnifiedIdeographs}");
            check["reason"]!["en"]!.GetValue<string>().ShouldEndWith(".");
        }

        judged["checks"]!.AsArray().Count.ShouldBe(9);
    }

    private async Task<JsonObject> JudgeAsync(byte[] document) =>
        (await Client.VerifyAsync(document)).Required().Body["signatures"]!.AsArray().Single()!.AsObject();

    private async Task<JsonArray> UsageAsync(string seal) => (await Client.GetAsync("auditor", $"/api/usage?seal={seal}")).Required().Body["items"]!.AsArray();

    private static (string Verdict, string? Sub) Verdict(JsonObject signature) => (signature["verdict"]!.GetValue<string>(), signature["subIndication"]?.GetValue<string>());

    private static (string Result, string Reason) Row(JsonObject signature, string check)
    {
        var row = signature["checks"]!.AsArray().Single(one => one!["check"]!.GetValue<string>() == check)!;
        return (row["result"]!.GetValue<string>(), row["reason"]!["code"]!.GetValue<string>());
    }

    /// <summary>What a register is asked about a genuine signature.</summary>
    private static async Task<SignatureFacts> FactsAsync(byte[] document)
    {
        var asked = new Listening();
        using MemoryStream content = new(document);
        await PdfJudge.JudgeAsync(content, new JudgeOptions { TrustAnchors = [], Register = asked }, TestContext.Current.CancellationToken);
        return asked.Facts!;
    }

    private sealed class Listening : ISealRegister
    {
        public SignatureFacts? Facts { get; private set; }

        public ValueTask<RegisterFinding> FindAsync(SignatureFacts signature, CancellationToken cancellation)
        {
            Facts = signature;
            return new(RegisterFinding.NotRecorded);
        }
    }
}
