using System.Net.Http.Headers;
using System.Text;
using Seal.Testing;

namespace Seal.Journeys.Tests.BadInput;

/// <summary>Requests that no rule of the domain is asked about: bodies, addresses, tokens, languages.</summary>
[Collection(OneService.Name)]
public sealed class BadRequestTests(SharedService shared)
{
    private const string Freeze = "/api/seals/any/freeze";
    private const string Apply = "/api/applications";
    private const string Sealing = "/api/signings";
    private const string Json = "application/json";

    private ApiClient Client => shared.Client;

    [Theory]
    [InlineData(Freeze, """{"reason":"x","bogus":1}""", "unknown-field", "bogus")]
    [InlineData(Freeze, """{"reason":"x","seal":"another"}""", "unknown-field", "seal")]
    [InlineData(Freeze, """{"Reason":"x"}""", "unknown-field", "Reason")]
    [InlineData(Freeze, """{"order":"1"}""", "missing-field", "reason")]
    [InlineData(Freeze, "{}", "missing-field", "reason")]
    [InlineData(Freeze, "", "missing-field", "reason")]
    [InlineData(Freeze, """{"reason":null}""", "invalid-field", "reason")]
    [InlineData(Freeze, """{"reason":5}""", "invalid-field", "reason")]
    [InlineData(Freeze, """{"reason":["x"]}""", "invalid-field", "reason")]
    [InlineData(Freeze, """{"reason":"x","order":{}}""", "invalid-field", "order")]
    [InlineData(Apply, """{"organisation":null,"seals":[]}""", "invalid-field", "organisation")]
    [InlineData(Apply, """{"organisation":"a b","seals":[]}""", "invalid-field", "organisation")]
    [InlineData(Apply, """{"organisation":"x","seals":{}}""", "invalid-field", "seals")]
    [InlineData(Apply, """{"organisation":"x","seals":null}""", "invalid-field", "seals")]
    [InlineData(Apply, """{"organisation":"x","seals":[{"kind":"contract","bogus":1}]}""", "unknown-field", "seals[0].bogus")]
    [InlineData(Apply, """{"organisation":"x","seals":[{"kind":"contract"},{"name":"x"}]}""", "missing-field", "seals[1].kind")]
    [InlineData(Apply, """{"organisation":"x","seals":[{"kind":"banana"}]}""", "invalid-field", "seals[0].kind")]
    [InlineData(Apply, """{"organisation":"x","seals":[{"kind":2}]}""", "invalid-field", "seals[0].kind")]
    [InlineData(Sealing, """{"seal":"s","document":"d","page":"1","xMm":1,"yMm":1,"pin":"123456"}""", "invalid-field", "page")]
    [InlineData(Sealing, """{"seal":"s","document":"d","page":1.5,"xMm":1,"yMm":1,"pin":"123456"}""", "invalid-field", "page")]
    [InlineData(Sealing, """{"seal":"s","document":"d","page":1,"xMm":1e40,"yMm":1,"pin":"123456"}""", "invalid-field", "xMm")]
    [InlineData(Sealing, """{"seal":"s","document":"d","page":1,"xMm":1,"yMm":1,"pin":123456}""", "invalid-field", "pin")]
    [InlineData(Sealing, """{"seal":"s","document":"d","page":1,"xMm":1,"yMm":1,"pin":null}""", "invalid-field", "pin")]
    [InlineData(Sealing, """{"seal":"s","document":"../etc/passwd","page":1,"xMm":1,"yMm":1,"pin":"123456"}""", "invalid-field", "document")]
    public Task A_field_that_is_wrong_is_named(string address, string body, string code, string field) => RefusedAsync(address, body, 400, code, field);

    [Theory]
    [InlineData("[]")]
    [InlineData("[{}]")]
    [InlineData("null")]
    [InlineData("\"reason\"")]
    [InlineData("{\"reason\":\"x\"")]
    [InlineData("{\"reason\":\"x\",}")]
    [InlineData("{\"reason\":\"x\"}{}")]
    [InlineData("{\"reason\":\"x\",\"reason\":\"y\"}")]
    [InlineData("{\"reason\":\"\\ud800\"}")]
    [InlineData("{\"reason\":1e999}")]
    [InlineData("reason=x")]
    public Task A_body_that_is_not_one_JSON_object_is_refused(string body) => RefusedAsync(Freeze, body, 400, "body-unreadable", null);

    [Fact]
    public Task A_body_nested_without_end_is_refused() =>
        RefusedAsync(Freeze, "{\"reason\":" + new string('[', 20_000) + new string(']', 20_000) + "}", 400, "body-unreadable", null);

    [Fact]
    public Task A_body_nested_deeper_than_any_command_is_refused() =>
        RefusedAsync(Freeze, "{\"reason\":" + new string('[', 30) + new string(']', 30) + "}", 400, "body-unreadable", null);

    [Fact]
    public Task A_body_in_another_encoding_is_refused() => RefusedAsync(Freeze, [.. "{\"reason\":\""u8, 0xb3, 0xe5, 0xcd, 0xbb, .. "\"}"u8], Json, 400, "body-unreadable", null);

    [Fact]
    public Task A_body_of_more_than_64_kilobytes_is_refused() =>
        RefusedAsync(Freeze, "{\"reason\":\"" + new string('x', 70_000) + "\"}", 413, "body-too-large", null);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    public Task A_command_that_is_not_called_JSON_is_refused(string mediaType) =>
        RefusedAsync(Freeze, "{\"reason\":\"x\"}"u8.ToArray(), mediaType, 415, "unsupported-media-type", null);

    [Theory]
    [InlineData("GET", "/api/nothing", 404, "nothing-here")]
    [InlineData("GET", "/nothing", 404, "nothing-here")]
    [InlineData("POST", "/api/seals/any/vanish", 404, "nothing-here")]
    [InlineData("GET", "/api/seals/no-such-seal", 404, "nothing-here")]
    [InlineData("GET", "/api/signings/none", 404, "nothing-here")]
    [InlineData("GET", "/api/signings/none/document", 404, "nothing-here")]
    [InlineData("GET", "/pki/none.cer", 404, "nothing-here")]
    [InlineData("GET", "/pki/none.crl", 404, "nothing-here")]
    [InlineData("GET", "/api/signings", 405, "method-not-allowed")]
    [InlineData("DELETE", "/api/seals", 405, "method-not-allowed")]
    [InlineData("PUT", "/api/seals/any/freeze", 405, "method-not-allowed")]
    public async Task An_address_that_is_not_there_is_answered_as_a_problem(string method, string address, int status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        (await Client.SendAsync("auditor", request)).ShouldBeRefused(status, code);
    }

    [Theory]
    [InlineData("/api/seals?colour=red", "colour")]
    [InlineData("/api/seals?limit=0", "limit")]
    [InlineData("/api/seals?limit=1000", "limit")]
    [InlineData("/api/seals?limit=1&limit=2", "limit")]
    [InlineData("/api/seals?cursor=garbage", "cursor")]
    [InlineData("/api/seals?cursor=%00", "cursor")]
    [InlineData("/api/usage?from=yesterday", "from")]
    [InlineData("/api/usage?until=2026-13-01T00:00:00Z", "until")]
    [InlineData("/api/organisations/x?version=0", "version")]
    [InlineData("/api/organisations/x?version=-1", "version")]
    [InlineData("/api/organisations/x?version=1&at=2026-01-01T00:00:00Z", "at")]
    [InlineData("/ledger/consistency?from=0", "from")]
    [InlineData("/ledger/consistency?from=1&to=999999999", "to")]
    public async Task A_query_parameter_that_is_wrong_is_named(string address, string parameter) =>
        (await Client.GetAsync("auditor", address)).ShouldBeRefused(400, "invalid-parameter", parameter);

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer broken")]
    [InlineData("Basic emhhbmctd2VpOmRlbW8=")]
    public async Task Who_is_not_signed_in_is_told_so(string? authorization)
    {
        foreach (var (method, address) in new[] { (HttpMethod.Get, "/api/me"), (HttpMethod.Get, "/api/seals"), (HttpMethod.Post, Freeze), (HttpMethod.Post, "/api/documents") })
        {
            using var request = new HttpRequestMessage(method, address);
            if (authorization is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", authorization);
            }

            (await Client.SendAsync(null, request)).ShouldBeRefused(401, "not-signed-in");
        }
    }

    [Theory]
    [InlineData("""{"account":"zhang-wei","password":"wrong"}""", 401, "sign-in-refused", null)]
    [InlineData("""{"account":"nobody","password":"demo"}""", 401, "sign-in-refused", null)]
    [InlineData("""{"account":"zhang-wei"}""", 400, "missing-field", "password")]
    [InlineData("""{"account":5,"password":"demo"}""", 400, "invalid-field", "account")]
    [InlineData("""{"account":"zhang-wei","password":"demo","bogus":1}""", 400, "unknown-field", "bogus")]
    public Task A_sign_in_that_is_wrong_is_refused(string body, int status, string code, string? field) => RefusedAsync("/api/sign-in", body, status, code, field);

    [Theory]
    [InlineData("zh")]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8")]
    [InlineData("en;q=0.5, zh-Hans")]
    public async Task Who_reads_Chinese_is_answered_in_Chinese(string languages)
    {
        foreach (var (account, method, address) in new[]
        {
            ("authority", HttpMethod.Post, "/api/seals/none/freeze"), ("auditor", HttpMethod.Get, "/api/nothing"), (null, HttpMethod.Get, "/api/me"), ("zhao-lei", HttpMethod.Get, "/api/seals"),
        })
        {
            using var request = new HttpRequestMessage(method, address) { Content = method == HttpMethod.Post ? new StringContent("{\"reason\":\"x\"}", null, Json) : null };
            request.Headers.TryAddWithoutValidation("Accept-Language", languages);
            var answer = await Client.SendAsync(account, request);
            foreach (var sentence in new[] { "title", "detail" })
            {
                answer.Text(sentence)!.ShouldMatch(@"[\u4e00-\u9fff]", answer.Body.ToJsonString());
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("en-GB")]
    [InlineData("de, fr")]
    [InlineData("zh;q=0.1, en")]
    public async Task Everybody_else_is_answered_in_English(string? languages)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/nothing");
        request.Headers.TryAddWithoutValidation("Accept-Language", languages);
        (await Client.SendAsync(null, request)).Text("title").ShouldBe("There is nothing at this address.");
    }

    private Task RefusedAsync(string address, string body, int status, string code, string? field) =>
        RefusedAsync(address, Encoding.UTF8.GetBytes(body), Json, status, code, field);

    private Task RefusedAsync(string address, byte[] body, string mediaType, int status, string code, string? field) => shared.RefusedWithoutTraceAsync(
        async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } },
            };
            return await Client.SendAsync("authority", request);
        },
        status, code, field);
}
