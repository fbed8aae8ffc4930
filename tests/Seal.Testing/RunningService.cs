using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Seal.Service.Settings;
using Seal.Service.Start;

namespace Seal.Testing;

/// <summary>A clock that a test can set forward; it never stands still and never goes back.</summary>
public sealed class ForwardClock : TimeProvider
{
    private long _ahead;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));
}

/// <summary>The whole service in this process, with its own PostgreSQL and its own token in a folder that goes with it.</summary>
public sealed class RunningService : IAsyncDisposable
{
    private readonly SealService _service;
    private readonly string? _folder;

    private RunningService(SealService service, string? folder, ForwardClock clock, ApiClient client) =>
        (_service, _folder, Clock, Client) = (service, folder, clock, client);

    public ForwardClock Clock { get; }

    public ApiClient Client { get; }

    public IServiceProvider Services => _service.Services;

    public string Url => _service.Url;

    /// <summary>Starts a service in a folder of its own, which goes with it.</summary>
    /// <param name="change">Other settings than those of tests.</param>
    /// <param name="configureServices">Wraps what the service is made of, such as the world outside.</param>
    public static Task<RunningService> StartAsync(
        Func<ServiceSettings, ServiceSettings>? change = null, Action<IServiceCollection>? configureServices = null) =>
        StartAsync(TestFolder.Create(), keep: false, change, configureServices);

    /// <summary>Starts a service on what another has left in a folder, which stays.</summary>
    public static Task<RunningService> OpenAsync(string folder, Func<ServiceSettings, ServiceSettings>? change = null) => StartAsync(folder, keep: true, change, null);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _service.DisposeAsync();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static async Task<RunningService> StartAsync(
        string folder, bool keep, Func<ServiceSettings, ServiceSettings>? change, Action<IServiceCollection>? configureServices)
    {
        var clock = new ForwardClock();
        var settings = new ServiceSettings
        {
            Data = folder,
            Urls = "http://127.0.0.1:0",
            OpenRequestsPerMinute = 100_000,
            Pin = new PinSettings { Iterations = 1_000 },
            Ledger = new LedgerSettings { MaximumForwardJump = Timeout.InfiniteTimeSpan, MaximumSilence = TimeSpan.FromDays(36500) },
        };
        var service = await SealService.StartAsync(
            change is null ? settings : change(settings), clock, logging => logging.AddConsole().SetMinimumLevel(LogLevel.Warning), CancellationToken.None,
            configureServices);
        return new RunningService(service, keep ? null : folder, clock, await ApiClient.ConnectAsync(service.Url));
    }
}
