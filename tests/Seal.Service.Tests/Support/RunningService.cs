using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Seal.Service.Settings;
using Seal.Service.Start;

[assembly: AssemblyFixture(typeof(Seal.Service.Tests.Support.RunningService))]

namespace Seal.Service.Tests.Support;

/// <summary>One real service for all tests that need HTTP: embedded PostgreSQL, SoftHSM and identity provider in a folder of its own.</summary>
public sealed class RunningService : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("seal-service-tests-").FullName;
    private SealService? _service;

    public SealService Service => _service!;

    public HttpClient Client { get; private set; } = new();

    public async ValueTask InitializeAsync()
    {
        var settings = new ServiceSettings { Data = _data, Urls = "http://127.0.0.1:0", OpenRequestsPerMinute = 10_000 };
        _service = await SealService.StartAsync(settings, TimeProvider.System, logging => { }, CancellationToken.None);
        Client.BaseAddress = new Uri(_service.Url);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        Directory.Delete(_data, recursive: true);
    }

    /// <summary>A request that carries the token of a demo person.</summary>
    public async Task<HttpRequestMessage> AsAsync(string account, HttpMethod method, string path)
    {
        var answer = await Client.PostAsJsonAsync("/api/sign-in", new { account, password = "demo" });
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["accessToken"]!.GetValue<string>();
        return new HttpRequestMessage(method, path) { Headers = { { "Authorization", $"Bearer {token}" } } };
    }

    /// <summary>The description of the API.</summary>
    public async Task<JsonObject> OpenApiAsync() => (await Client.GetFromJsonAsync<JsonObject>("/openapi/v1.json"))!;
}
