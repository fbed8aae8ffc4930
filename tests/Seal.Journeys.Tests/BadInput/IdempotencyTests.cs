using System.Text.Json.Nodes;
using Seal.Testing;

namespace Seal.Journeys.Tests.BadInput;

/// <summary>The same request sent twice is carried out once.</summary>
[Collection(OneService.Name)]
public sealed class IdempotencyTests(SharedService shared)
{
    private const string Representative = Company.Representative;

    private ApiClient Client => shared.Client;

    [Fact]
    public async Task A_request_sent_again_under_its_key_gets_the_same_answer()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var key = new Sending { IdempotencyKey = Guid.NewGuid().ToString() };
        var first = (await FreezeAsync(seal, "核查", key)).Required();
        first.IsReplayed.ShouldBeFalse();

        var recorded = await shared.RecordedWhileAsync(async () =>
        {
            // A client that lost the answer sends the very same again: the proof is spent, and the seal frozen, by itself.
            var again = (await FreezeAsync(seal, "核查", key)).Required();
            again.IsReplayed.ShouldBeTrue();
            again.Version.ShouldBe(first.Version);
            JsonNode.DeepEquals(again.Body, first.Body).ShouldBeTrue($"{again.Body} is not {first.Body}");
        });
        recorded.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_creating_request_sent_again_under_its_key_begins_nothing_new()
    {
        var company = await Company.RegisterAsync(Client);
        var key = new Sending { IdempotencyKey = Guid.NewGuid().ToString() };
        var body = new JsonObject { ["organisation"] = company.Uscc, ["seals"] = new JsonArray(new JsonObject { ["kind"] = "contract" }) };
        var first = (await Client.GiveAsync(Representative, "ApplyForSeals", null, body, key)).Required();
        var again = (await Client.GiveAsync(Representative, "ApplyForSeals", null, body, key)).Required();
        again.IsReplayed.ShouldBeTrue();
        (again.Id, again.Location, again.Status).ShouldBe((first.Id, first.Location, first.Status));
    }

    [Fact]
    public async Task A_recorded_refusal_is_repeated_under_its_key_and_not_counted_again()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var document = await Client.UploadAsync(Representative, SampleDocuments.Pdf());
        var key = new Sending { IdempotencyKey = Guid.NewGuid().ToString() };
        (await company.SealAsync(seal, document, pin: "wrong-pin", sending: key)).ShouldBeRefused(403, "pin-wrong", "pin").Text("left").ShouldBe("4");
        var recorded = await shared.RecordedWhileAsync(async () =>
        {
            var again = (await company.SealAsync(seal, document, pin: "wrong-pin", sending: key)).ShouldBeRefused(403, "pin-wrong", "pin");
            again.Text("left").ShouldBe("4");
            again.IsReplayed.ShouldBeTrue();
        });
        recorded.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_does_not_serve_another_request()
    {
        var company = await Company.RegisterAsync(Client);
        var (seal, other) = (await company.ClaimSealAsync("contract"), await company.ClaimSealAsync("finance"));
        var key = new Sending { IdempotencyKey = Guid.NewGuid().ToString() };
        (await FreezeAsync(seal, "核查", key)).Required();
        await shared.RefusedWithoutTraceAsync(() => FreezeAsync(seal, "另一个原因", key), 422, "idempotency-key-reused", "Idempotency-Key");
        await shared.RefusedWithoutTraceAsync(() => FreezeAsync(other, "核查", key), 422, "idempotency-key-reused", "Idempotency-Key");
    }

    [Fact]
    public async Task Everybody_has_keys_of_their_own()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var key = new Sending { IdempotencyKey = Guid.NewGuid().ToString() };
        (await FreezeAsync(seal, "核查", key)).Required();
        var byOffice = await Client.GiveAsync("authority", "LiftFreeze", seal, new() { ["reason"] = "核查" }, key);
        byOffice.Required().IsReplayed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_key_of_more_than_200_characters_is_refused()
    {
        var key = new Sending { IdempotencyKey = new string('k', 201), WithoutProof = true };
        await shared.RefusedWithoutTraceAsync(() => FreezeAsync("any", "核查", key), 400, "invalid-header", "Idempotency-Key");
    }

    private Task<Answer> FreezeAsync(string seal, string reason, Sending sending) =>
        Client.GiveAsync(Representative, "FreezeSeal", seal, new() { ["reason"] = reason }, sending);
}
