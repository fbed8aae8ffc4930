using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Seal.Service.Proofs;
using Seal.Testing;

namespace Seal.Journeys.Tests;

/// <summary>What an intruder tries, with an account and without.</summary>
[Collection(OneService.Name)]
public sealed class IntruderTests(SharedService shared)
{
    private const string Representative = Company.Representative;

    private ApiClient Client => shared.Client;

    [Theory]
    [InlineData("seal")]
    [InlineData("seal/")]
    [InlineData("seal/another")]
    [InlineData("application")]
    public async Task A_proof_that_does_not_name_the_seal_does_not_serve_for_it(string target)
    {
        var seal = await (await Company.RegisterAsync(Client)).ClaimSealAsync("contract");
        var reason = new JsonObject { ["reason"] = "核查" };
        var proof = await AskAsync("FreezeSeal", target, ProofVerifier.DigestOf(reason));
        await shared.RefusedWithoutTraceAsync(() => Client.GiveAsync(Representative, "FreezeSeal", seal, reason, new() { Proof = proof }), 403, "proof-for-other");
    }

    [Fact]
    public async Task A_proof_with_claims_left_out_is_none()
    {
        var seal = await (await Company.RegisterAsync(Client)).ClaimSealAsync("contract");
        var proof = await AskAsync("FreezeSeal", null, null);
        await shared.RefusedWithoutTraceAsync(
            () => Client.GiveAsync(Representative, "FreezeSeal", seal, new() { ["reason"] = "核查" }, new() { Proof = proof }), 403, "proof-invalid", "Proof-Of-Person");
    }

    [Theory]
    [InlineData("ClaimSeal", "device")]
    [InlineData("FreezeSeal", "reason")]
    [InlineData("FreezeSeal", "order")]
    public async Task The_one_character_that_the_database_cannot_hold_is_refused_by_field(string command, string field)
    {
        var body = command == "ClaimSeal"
            ? new JsonObject { ["pin"] = Company.Pin, ["device"] = "phone" }
            : new JsonObject { ["reason"] = "核查", ["order"] = "1" };
        body[field] = "a\0b";
        await shared.RefusedWithoutTraceAsync(() => Client.GiveAsync(Representative, command, "any", body), 400, "invalid-field", field);
    }

    [Theory]
    [InlineData("1.\0")]
    [InlineData("1.a\nb")]
    [InlineData("x")]
    [InlineData("99999999999999999999.a")]
    public async Task A_forged_cursor_is_refused(string cursor) =>
        (await Client.GetAsync(Representative, $"/api/holdings?cursor={Convert.ToBase64String(Encoding.UTF8.GetBytes(cursor)).TrimEnd('=')}"))
            .ShouldBeRefused(400, "invalid-parameter", "cursor");

    [Fact]
    public async Task A_certificate_is_nothing_for_strangers()
    {
        var seal = await (await Company.RegisterAsync(Client)).ClaimSealAsync("contract");
        var signers = (await shared.SeeAsync(Representative, $"/api/seals/{seal}"))["state"]!["signers"]!.AsObject();
        var address = $"/api/certificates/{signers.Single().Value!.GetValue<string>()}";

        (await Client.GetAsync("li-na", address)).ShouldBeRefused(403, "not-permitted");
        (await Client.GetAsync(Representative, address)).Required();
        (await Client.GetAsync("officer", address)).Required();
    }

    [Fact]
    public async Task Whose_right_was_taken_back_sees_nothing_of_the_seal_any_more()
    {
        var seal = await (await Company.RegisterAsync(Client)).ClaimSealAsync("contract");
        var person = await Client.PersonAsync("li-na");
        (await Client.GiveAsync(Representative, "AuthoriseHolder", seal, new()
        {
            ["person"] = person,
            ["from"] = "2026-01-01T00:00:00Z",
            ["until"] = shared.Service.Clock.GetUtcNow().AddDays(30).ToString("O"),
        })).Required();
        (await Client.GetAsync("li-na", $"/api/seals/{seal}/impression.svg")).Required();

        (await Client.GiveAsync(Representative, "WithdrawAuthorisation", seal, new() { ["person"] = person, ["reason"] = "离职" })).Required();
        foreach (var what in new[] { "", "/impression.svg", "/impression.png", "/data" })
        {
            (await Client.GetAsync("li-na", $"/api/seals/{seal}{what}")).ShouldBeRefused(403, "not-permitted");
        }
    }

    [Fact]
    public async Task Under_a_used_key_a_right_PIN_and_a_wrong_one_are_answered_alike()
    {
        var company = await Company.RegisterAsync(Client);
        var seal = await company.ClaimSealAsync("contract");
        var document = await Client.UploadAsync(Representative, SampleDocuments.Pdf());
        var key = new Sending { IdempotencyKey = Guid.NewGuid().ToString() };
        var first = (await company.SealAsync(seal, document, sending: key)).Required();

        var recorded = await shared.RecordedWhileAsync(async () =>
        {
            var guess = (await company.SealAsync(seal, document, pin: "wrong-pin", sending: key)).Required();
            var right = (await company.SealAsync(seal, document, sending: key)).Required();
            (guess.IsReplayed, guess.Body.ToJsonString()).ShouldBe((true, first.Body.ToJsonString()));
            right.Body.ToJsonString().ShouldBe(guess.Body.ToJsonString());
        });
        recorded.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/docs/index.html", 200)]
    [InlineData("/api/me", 401)]
    [InlineData("/api/proof-of-person", 200)]
    [InlineData("/nothing", 404)]
    [InlineData("/metrics", 200)]
    public async Task Every_answer_tells_browsers_to_guess_run_and_frame_nothing(string path, int status)
    {
        using var answer = await Client.Http.GetAsync(path, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(status);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src ");
        policy.ShouldNotContain("script-src");
        answer.Headers.Contains("Server").ShouldBeFalse();
        (answer.Headers.CacheControl?.NoStore == true).ShouldBe(path.StartsWith("/api", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    public async Task The_demo_people_are_not_there_for_pages_that_give_their_own_name_this_address(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/sign-in") { Content = JsonContent.Create(new { account = Representative, password = "demo" }) };
        request.Headers.Host = host;
        (await Client.SendAsync(null, request)).ShouldBeRefused(400, "invalid-header", "Host");

        using var provider = new HttpClient();
        using var keys = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(await ProviderAsync()), "/.well-known/jwks.json"));
        keys.Headers.Host = host;
        (await provider.SendAsync(keys, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_refresh_token_opens_nothing()
    {
        using var signedIn = await Client.Http.PostAsJsonAsync("/api/sign-in", new { account = Representative, password = "demo" }, TestContext.Current.CancellationToken);
        var token = (await signedIn.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["refreshToken"]!.GetValue<string>();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me") { Headers = { { "Authorization", $"Bearer {token}" } } };
        (await Client.SendAsync(null, request)).ShouldBeRefused(401, "not-signed-in");
    }

    private async Task<string> AskAsync(string command, string? target, string? digest)
    {
        using var provider = new HttpClient { BaseAddress = new Uri(await ProviderAsync()) };
        using var answer = await provider.PostAsJsonAsync(
            "/assertions", new AssertionRequest(Representative, "demo", "seal", command, target!, digest!), TestContext.Current.CancellationToken);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<AssertionAnswer>(TestContext.Current.CancellationToken))!.Assertion;
    }

    private async Task<string> ProviderAsync() => (await Client.GetAsync(null, "/api/proof-of-person")).Body["url"]!.GetValue<string>();
}
