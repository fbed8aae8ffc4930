using System.Text.Json.Nodes;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Ledger;
using Seal.Testing;

namespace Seal.Journeys.Tests.SealLife;

/// <summary>Sealing with a key that the service does not hold.</summary>
[Collection(OneService.Name)]
public sealed class UkeyTests(SharedService shared) : IDisposable
{
    private const string Holder = Company.Representative;

    private static int _tokens;
    private readonly SoftwareKey _key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);

    private ApiClient Client => shared.Client;

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task A_document_sealed_with_a_ukey_passes_as_any_other()
    {
        var seal = await BoundAsync();
        var prepared = await PrepareAsync(seal);
        (await CompleteAsync(prepared)).Required();

        var verdict = (await Client.VerifyAsync(await Client.FetchAsync(Holder, prepared.Id))).Required().Body;

        verdict["verdict"]!.GetValue<string>().ShouldBe("TOTAL_PASSED", verdict.ToJsonString());
        verdict["signatures"]![0]!["seal"]!["stateAtSigning"]!.GetValue<string>().ShouldBe("active");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_ukey_seals_at_many_places_and_closes_the_document(bool ofd)
    {
        using var key = SoftwareKey.Generate(ofd ? SignatureAlgorithm.Sm2Sm3 : SignatureAlgorithm.EcdsaP256Sha256);
        var seal = await BoundAsync(key);
        var prepared = (await Client.GiveAsync(Holder, "PrepareSigning", null, new JsonObject
        {
            ["seal"] = seal,
            ["document"] = await Client.UploadAsync(Holder, ofd ? SampleDocuments.Ofd(3) : SampleDocuments.Pdf(3)),
            ["page"] = 0,
            ["xMm"] = 0,
            ["yMm"] = 0,
            ["further"] = JsonNode.Parse($$"""[{"kind":"text","text":"{{(ofd ? "采购合同" : "Contract")}}","occurrence":-1},{"kind":"edges","edge":"right","centreMm":150},{"kind":"pages","xMm":10,"yMm":240}]"""),
            ["certify"] = 1,
        })).Required();
        (await CompleteAsync(prepared, Sign(prepared, key))).Required();

        var file = await Client.FetchAsync(Holder, prepared.Id);
        var verdict = (await Client.VerifyAsync(file)).Required().Body;

        verdict["verdict"]!.GetValue<string>().ShouldBe("TOTAL_PASSED", verdict.ToJsonString());
        var signature = verdict["signatures"]!.AsArray().Single()!;
        signature["checks"]!.AsArray().Last()!["result"]!.GetValue<string>().ShouldBe("passed");
        (await Client.GiveAsync(Holder, "PrepareSigning", null, new JsonObject
        {
            ["seal"] = seal,
            ["document"] = await Client.UploadAsync(Holder, file),
            ["page"] = 1,
            ["xMm"] = 10,
            ["yMm"] = 10,
        })).Code.ShouldBe(ofd ? "ofd-list-protected" : "pdf-certified-no-changes");

        // The words may say too much to stand in the ledger for ever: it has the points.
        var leaves = await shared.Ledger.ReadStreamAsync($"signing/{prepared.Id}", ReadUntil.All, TestContext.Current.CancellationToken)
            .Select(recorded => System.Text.Encoding.UTF8.GetString(recorded.ToLeaf())).ToListAsync(TestContext.Current.CancellationToken);
        leaves[0].ShouldContain("\"kind\":\"point\",\"page\":3");
        leaves.ShouldAllBe(leaf => !leaf.Contains("采购合同") && !leaf.Contains("\"text\""));
    }

    [Fact]
    public async Task Of_several_completions_at_once_one_seals_the_document()
    {
        var prepared = await PrepareAsync(await BoundAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CompleteAsync(prepared)));

        answers.Count(answer => answer.IsDone).ShouldBe(1, string.Join("; ", answers.Select(answer => answer.Code)));
        answers.Where(answer => !answer.IsDone).ShouldAllBe(answer => answer.Code == "signing-finished" || answer.Code == "signing-in-progress");
        (await Client.VerifyAsync(await Client.FetchAsync(Holder, prepared.Id))).Body["verdict"]!.GetValue<string>().ShouldBe("TOTAL_PASSED");
    }

    [Fact]
    public async Task The_signature_of_another_session_is_refused_and_that_session_goes_on()
    {
        var seal = await BoundAsync();
        Answer first = await PrepareAsync(seal), second = await PrepareAsync(seal);
        var ofFirst = Sign(first);

        (await CompleteAsync(second, ofFirst)).ShouldBeRefused(422, "signature-invalid", "signature");

        (await CompleteAsync(second)).Code.ShouldBe("signing-finished", "one signature is taken, right or wrong");
        (await CompleteAsync(first, ofFirst)).Required();
        (await CompleteAsync(first, ofFirst)).Code.ShouldBe("signing-finished", "and one is enough");
        var used = await shared.UsageAsync("regulator", $"seal={seal}");
        used.Select(row => row["code"]!.GetValue<string>()).Order(StringComparer.Ordinal).ShouldBe(["", "signature-invalid", "signing-finished", "signing-finished"]);
    }

    [Fact]
    public async Task A_request_sent_again_gets_the_same_answer()
    {
        var (seal, document) = (await BoundAsync(), await Client.UploadAsync(Holder, SampleDocuments.Pdf(1)));
        var (first, again) = (await PrepareAsync(seal, document, "prepare"), await PrepareAsync(seal, document, "prepare"));
        (again.Id, again.Body["toSign"]!.ToJsonString()).ShouldBe((first.Id, first.Body["toSign"]!.ToJsonString()));

        var signature = Sign(first);
        (await CompleteAsync(first, signature, "complete")).Required();
        (await CompleteAsync(first, signature, "complete")).Required().IsReplayed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_freeze_at_the_same_moment_comes_before_the_signature_or_after_it_and_is_kept()
    {
        var seal = await BoundAsync();
        for (var round = 0; round < 5; round++)
        {
            var prepared = await PrepareAsync(seal);
            var completing = CompleteAsync(prepared);
            var frozen = (await Client.GiveAsync(Holder, "FreezeSeal", seal, new JsonObject { ["reason"] = "x" })).Required();
            var completed = await completing;
            if (completed.IsDone)
            {
                completed.Body["position"]!.GetValue<long>().ShouldBeLessThan(frozen.Body["position"]!.GetValue<long>());
            }
            else
            {
                completed.Code.ShouldBe("seal-frozen");
            }

            (await Client.GiveAsync(Holder, "LiftFreeze", seal, new JsonObject { ["reason"] = "x" })).Required();
        }
    }

    private async Task<string> BoundAsync(SoftwareKey? key = null)
    {
        var seal = await (await Company.RegisterAsync(Client)).ClaimSealAsync("contract");
        var token = $"T{Interlocked.Increment(ref _tokens)}";
        var request = CertificationRequest.Create(DistinguishedName.Of(new NameAttribute(NameAttributeTypes.SerialNumber, token)), key ?? _key);
        var holding = $"{seal}.{await Client.PersonAsync(Holder)}";
        (await Client.GiveAsync(Holder, "BindUkey", holding, new JsonObject
        {
            ["serialNumber"] = token,
            ["model"] = "Journey",
            ["request"] = Convert.ToBase64String(request.RawData.Span),
        })).Required();
        return seal;
    }

    private async Task<Answer> PrepareAsync(string seal, string? document = null, string? idempotencyKey = null) =>
        (await Client.GiveAsync(Holder, "PrepareSigning", null, new JsonObject
        {
            ["seal"] = seal,
            ["document"] = document ?? await Client.UploadAsync(Holder, SampleDocuments.Pdf(1)),
            ["page"] = 1,
            ["xMm"] = 120,
            ["yMm"] = 200,
        }, new Sending { IdempotencyKey = idempotencyKey is null ? null : $"{idempotencyKey}-{seal}" })).Required();

    private string Sign(Answer prepared, SoftwareKey? key = null) => Convert.ToBase64String((key ?? _key).Sign(Convert.FromBase64String(prepared.Body["toSign"]!["signedAttributes"]!.GetValue<string>())));

    private Task<Answer> CompleteAsync(Answer prepared, string? signature = null, string? idempotencyKey = null) =>
        Client.GiveAsync(Holder, "CompleteSigning", prepared.Id, new JsonObject { ["signature"] = signature ?? Sign(prepared) },
            new Sending { IdempotencyKey = idempotencyKey is null ? null : $"{idempotencyKey}-{prepared.Id}" });
}
