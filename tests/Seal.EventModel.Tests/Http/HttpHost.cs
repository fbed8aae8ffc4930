using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;
using Seal.EventModel.Tests.Model;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Testing;

namespace Seal.EventModel.Tests.Http;

/// <summary>What a command came to over HTTP.</summary>
/// <param name="Events">What the ledger has of it, in order, without spent proofs.</param>
/// <param name="Answer">What was answered; <c>null</c> for what the system did by itself.</param>
public sealed record Observed(IReadOnlyList<StreamEvent> Events, Answer? Answer);

/// <summary>The whole service, played by its API: real PostgreSQL, real SoftHSM, real files.</summary>
public sealed class HttpHost : IAsyncLifetime
{
    // The certificate authority's own certificates end some day; no run goes there.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365 * 4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private RunningService _service = null!;
    private TimeSpan _advanced;

    /// <summary>The client.</summary>
    public ApiClient Client => _service.Client;

    private EventLedger Ledger => _service.Services.GetRequiredService<EventLedger>();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _service.DisposeAsync();

    /// <summary>A world for one scenario.</summary>
    public async Task<HttpWorld> BeginAsync(Scenario scenario)
    {
        if (_advanced > Longest)
        {
            await _service.DisposeAsync();
            await InitializeAsync();
            _advanced = TimeSpan.Zero;
        }

        Dictionary<string, string> people = [];
        foreach (var (actor, account) in HttpWorld.Accounts)
        {
            people[actor] = await Client.PersonAsync(account);
        }

        var uses = scenario.Slice == "SealDocument" || scenario.Given.Any(given => given.Name == "SigningRequested");
        var wanted = scenario.When.Text("document") ?? "contract.pdf";
        var document = uses && HttpWorld.Content(wanted) is { } content ? await Client.UploadAsync("wang-fang", content) : null;
        return new HttpWorld(people, document) { Began = _service.Clock.GetUtcNow() };
    }

    /// <summary>Gives one command and observes what the ledger has of it.</summary>
    public async Task<Observed> GiveAsync(Play play, HttpWorld world)
    {
        if (play.After is { } period)
        {
            Advance(CalendarPeriod.After(_service.Clock.GetUtcNow(), period) - _service.Clock.GetUtcNow());
        }

        if (play.By == "system")
        {
            return await WaitForSystemAsync(play, world);
        }

        var account = HttpWorld.Accounts[play.By];
        var body = play.Body(world, _service.Clock.GetUtcNow());
        string? id = null;
        if (!play.Command.Contract.Creates)
        {
            var first = body.First(member => member.Key == KeyOf(play.Command));
            id = first.Value!.GetValue<string>();
            body.Remove(first.Key);
        }

        var sending = await ProveAsync(play, account, id, body);
        var from = await Ledger.SizeAsync(CancellationToken.None);
        var answer = await Client.GiveAsync(account, play.Command.Name, id, body, sending);
        return new Observed(await EventsAsync(from, recorded => Is(recorded, play), world), answer);
    }

    private static string KeyOf(CommandDescription command) =>
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(command.Type.GetConstructors()[0].GetParameters()[0].Name!);

    private async Task<Sending> ProveAsync(Play play, string account, string? id, JsonObject body)
    {
        switch (play.Proof)
        {
            case ProofKind.None:
                return new Sending { WithoutProof = true };
            case ProofKind.Other:
                return new Sending { Proof = await Client.ProveAsync(account, play.Command.Name == "RevokeSeal" ? "FreezeSeal" : "RevokeSeal", id, body) };
            case ProofKind.Expired:
                var old = await Client.ProveAsync(account, play.Command.Name, id, body);
                Advance(TimeSpan.FromMinutes(6));
                return new Sending { Proof = old };
            case ProofKind.Spent:
                var proof = await Client.ProveAsync(account, play.Command.Name, id, body);
                (await Client.GiveAsync(account, play.Command.Name, id, body, new Sending { Proof = proof })).Required();
                return new Sending { Proof = proof };
            default:
                return new Sending();
        }
    }

    private void Advance(TimeSpan by)
    {
        _service.Clock.Advance(by);
        _advanced += by;
        Client.SignOut();
    }

    // What the system does by itself comes when it comes.
    private async Task<Observed> WaitForSystemAsync(Play play, HttpWorld world)
    {
        var stream = $"application/entitled-{world.Organisation("organisation")}";
        var started = TimeProvider.System.GetTimestamp();
        while ((await Ledger.ReadStreamsAsync([stream], ReadUntil.All, CancellationToken.None))[stream].Count == 0)
        {
            (TimeProvider.System.GetElapsedTime(started) < Patience).ShouldBeTrue("the automation did not come");
            await Task.Yield();
        }

        var first = (await Ledger.ReadStreamsAsync([stream], ReadUntil.All, CancellationToken.None))[stream][0].Position;
        return new Observed(await EventsAsync(first, recorded => Is(recorded, play), world), null);
    }

    private async Task<IReadOnlyList<StreamEvent>> EventsAsync(long from, Func<RecordedEvent, bool> wanted, HttpWorld world)
    {
        List<StreamEvent> events = [];
        await foreach (var recorded in Ledger.ReadAllAsync(from, null, CancellationToken.None))
        {
            if (wanted(recorded))
            {
                var one = new StreamEvent(StreamId.Parse(recorded.Stream), StreamLoader.Facts(recorded));
                world.Learn(one.Stream, one.Event.GetType().Name);
                events.Add(one);
            }
        }

        return [.. events.Where(one => one.Event is not ProofSpent)];
    }

    private static bool Is(RecordedEvent recorded, Play play) =>
        JsonNode.Parse(recorded.Metadata.Span)!["command"]!.GetValue<string>() == play.Command.Name;
}
