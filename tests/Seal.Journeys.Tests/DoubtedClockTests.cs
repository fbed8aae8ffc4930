using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Timestamps;
using Seal.Ledger;
using Seal.Service.Settings;
using Seal.Testing;

namespace Seal.Journeys.Tests;

/// <summary>A clock that has jumped states no time to anybody.</summary>
public sealed class DoubtedClockTests
{
    [Fact]
    public async Task A_clock_that_jumped_stamps_nothing_until_an_operator_confirms_it()
    {
        await using var service = await RunningService.StartAsync(settings => settings with { Ledger = new LedgerSettings() });
        (await StampAsync(service)).Token.ShouldNotBeNull();

        service.Clock.Advance(TimeSpan.FromHours(3));
        (await StampAsync(service)).Failure.ShouldBe(TimestampFailure.TimeNotAvailable);
        (await StampAsync(service, "1.2.3.4")).Failure.ShouldBe(TimestampFailure.UnacceptedPolicy, "what would be refused at any time is refused without asking for the time");
        await Should.ThrowAsync<TimestampException>(service.Services.GetRequiredService<ITimestampSource>()
            .StampAsync(DigestAlgorithm.Sha256, new byte[32], TestContext.Current.CancellationToken).AsTask());

        service.Clock.Advance(TimeSpan.FromHours(-6));
        (await StampAsync(service)).Failure.ShouldBe(TimestampFailure.TimeNotAvailable);

        service.Clock.Advance(TimeSpan.FromHours(6));
        service.Services.GetRequiredService<EventLedger>().ConfirmClock();
        (await StampAsync(service)).Token!.Info.Time.ShouldBeGreaterThan(TimeProvider.System.GetUtcNow().AddHours(2));
    }

    private static async Task<TimestampResponse> StampAsync(RunningService service, string? policy = null)
    {
        using var content = new ByteArrayContent(TimestampRequest.Create(DigestAlgorithm.Sha256, new byte[32], [1, 2, 3, 4, 5, 6, 7, 8], policy).RawData.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        using var answer = await service.Client.Http.PostAsync("/timestamps", content, TestContext.Current.CancellationToken);
        return TimestampResponse.Parse(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }
}
