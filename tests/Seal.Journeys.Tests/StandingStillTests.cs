using Microsoft.Extensions.DependencyInjection;
using Seal.Ledger;
using Seal.Testing;

namespace Seal.Journeys.Tests;

public sealed class StandingStillTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_that_cannot_go_on_says_so_while_requests_are_served()
    {
        await using var service = await RunningService.StartAsync();
        var ledger = service.Services.GetRequiredService<EventLedger>();

        // The end of a use that never began: no command writes it, and nothing can be counted of it.
        var end = new EventData("signing.failed.v1", """{"code":"words-of-the-event"}"""u8.ToArray());
        var position = (await ledger.AppendAsync(new AppendRequest([new StreamWrite("signing/never", 0, [end])], default), Cancellation)).Events.Single().Position;

        Answer ready;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do
        {
            await timer.WaitForNextTickAsync(Cancellation);
            ready = await service.Client.GetAsync(null, "/health/ready");
        }
        while (ready.Body["standsStill"]!.AsArray().Count == 0);

        ready.IsDone.ShouldBeTrue("requests are served all the same");
        ready.Body["standsStill"]!.AsArray().Single()!.GetValue<string>().ShouldSatisfyAllConditions(
            said => said.ShouldContain("usage_counts"),
            said => said.ShouldContain($"position {position} "),
            said => said.ShouldContain(nameof(System.Text.Json.JsonException)),
            said => said.ShouldNotContain("words-of-the-event"));
        var metrics = await service.Client.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancellation);
        metrics.ShouldContain("seal_reader_stopped{reader=\"usage_counts\",build=\"serving\"} 1");
        metrics.ShouldContain("seal_reader_failures_total{reader=\"usage_counts\",code=\"JsonException\"}");

        // What stands still is no answer; what is counted one by one is.
        (await service.Client.GetAsync("regulator", $"/api/usage/days?region=440300&after={position}")).Required().Body["before"]!.GetValue<long>().ShouldBeGreaterThan(position);
    }
}
