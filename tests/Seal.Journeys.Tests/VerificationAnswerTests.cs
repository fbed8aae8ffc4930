using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Npgsql;
using Seal.Service.Settings;
using Seal.Testing;

namespace Seal.Journeys.Tests;

/// <summary>A service with several policies, and a document that it sealed.</summary>
public sealed class ServiceWithPolicies : IAsyncLifetime
{
    private readonly string _trust = TestFolder.Create();
    private readonly string _data = TestFolder.Create();
    private RunningService? _service;

    public ApiClient Client => _service!.Client;

    public byte[] Document { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var (all, none) = (Path.Combine(_trust, "all"), Path.Combine(_trust, "none"));
        Directory.CreateDirectory(all);
        Directory.CreateDirectory(none);

        // The roots that the policies trust are those of the same service, as any stranger reads them.
        await using (var first = await RunningService.OpenAsync(_data))
        {
            await File.WriteAllTextAsync(Path.Combine(all, "roots.pem"), await first.Client.Http.GetStringAsync("/pki/roots.pem", TestContext.Current.CancellationToken));
        }

        // The pool of this process has connections of the PostgreSQL that is gone.
        NpgsqlConnection.ClearAllPools();
        _service = await RunningService.OpenAsync(_data, settings => settings with
        {
            Trust = new TrustSettings
            {
                Policies = new Dictionary<string, TrustPolicySettings>
                {
                    ["same"] = new() { Signers = all, Timestamps = all, SealMakers = all, OwnAuthorities = false },
                    ["nobody"] = new() { Signers = none, Timestamps = none, SealMakers = none, OwnAuthorities = false },
                    ["signers"] = new() { Signers = all, Timestamps = none, SealMakers = none, OwnAuthorities = false },
                },
            },
        });
        var company = await Company.RegisterAsync(Client);
        Document = await Client.SealedAsync(company, await company.ClaimSealAsync("contract"), SampleDocuments.Pdf());
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        Directory.Delete(_trust, recursive: true);
        Directory.Delete(_data, recursive: true);
    }
}

/// <summary>Whom a verification trusts, and in which form it answers.</summary>
public sealed class VerificationAnswerTests(ServiceWithPolicies service) : IClassFixture<ServiceWithPolicies>, IDisposable
{
    private readonly ExternalTool _tool = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("", "TOTAL_PASSED", null, "timestamp")]
    [InlineData("?policy=same", "TOTAL_PASSED", null, "timestamp")]
    [InlineData("?policy=nobody", "INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND", "ledger")]
    [InlineData("?policy=signers", "TOTAL_PASSED", null, "ledger")]
    public async Task A_policy_says_whose_certificates_and_time_stamps_count(string query, string verdict, string? sub, string source)
    {
        using var answer = await PostAsync(query, "application/json");
        var judged = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!;

        judged["verdict"]!.GetValue<string>().ShouldBe(verdict, judged.ToJsonString());
        judged["subIndication"]?.GetValue<string>().ShouldBe(sub);
        judged["signatures"]![0]!["timeSource"]!.GetValue<string>().ShouldBe(source);
    }

    [Fact]
    public async Task A_policy_that_does_not_exist_is_a_problem_of_its_own()
    {
        using var answer = await PostAsync("?policy=court", "application/json");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!;
        (problem["code"]!.GetValue<string>(), problem["field"]!.GetValue<string>()).ShouldBe(("invalid-parameter", "policy"));
    }

    [Theory]
    [InlineData("zh-CN", "通过")]
    [InlineData("en", "TOTAL_PASSED")]
    public async Task Whoever_wants_a_PDF_gets_a_report_for_people_in_their_language(string language, string word)
    {
        using var answer = await PostAsync("", "application/pdf", language);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        var report = await answer.Content.ReadAsByteArrayAsync(Ct);
        (await _tool.RunAsync("qpdf", "--check", _tool.Put("report.pdf", report))).Required();
        (await _tool.RunAsync("pdftotext", "report.pdf", "-")).Required().ShouldContain(word);
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("application/pdf;q=0.3, application/json")]
    public async Task Whoever_does_not_ask_for_a_PDF_gets_JSON(string accept)
    {
        using var answer = await PostAsync("", accept);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    private async Task<HttpResponseMessage> PostAsync(string query, string accept, string language = "en")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/verifications{query}") { Content = new ByteArrayContent(service.Document) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        request.Headers.Accept.ParseAdd(accept);
        request.Headers.AcceptLanguage.ParseAdd(language);
        return await service.Client.Http.SendAsync(request, Ct);
    }
}
