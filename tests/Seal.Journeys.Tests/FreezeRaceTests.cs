using Microsoft.Extensions.DependencyInjection;
using Seal.Domain.Deciding;
using Seal.Domain.Seals;
using Seal.Domain.Signings;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Testing;

namespace Seal.Journeys.Tests;

/// <summary>Freezing and signing at the same moment, a thousand times.</summary>
public sealed class FreezeRaceTests
{
    private const int Rounds = 1000;

    [Fact]
    public async Task No_signature_is_ordered_after_the_freeze_that_forbids_it()
    {
        await using var service = await RunningService.StartAsync();
        var company = await Company.RegisterAsync(service.Client);
        var seal = await company.ClaimSealAsync("contract");
        var document = await service.Client.UploadAsync(Company.Representative, SampleDocuments.Pdf());
        await company.SealAsync(seal, document);

        var chance = new Random(20250927);
        var window = await MeasureAsync(company, seal, document);
        List<string> signings = [];
        for (var round = 0; round < Rounds; round++)
        {
            // The freeze starts at a moment spread over a signing's own time, before and a little after its end.
            var later = window * (chance.NextDouble() * 1.6);
            var signing = company.SealAsync(seal, document);
            await WaitAsync(later);
            (await GiveByAuthorityAsync(service, "FreezeSeal", seal)).Required();
            var answer = await signing;
            (answer.IsDone || answer.Code == "seal-frozen").ShouldBeTrue(answer.Body.ToJsonString());

            // Follows the machine as others slow it down or leave it, so that about half of the signings win.
            window *= answer.IsDone ? 0.97 : 1.03;
            (await GiveByAuthorityAsync(service, "LiftFreeze", seal)).Required();
        }

        var ledger = service.Services.GetRequiredService<EventLedger>();
        var (through, byDecision, byAppend) = (0, 0, 0);
        var state = ElectronicSeal.Initial;
        await foreach (var recorded in ledger.ReadAllAsync(0, null, TestContext.Current.CancellationToken))
        {
            var happened = StreamLoader.Facts(recorded);
            state = recorded.Stream == new SealId(seal).Stream.ToString() ? state.Apply(happened) : state;
            switch (happened)
            {
                case SigningSealed:
                    state.Status.ShouldBe(SealStatus.Active, $"the signature at position {recorded.Position} stands after a freeze");
                    through++;
                    break;
                case SigningDeclined { Stage: DeclineStage.Append }:
                    byAppend++;
                    break;
                case SigningDeclined:
                    byDecision++;
                    break;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{through} through, {byDecision} refused by the decision, {byAppend} by the append condition");
        through.ShouldBeGreaterThanOrEqualTo(Rounds / 5);
        byAppend.ShouldBeGreaterThanOrEqualTo(Rounds / 5);
    }

    private static Task<Answer> GiveByAuthorityAsync(RunningService service, string command, string seal) => service.Client.GiveAsync(
        "authority", command, seal, command == "FreezeSeal" ? new() { ["reason"] = "核查", ["order"] = "2025-33" } : new() { ["reason"] = "核查完毕" });

    // How long a signing takes here, so that the freezes fall into it on a slow machine too.
    private static async Task<TimeSpan> MeasureAsync(Company company, string seal, string document)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var once = 0; once < 10; once++)
        {
            (await company.SealAsync(seal, document)).Required();
        }

        return TimeProvider.System.GetElapsedTime(started) / 10;
    }

    // Shorter than any timer's tick, so it spins.
    private static async Task WaitAsync(TimeSpan time)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < time)
        {
            await Task.Yield();
        }
    }
}
