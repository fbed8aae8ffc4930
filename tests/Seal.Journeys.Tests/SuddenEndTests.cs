using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Seal.Ledger;
using Seal.Testing;

namespace Seal.Journeys.Tests;

/// <summary>kill -9 in the middle of the work.</summary>
public sealed class SuddenEndTests
{
    private const int Signings = 200;

    [Fact]
    public Task Nothing_answered_is_lost_when_the_service_is_killed() => EndAsync(service => service.KillAsync());

    [Fact]
    public Task Nothing_answered_is_lost_when_PostgreSQL_is_killed() => EndAsync(async service =>
    {
        await service.KillPostgresAsync();
    });

    [Fact]
    public Task Nothing_answered_is_lost_when_both_are_killed() => EndAsync(async service =>
    {
        await service.KillAsync();
        await service.KillPostgresAsync();
    });

    private static async Task EndAsync(Func<ServiceProcess, Task> end)
    {
        var folder = TestFolder.Create();
        try
        {
            var answered = await SignAndEndAsync(folder, end);
            await using var again = await RunningService.OpenAsync(folder);
            foreach (var signing in answered)
            {
                var state = await again.Client.GetAsync(Company.Representative, $"/api/signings/{signing}");
                state.Required().Body["state"]!["status"]!.GetValue<string>().ShouldBe("sealed", $"signing {signing} was answered");
            }

            var ledger = again.Services.GetRequiredService<EventLedger>();
            (await ledger.RecomputeAsync(TestContext.Current.CancellationToken)).ShouldBe((await ledger.CheckpointAsync(TestContext.Current.CancellationToken)).Head);
            TestContext.Current.TestOutputHelper?.WriteLine($"{answered.Count} of {Signings} were answered before the end");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyCollection<string>> SignAndEndAsync(string folder, Func<ServiceProcess, Task> end)
    {
        using var service = await ServiceProcess.StartAsync(folder);
        using var client = await ApiClient.ConnectAsync(service.Url);
        var company = await Company.RegisterAsync(client);
        var seal = await company.ClaimSealAsync("contract");
        var document = await client.UploadAsync(Company.Representative, SampleDocuments.Pdf());

        var answered = new ConcurrentBag<string>();
        var half = new TaskCompletionSource();
        var signings = Enumerable.Range(0, Signings).Select(async _ =>
        {
            try
            {
                if (await company.SealAsync(seal, document) is { IsDone: true } answer)
                {
                    answered.Add(answer.Id);
                }
            }
            catch (HttpRequestException)
            {
                // The connection went with the service: nothing was answered.
            }

            if (answered.Count >= Signings / 4)
            {
                half.TrySetResult();
            }
        }).ToList();
        await Task.WhenAny(half.Task, Task.WhenAll(signings));
        await end(service);
        await Task.WhenAll(signings);
        answered.Count.ShouldBeGreaterThanOrEqualTo(Signings / 4);
        await service.KillAsync();
        return answered;
    }
}
