using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Seal.Service.Tests.Support;

namespace Seal.Service.Tests.Problems;

public sealed class ProblemAnswerTests(RunningService running)
{
    [Fact]
    public async Task A_refusal_is_problem_details_in_the_language_asked_for()
    {
        using var request = await running.AsAsync("registry", HttpMethod.Post, "/api/persons");
        request.Headers.Add("Accept-Language", "en;q=0.2, zh-CN");
        request.Content = JsonContent.Create(new { identity = "张伟", colour = "red" });

        var (status, type, problem) = await SendAsync(request);

        status.ShouldBe(HttpStatusCode.BadRequest);
        type.ShouldBe("application/problem+json");
        ((string?)problem["code"]).ShouldBe("unknown-field");
        ((string?)problem["field"]).ShouldBe("colour");
        ((string?)problem["allowed"]).ShouldBe("identity, name, idNumber, phone, email");
        ((string?)problem["title"]).ShouldBe("无法识别字段 colour。");
    }

    [Theory]
    [InlineData("GET", "/api/nowhere", null, HttpStatusCode.NotFound, "nothing-here")]
    [InlineData("DELETE", "/api/seals", null, HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    [InlineData("GET", "/api/seals", null, HttpStatusCode.Unauthorized, "not-signed-in")]
    [InlineData("POST", "/api/sign-in", """{ "account": "zhang-wei", "password": "wrong" }""", HttpStatusCode.Unauthorized, "sign-in-refused")]
    [InlineData("POST", "/api/sign-in", """{ "account": "zhang-wei" }""", HttpStatusCode.BadRequest, "missing-field")]
    [InlineData("POST", "/api/sign-in", "[]", HttpStatusCode.BadRequest, "body-unreadable")]
    public async Task Every_wrong_turn_is_told_as_a_problem(string method, string path, string? body, HttpStatusCode status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");

        var (answered, type, problem) = await SendAsync(request);

        answered.ShouldBe(status);
        type.ShouldBe("application/problem+json");
        ((string?)problem["code"]).ShouldBe(code);
    }

    [Theory]
    [InlineData("If-Match", "3")]
    [InlineData("If-Match", "\"three\"")]
    [InlineData("If-Match", "*")]
    public async Task A_header_that_cannot_be_read_is_named(string name, string value)
    {
        using var request = await running.AsAsync("maker", HttpMethod.Post, "/api/seals/none/make");
        request.Headers.TryAddWithoutValidation(name, value);
        request.Content = JsonContent.Create(new { code = "4403050123456" });

        var (status, _, problem) = await SendAsync(request);

        status.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)problem["code"]).ShouldBe("invalid-header");
        ((string?)problem["field"]).ShouldBe(name);
    }

    private async Task<(HttpStatusCode Status, string? Type, JsonNode Problem)> SendAsync(HttpRequestMessage request)
    {
        using var answer = await running.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, JsonNode.Parse(text)!);
    }
}
