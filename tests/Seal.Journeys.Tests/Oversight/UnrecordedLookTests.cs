using Seal.Service.Settings;
using Seal.Testing;

namespace Seal.Journeys.Tests.Oversight;

public sealed class UnrecordedLookTests
{
    [Fact]
    public async Task A_look_that_cannot_be_recorded_is_not_answered()
    {
        await using var service = await RunningService.StartAsync(settings => settings with
        {
            Ledger = new LedgerSettings { MaximumForwardJump = TimeSpan.FromHours(1), MaximumSilence = TimeSpan.Zero },
        });
        var company = await Company.RegisterAsync(service.Client);
        var usage = $"/api/usage?organisation={company.Uscc}";
        (await service.Client.GetAsync("regulator", usage)).Required();

        // The ledger takes nothing more until somebody confirms the clock, but it can still be read.
        service.Clock.Advance(TimeSpan.FromDays(30));
        service.Client.SignOut();
        (await service.Client.GetAsync(Company.Representative, usage)).Required();
        foreach (var path in new[] { usage, "/api/usage/days", "/api/seals", $"/api/organisations/{company.Uscc}/history" })
        {
            (await service.Client.GetAsync("regulator", path)).ShouldBeRefused(503, "clock-jump");
        }
    }
}
