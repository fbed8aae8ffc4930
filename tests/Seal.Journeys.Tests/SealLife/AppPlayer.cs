using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Documents.Ses;
using Seal.Testing;
using Seal.Tokens;

namespace Seal.Journeys.Tests.SealLife;

/// <summary>An organisation's application, which talks to the service over HTTP and has nothing but a key in the organisation's HSM.</summary>
internal sealed class AppPlayer(ApiClient client, string app, ISigner key, Certificate certificate)
{
    private string _bearer = "";

    /// <summary>Its number.</summary>
    public string App => app;

    /// <summary>The number under which it holds seals.</summary>
    public string Holder => $"app-{app}";

    public ISigner Key => key;

    /// <summary>Registers an app of a company and grants it a seal, for a key in an HSM.</summary>
    public static async Task<AppPlayer> GrantedAsync(ApiClient client, Company company, string seal, OrganisationHsm hsm)
    {
        var app = (await client.GiveAsync(Company.Representative, "RegisterApp", null, new JsonObject { ["organisation"] = company.Uscc, ["name"] = "合同管理系统" })).Required().Id;
        var key = hsm.NewKey(seal);
        (await GrantAsync(client, seal, app, hsm, hsm.Request(key))).Required();
        var data = SesSealData.Parse(await client.DownloadAsync(Company.Representative, $"/api/seals/{seal}/data"));
        var certificate = data.SignerCertificates.Select(Certificate.Parse).Single(one => one.SubjectPublicKeyInfo.Span.SequenceEqual(key.SubjectPublicKeyInfo.Span));
        return new AppPlayer(client, app, key, certificate);
    }

    /// <summary>Grants a seal as the legal representative.</summary>
    public static Task<Answer> GrantAsync(ApiClient client, string seal, string app, OrganisationHsm hsm, string request) =>
        client.GiveAsync(Company.Representative, "GrantSealToApp", seal, new JsonObject
        {
            ["app"] = app,
            ["until"] = "2099-12-31T00:00:00Z",
            ["serialNumber"] = hsm.SerialNumber,
            ["model"] = hsm.Model,
            ["request"] = request,
        });

    /// <summary>Signs in: the key answers a challenge.</summary>
    public async Task<Answer> SignInAsync()
    {
        var challenge = Convert.FromBase64String((await PostAsync("/api/sign-in/ukey/challenge", [])).Required().Body["challenge"]!.GetValue<string>());
        var answer = await PostAsync("/api/sign-in/ukey", new JsonObject
        {
            ["certificate"] = Convert.ToBase64String(certificate.RawData.Span),
            ["challenge"] = Convert.ToBase64String(challenge),
            ["signature"] = Convert.ToBase64String(DeviceChallenge.Answer(key, challenge)),
        });
        _bearer = answer.IsDone ? answer.Body["accessToken"]!.GetValue<string>() : _bearer;
        return answer;
    }

    /// <summary>The first step: uploads a document and has it prepared.</summary>
    public async Task<Answer> PrepareAsync(string seal)
    {
        using var content = new ByteArrayContent(SampleDocuments.Pdf());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        var document = (await SendAsync(HttpMethod.Post, "/api/documents", content)).Required().Id;
        return await PostAsync("/api/signings/prepare", new JsonObject { ["seal"] = seal, ["document"] = document, ["page"] = 1, ["xMm"] = 120, ["yMm"] = 200 });
    }

    /// <summary>The second step: the HSM signs, the service finishes.</summary>
    public Task<Answer> CompleteAsync(Answer prepared) => CompleteAsync(prepared.Id, Convert.ToBase64String(key.Sign(Convert.FromBase64String(prepared.Body["toSign"]!["signedAttributes"]!.GetValue<string>()))));

    public Task<Answer> CompleteAsync(string signing, string signature) => PostAsync($"/api/signings/{signing}/complete", new JsonObject { ["signature"] = signature });

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public async Task<byte[]> FetchAsync(string signing)
    {
        using var request = Request(HttpMethod.Get, $"/api/signings/{signing}/document", null);
        using var answer = await client.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    public async Task<Answer> PostAsync(string path, JsonObject body)
    {
        using var content = JsonContent.Create(body);
        return await SendAsync(HttpMethod.Post, path, content);
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = Request(method, path, content);
        return await client.SendAsync(null, request);
    }

    private HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        if (_bearer.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _bearer);
        }

        return request;
    }
}
