using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Testing;

[assembly: CollectionBehavior(DisableTestParallelization = true)] // SoftHSM serves one service in a process at a time

namespace Seal.Journeys.Tests;

/// <summary>One running service for all tests of a collection. Each test registers a company of its own.</summary>
public sealed class SharedService : IAsyncLifetime
{
    private RunningService? _service;

    public RunningService Service => _service!;

    public ApiClient Client => Service.Client;

    public EventLedger Ledger => Service.Services.GetRequiredService<EventLedger>();

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync();

    public ValueTask DisposeAsync() => _service?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>The types of the events that the ledger takes while something is done; what the service does by itself may fall into any test's time and does not count.</summary>
    public async Task<IReadOnlyList<string>> RecordedWhileAsync(Func<Task> act)
    {
        var size = await Ledger.SizeAsync(TestContext.Current.CancellationToken);
        await act();
        return [.. (await Ledger.ReadAllAsync(size, null, TestContext.Current.CancellationToken).ToListAsync())
            .Where(recorded => JsonNode.Parse(recorded.Metadata.Span)!["channel"]!.GetValue<string>() != CommandContext.Automation.Channel)
            .Select(recorded => recorded.Type)];
    }

    /// <summary>What is asked for is refused, and the ledger does not grow by it.</summary>
    public async Task RefusedWithoutTraceAsync(Func<Task<Answer>> ask, int status, string code, string? field = null)
    {
        ArgumentNullException.ThrowIfNull(ask);
        var recorded = await RecordedWhileAsync(async () => (await ask()).ShouldBeRefused(status, code, field));
        recorded.ShouldBeEmpty($"{code} leaves nothing behind");
    }

    /// <summary>What a demo person sees at an address.</summary>
    public async Task<JsonObject> SeeAsync(string account, string path) => (await Client.GetAsync(account, path)).Required().Body;

    /// <summary>The rows of the usage log at a query, newest first.</summary>
    public async Task<IReadOnlyList<JsonObject>> UsageAsync(string account, string query) =>
        [.. (await SeeAsync(account, $"/api/usage?{query}"))["items"]!.AsArray().Select(row => row!["state"]!.AsObject())];
}

/// <summary>Tests on a service whose clock runs as all clocks do.</summary>
[CollectionDefinition(Name)]
public sealed class OneService : ICollectionFixture<SharedService>
{
    public const string Name = "One service";
}

/// <summary>Tests that set their service's clock forward by months.</summary>
[CollectionDefinition(Name)]
public sealed class ServiceAcrossYears : ICollectionFixture<SharedService>
{
    public const string Name = "A service across years";
}
