using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Documents.Ses;
using Seal.Testing;
using Seal.Tokens;

namespace Seal.Journeys.Tests.SealLife;

/// <summary>Signing in with the key on a Ukey in place of a password.</summary>
[Collection(OneService.Name)]
public sealed class UkeySignInTests(SharedService shared) : IDisposable
{
    private const string Holder = Company.Representative;

    private static int _tokens;
    private readonly SoftwareKey _key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ApiClient Client => shared.Client;

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task Who_has_the_ukey_is_its_holder_and_holds_no_office()
    {
        var (_, certificate) = await BoundAsync();

        var bearer = (await AnswerAsync(certificate, await ChallengeAsync())).Required().Body["accessToken"]!.GetValue<string>();

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        request.Headers.Authorization = new("Bearer", bearer);
        using var answer = await Client.Http.SendAsync(request, Ct);
        var me = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>(Ct))!;
        me["person"]!.GetValue<string>().ShouldBe(await Client.PersonAsync(Holder));
        me["account"]!.GetValue<string>().ShouldBe(Holder);
        me["offices"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_challenge_is_good_for_one_answer()
    {
        var (_, certificate) = await BoundAsync();
        var challenge = await ChallengeAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AnswerAsync(certificate, challenge)));

        answers.Count(answer => answer.IsDone).ShouldBe(1);
        answers.Where(answer => !answer.IsDone).ShouldAllBe(answer => answer.Code == "challenge-unknown");
    }

    [Fact]
    public async Task A_foreign_challenge_is_refused()
    {
        var (_, certificate) = await BoundAsync();
        (await AnswerAsync(certificate, new byte[32])).ShouldBeRefused(401, "challenge-unknown", "challenge");
    }

    [Fact]
    public async Task Another_keys_answer_and_other_bytes_are_refused()
    {
        var (_, certificate) = await BoundAsync();
        using var other = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var challenge = await ChallengeAsync();
        (await SendAsync(certificate, challenge, DeviceChallenge.Answer(other, challenge))).ShouldBeRefused(401, "answer-invalid", "signature");

        challenge = await ChallengeAsync();
        (await SendAsync(certificate, challenge, _key.Sign(challenge))).ShouldBeRefused(401, "answer-invalid", "signature");
    }

    [Fact]
    public async Task A_certificate_of_somebody_else_for_the_same_key_is_refused()
    {
        var (_, certificate) = await BoundAsync();
        var stranger = CertificateAuthority.SelfSign(
            new IssueRequest
            {
                Profile = CertificateProfile.RootAuthority,
                Subject = certificate.Subject,
                SubjectPublicKeyInfo = _key.SubjectPublicKeyInfo,
                NotBefore = certificate.NotBefore,
                NotAfter = certificate.NotAfter,
                SerialNumber = certificate.SerialNumber,
            },
            _key);
        (await AnswerAsync(stranger, await ChallengeAsync())).ShouldBeRefused(401, "certificate-not-recorded", "certificate");
    }

    [Fact]
    public async Task Nobody_signs_in_with_a_ukey_that_was_taken_off()
    {
        var (holding, certificate) = await BoundAsync();
        (await Client.GiveAsync(Holder, "UnbindUkey", holding, new JsonObject { ["lost"] = true })).Required();
        (await AnswerAsync(certificate, await ChallengeAsync())).ShouldBeRefused(401, "certificate-not-in-force", "certificate");
    }

    [Theory]
    [InlineData("certificate", "no base64!")]
    [InlineData("certificate", "AAAA")]
    [InlineData("certificate", "")]
    [InlineData("challenge", "?")]
    [InlineData("signature", "")]
    public async Task What_cannot_be_read_is_named(string field, string value)
    {
        var (_, certificate) = await BoundAsync();
        var challenge = await ChallengeAsync();
        var body = new JsonObject
        {
            ["certificate"] = Convert.ToBase64String(certificate.RawData.Span),
            ["challenge"] = Convert.ToBase64String(challenge),
            ["signature"] = Convert.ToBase64String(DeviceChallenge.Answer(_key, challenge)),
            [field] = value,
        };
        (await PostAsync("/api/sign-in/ukey", body)).ShouldBeRefused(400, "invalid-field", field);
    }

    private async Task<(string Holding, Certificate Certificate)> BoundAsync()
    {
        var seal = await (await Company.RegisterAsync(Client)).ClaimSealAsync("contract");
        var token = $"S{Interlocked.Increment(ref _tokens)}";
        var request = CertificationRequest.Create(DistinguishedName.Of(new NameAttribute(NameAttributeTypes.SerialNumber, token)), _key);
        var holding = $"{seal}.{await Client.PersonAsync(Holder)}";
        (await Client.GiveAsync(Holder, "BindUkey", holding, new JsonObject
        {
            ["serialNumber"] = token,
            ["model"] = "Journey",
            ["request"] = Convert.ToBase64String(request.RawData.Span),
        })).Required();
        var data = SesSealData.Parse(await Client.DownloadAsync(Holder, $"/api/seals/{seal}/data"));
        return (holding, data.SignerCertificates.Select(Certificate.Parse).Single(one => one.SubjectPublicKeyInfo.Span.SequenceEqual(_key.SubjectPublicKeyInfo.Span)));
    }

    private async Task<byte[]> ChallengeAsync() =>
        Convert.FromBase64String((await PostAsync("/api/sign-in/ukey/challenge", [])).Required().Body["challenge"]!.GetValue<string>());

    private Task<Answer> AnswerAsync(Certificate certificate, byte[] challenge) => SendAsync(certificate, challenge, DeviceChallenge.Answer(_key, challenge));

    private Task<Answer> SendAsync(Certificate certificate, byte[] challenge, byte[] signature) => PostAsync("/api/sign-in/ukey", new JsonObject
    {
        ["certificate"] = Convert.ToBase64String(certificate.RawData.Span),
        ["challenge"] = Convert.ToBase64String(challenge),
        ["signature"] = Convert.ToBase64String(signature),
    });

    private async Task<Answer> PostAsync(string path, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        return await Client.SendAsync(null, request);
    }
}
