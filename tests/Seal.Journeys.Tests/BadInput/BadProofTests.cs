using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Seal.Service.Proofs;
using Seal.Testing;

namespace Seal.Journeys.Tests.BadInput;

/// <summary>Proofs of person that are missing, worn out or not meant for what they come with.</summary>
[Collection(OneService.Name)]
public sealed class BadProofTests(SharedService shared)
{
    private const string Representative = Company.Representative;

    private ApiClient Client => shared.Client;

    [Fact]
    public async Task A_command_that_needs_a_proof_is_refused_without_one()
    {
        var seal = await ClaimedAsync();
        await shared.RefusedWithoutTraceAsync(() => FreezeAsync(seal, new() { WithoutProof = true }), 403, "proof-missing");
    }

    [Fact]
    public async Task A_proof_serves_once()
    {
        var seal = await ClaimedAsync();
        var proof = await ProveAsync(seal);
        (await FreezeAsync(seal, new() { Proof = proof })).Required();
        (await Client.GiveAsync(Representative, "LiftFreeze", seal, Reason())).Required();
        await shared.RefusedWithoutTraceAsync(() => FreezeAsync(seal, new() { Proof = proof }), 409, "proof-spent");
    }

    [Fact]
    public async Task A_refused_command_leaves_its_proof_good()
    {
        var seal = await ClaimedAsync();
        var proof = await ProveAsync(seal);
        (await FreezeAsync(seal, new() { Proof = proof, IfMatch = 1 })).ShouldBeRefused(412, "stale-version", "If-Match");
        (await FreezeAsync(seal, new() { Proof = proof })).Required();
    }

    [Theory]
    [InlineData("person")]
    [InlineData("command")]
    [InlineData("seal")]
    [InlineData("body")]
    public async Task A_proof_given_for_something_else_is_refused(string other)
    {
        var seal = await ClaimedAsync();
        var proof = other switch
        {
            "person" => await Client.ProveAsync("li-na", "FreezeSeal", seal, Reason()),
            "command" => await Client.ProveAsync(Representative, "RevokeSeal", seal, Reason()),
            "seal" => await Client.ProveAsync(Representative, "FreezeSeal", "another", Reason()),
            _ => await Client.ProveAsync(Representative, "FreezeSeal", seal, Reason("另一个原因")),
        };
        await shared.RefusedWithoutTraceAsync(() => FreezeAsync(seal, new() { Proof = proof }), 403, "proof-for-other");
    }

    [Fact]
    public async Task A_proof_is_good_for_five_minutes()
    {
        var seal = await ClaimedAsync();
        var proof = await ProveAsync(seal);
        shared.Service.Clock.Advance(TimeSpan.FromMinutes(5.1));
        await shared.RefusedWithoutTraceAsync(() => FreezeAsync(seal, new() { Proof = proof }), 403, "proof-expired");
    }

    [Theory]
    [InlineData("not-a-proof")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    public async Task What_is_no_proof_is_refused(string proof)
    {
        var seal = await ClaimedAsync();
        await shared.RefusedWithoutTraceAsync(() => FreezeAsync(seal, new() { Proof = proof }), 403, "proof-invalid", "Proof-Of-Person");
    }

    [Fact]
    public async Task A_proof_with_a_changed_character_is_refused()
    {
        var seal = await ClaimedAsync();
        var proof = await ProveAsync(seal);
        foreach (var part in new[] { 1, 2 })
        {
            var parts = proof.Split('.');
            parts[part] = parts[part][..10] + (parts[part][10] == 'A' ? 'B' : 'A') + parts[part][11..];
            await shared.RefusedWithoutTraceAsync(() => FreezeAsync(seal, new() { Proof = string.Join('.', parts) }), 403, "proof-invalid", "Proof-Of-Person");
        }
    }

    [Fact]
    public async Task A_proof_made_for_another_service_is_refused()
    {
        var seal = await ClaimedAsync();
        var asked = new AssertionRequest(Representative, "demo", "another-service", "FreezeSeal", $"seal/{seal}", ProofVerifier.DigestOf(Reason()));
        var provider = (await shared.SeeAsync(Representative, "/api/proof-of-person"))["url"]!.GetValue<string>();
        using var answer = await Client.Http.PostAsJsonAsync(new Uri($"{provider}/assertions"), asked, TestContext.Current.CancellationToken);
        var proof = (await answer.Content.ReadFromJsonAsync<AssertionAnswer>(TestContext.Current.CancellationToken))!.Assertion;
        await shared.RefusedWithoutTraceAsync(() => FreezeAsync(seal, new() { Proof = proof }), 403, "proof-invalid", "Proof-Of-Person");
    }

    private static JsonObject Reason(string reason = "核查") => new() { ["reason"] = reason };

    private Task<string> ProveAsync(string seal) => Client.ProveAsync(Representative, "FreezeSeal", seal, Reason());

    private Task<Answer> FreezeAsync(string seal, Sending sending) => Client.GiveAsync(Representative, "FreezeSeal", seal, Reason(), sending);

    private async Task<string> ClaimedAsync() => await (await Company.RegisterAsync(Client)).ClaimSealAsync("contract");
}
