using System.Globalization;
using Seal.Testing;

namespace Seal.Journeys.Tests;

/// <summary>Somebody sets the clock of the machine while the service works.</summary>
public sealed class ClockJumpTests
{
    private const string Representative = Company.Representative;

    private static readonly TimeSpan Jump = TimeSpan.FromMinutes(20);

    [Fact]
    public async Task A_clock_that_jumped_forward_is_named_by_refusals_and_by_health_and_the_service_goes_on_by_itself_when_it_is_right()
    {
        await using var service = await StartAsync();
        var (seal, client) = (await (await Company.RegisterAsync(service.Client)).ClaimSealAsync("contract"), service.Client);
        service.Clock.Advance(Jump);

        (await TurnAsync(client, seal, "FreezeSeal")).ShouldBeRefused(503, "clock-jump");
        var waiting = await client.GetAsync(null, "/health/ready");
        ((int)waiting.Status, waiting.Body["status"]!.GetValue<string>()).ShouldBe((503, "waiting"));
        waiting.Body["waitsFor"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldStartWith("The clock says ");
        (await client.GetAsync(Representative, $"/api/seals/{seal}")).Required();

        service.Clock.Advance(-Jump);
        await Waiting.UntilAsync(async () => (await client.GetAsync(null, "/health/ready")).IsDone);
        (await TurnAsync(client, seal, "FreezeSeal")).Required();
    }

    [Fact]
    public async Task A_clock_set_back_while_many_commands_are_given_loses_none_and_recorded_times_never_go_back()
    {
        await using var service = await StartAsync();
        var client = service.Client;
        var company = await Company.RegisterAsync(client);
        var seals = new[] { await company.ClaimSealAsync("contract"), await company.ClaimSealAsync("invoice"), await company.ClaimSealAsync("finance") };

        var given = 0;
        var callers = Task.WhenAll(seals.Select(async seal =>
        {
            for (var i = 0; i < 20; i++)
            {
                var command = i % 2 == 0 ? "FreezeSeal" : "LiftFreeze";
                var answer = await TurnAsync(client, seal, command);

                // A proof made while the clock was behind has expired when the clock is set right: it is made anew.
                (answer.Code == "proof-expired" ? await TurnAsync(client, seal, command) : answer).Required();
                Interlocked.Increment(ref given);
            }
        }));
        await Waiting.UntilAsync(() => Task.FromResult(Volatile.Read(ref given) >= 15 || callers.IsCompleted));
        service.Clock.Advance(-Jump);
        await Waiting.UntilAsync(() => Task.FromResult(Volatile.Read(ref given) >= 40 || callers.IsCompleted));
        service.Clock.Advance(Jump);
        await callers;

        foreach (var seal in seals)
        {
            var items = (await client.GetAsync(Representative, $"/api/seals/{seal}/history")).Required().Body["items"]!.AsArray();
            items.Count(item => item!["type"]!.GetValue<string>() == "seal.frozen.v1").ShouldBe(10);
            items.Select(item => DateTimeOffset.Parse(item!["recordedAt"]!.GetValue<string>(), CultureInfo.InvariantCulture)).ShouldBeInOrder();
        }

        (await client.GetAsync(null, "/health/ready")).Required();
    }

    private static Task<RunningService> StartAsync() => RunningService.StartAsync(
        settings => settings with { Ledger = settings.Ledger with { MaximumForwardJump = TimeSpan.FromMinutes(10) } });

    private static Task<Answer> TurnAsync(ApiClient client, string seal, string command) =>
        client.GiveAsync(Representative, command, seal, new() { ["reason"] = "核查" });
}
