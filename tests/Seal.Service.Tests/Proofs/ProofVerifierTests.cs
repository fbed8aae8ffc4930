using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Seal.Domain.Deciding;
using Seal.Service.Proofs;
using Seal.Service.Settings;
using Seal.Service.SignIn;
using Seal.Service.Tests.Support;

namespace Seal.Service.Tests.Proofs;

public sealed class ProofVerifierTests(RunningService running)
{
    private static readonly JsonObject Body = new() { ["reason"] = "why" };

    private ProofVerifier Verifier => running.Service.Services.GetRequiredService<ProofVerifier>();

    [Fact]
    public async Task The_providers_assertion_is_taken_for_the_body_it_was_given_for()
    {
        var assertion = await AskAsync();

        var proof = (await ReadAsync(Verifier, assertion, Body)).ShouldNotBeNull();

        proof.Command.ShouldBe("FreezeSeal");
        proof.Target.ShouldBe(new StreamId("seal", "s-1"));
        proof.BodyMatches.ShouldBeTrue();
        (await ReadAsync(Verifier, assertion, new JsonObject { ["reason"] = "another" })).ShouldNotBeNull().BodyMatches.ShouldBeFalse();
    }

    [Fact]
    public async Task A_pin_is_no_part_of_what_the_provider_is_shown() =>
        ProofVerifier.DigestOf(new JsonObject { ["device"] = "phone", ["pin"] = "280513" }).ShouldBe(ProofVerifier.DigestOf(new JsonObject { ["device"] = "phone" }));

    [Fact]
    public async Task Without_the_header_there_is_no_proof() =>
        (await Verifier.ReadAsync(Requests.WithHeader(ProofVerifier.Header, null), Body, TestContext.Current.CancellationToken)).ShouldBeNull();

    [Fact]
    public async Task A_tampered_assertion_is_refused()
    {
        var parts = (await AskAsync()).Split('.');
        var other = (await AskAsync(target: "seal/s-2")).Split('.');

        await RefusedAsync($"{parts[0]}.{other[1]}.{parts[2]}");
        await RefusedAsync($"{parts[0]}.{parts[1]}.{other[2]}");
        await RefusedAsync($"{parts[0]}.{parts[1]}.");
    }

    [Fact]
    public async Task An_assertion_under_a_foreign_key_is_refused_even_when_it_names_the_providers()
    {
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keyId = Jws.KeyIdOf(await AskAsync()).ShouldNotBeNull();

        await RefusedAsync(Jws.Sign(Claims(), foreign, keyId));
        await RefusedAsync(Jws.Sign(Claims(), foreign, "unknown"));
    }

    [Fact]
    public async Task An_assertion_for_another_service_is_refused() => await RefusedAsync(await AskAsync(audience: "another-service"));

    [Fact]
    public async Task An_assertion_of_another_issuer_is_refused()
    {
        using var provider = new HttpClient();
        using var verifier = new ProofVerifier(
            provider, new ProviderSettings { Url = Verifier.Provider.Url, Issuer = "another-issuer" }, running.Service.Services.GetRequiredService<Accounts>());
        var assertion = await AskAsync();

        await Refused.WithAsync("proof-invalid", () => ReadAsync(verifier, assertion, Body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    public async Task What_is_no_assertion_is_refused(string text) => await RefusedAsync(text);

    [Fact]
    public async Task A_provider_that_does_not_answer_is_told_apart_from_a_wrong_assertion()
    {
        using var provider = new HttpClient();
        using var verifier = new ProofVerifier(provider, new ProviderSettings { Url = "http://127.0.0.1:9" }, running.Service.Services.GetRequiredService<Accounts>());
        var assertion = await AskAsync();

        var problem = await Refused.WithAsync("provider-unreachable", () => ReadAsync(verifier, assertion, Body));

        problem.Status.ShouldBe(503);
    }

    private async Task RefusedAsync(string assertion) => await Refused.WithAsync("proof-invalid", () => ReadAsync(Verifier, assertion, Body));

    private static async Task<Domain.Persons.ProofOfPerson?> ReadAsync(ProofVerifier verifier, string assertion, JsonObject body) =>
        await verifier.ReadAsync(Requests.WithHeader(ProofVerifier.Header, assertion), body, TestContext.Current.CancellationToken);

    private async Task<string> AskAsync(string audience = "seal", string target = "seal/s-1")
    {
        using var provider = new HttpClient { BaseAddress = new Uri(Verifier.Provider.Url) };
        var answer = await provider.PostAsJsonAsync(
            "/assertions", new AssertionRequest("zhang-wei", "demo", audience, "FreezeSeal", target, ProofVerifier.DigestOf(Body)), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<AssertionAnswer>(TestContext.Current.CancellationToken))!.Assertion;
    }

    private static ProofClaims Claims() => new()
    {
        Issuer = "seal-demo-identity",
        Audience = "seal",
        Subject = "zhang-wei",
        Id = "0123456789abcdef0123456789abcdef",
        IssuedAt = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        ExpiresAt = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds(),
        Command = "FreezeSeal",
        Target = "seal/s-1",
        BodyDigest = ProofVerifier.DigestOf(Body),
    };
}
