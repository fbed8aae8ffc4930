using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Inquiries;
using Seal.Domain.Issuers;
using Seal.Domain.Persons;
using Seal.Domain.Signings;
using Seal.EventModel.Tests.Model;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Keys;
using Seal.Service.Problems;
using Seal.Service.SignIn;
using Seal.Service.Vault;
using Seal.Testing;

namespace Seal.EventModel.Tests.Http;

/// <summary>What a command came to over HTTP.</summary>
/// <param name="Events">What the ledger has of it, in order, without spent proofs.</param>
/// <param name="Problem">Why it was refused (RFC 9457); <c>null</c> when it was carried out, or nobody waited for the answer.</param>
public sealed record Observed(IReadOnlyList<StreamEvent> Events, JsonObject? Problem);

/// <summary>The whole service, played by its API: real PostgreSQL, real SoftHSM, real files.</summary>
public sealed class HttpHost : IAsyncLifetime
{
    // The certificate authority's own certificates end some day; no run goes there.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365 * 4);

    private readonly Mishaps _mishaps = new();
    private readonly string _folder = TestFolder.Create();
    private StandInAuthority _authority = null!;
    private RunningService _service = null!;
    private Automations _automations = null!;
    private TimeSpan _advanced;
    private bool _erased;

    /// <summary>The client.</summary>
    public ApiClient Client => _service.Client;

    private EventLedger Ledger => _service.Services.GetRequiredService<EventLedger>();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _authority = await StandInAuthority.StartAsync();
        _authority.Told = _mishaps.HearAsync;
        var city = await _authority.SettingsAsync(_folder, TimeSpan.FromMinutes(10));

        // Files bear the machine's time, which the clock of the scenarios leaves far behind.
        _service = await RunningService.StartAsync(
            settings => settings with
            {
                Documents = settings.Documents with { Keep = 2 * Longest },
                CertificateAuthorities = [city],
            },
            _mishaps.Surround);
        _automations = new Automations(_service.Services);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A world for one scenario.</summary>
    public async Task<HttpWorld> BeginAsync(Scenario scenario)
    {
        if (_advanced > Longest)
        {
            await CloseAsync();
            await InitializeAsync();
            _advanced = TimeSpan.Zero;
        }

        var erases = scenario.Given.Append(scenario.When).Any(one => one.Name is nameof(ErasePerson) or nameof(FinishErasure) or nameof(PersonErasureBegun));
        if (erases || _erased)
        {
            await RegisterAnewAsync();
        }

        _erased = erases;

        await RollAsync(scenario);
        Dictionary<string, string> people = [];
        foreach (var (actor, account) in HttpWorld.Accounts)
        {
            people[actor] = await Client.PersonAsync(account);
        }

        var uses = scenario.Slice is "SealDocument" or "PrepareSigning" or "RequestCertificate"
            || scenario.Given.Any(given => given.Name is "SigningRequested" or "DeviceSigningRequested" or "CertificateOrderSubmitted");
        var wanted = scenario.When.Text("document") switch
        {
            null or "sealed.pdf" or "renewed.pdf" or "altered.pdf" => "contract.pdf",
            "sealed.ofd" => "contract.ofd",
            _ when scenario.Slice == nameof(RenewEvidence) => "contract.pdf",
            var named => named,
        };
        var document = uses && DocumentFiles.Named(wanted) is { } content ? await Client.UploadAsync("wang-fang", content) : null;
        return new HttpWorld(people, document) { Began = _service.Clock.GetUtcNow(), FormerGenerations = Generations(), Unobserved = await Ledger.SizeAsync(CancellationToken.None) };
    }

    /// <summary>Gives one command and observes what the ledger has of it.</summary>
    public async Task<Observed> GiveAsync(Play play, HttpWorld world)
    {
        _mishaps.Begin(play);
        if (play.After is { } period)
        {
            Advance(CalendarPeriod.After(_service.Clock.GetUtcNow(), period) - _service.Clock.GetUtcNow());
        }

        // Papers are handed in by those who uploaded them.
        var paper = play.Command.Name switch
        {
            nameof(RequestCertificate) or nameof(ResubmitCertificateOrder) => DocumentFiles.Named("contract.pdf"),
            nameof(RenewEvidence) => await SignedFiles.NamedAsync(play.Props["document"]!.ToString(), Client, world),
            _ => null,
        };
        world.Paper = paper is null ? null : await Client.UploadAsync(HttpWorld.Accounts[play.By], paper);
        var body = play.Body(world, _service.Clock.GetUtcNow());
        if (body["generation"] is { } generation)
        {
            body["generation"] = generation.GetValue<long>() + world.FormerGenerations.GetValueOrDefault(body["issuer"]!.GetValue<string>());
        }

        return play switch
        {
            { Command.Name: nameof(RecordInquiry) } => await LookAsync(play, body, world),
            { By: "system" } => await GiveBySystemAsync(play, body, world),
            _ => await GiveByPersonAsync(play, body, world),
        };
    }

    // Scenarios share the authorities. One that revokes begins with a generation of its own, and leaves none that is revoked to the next.
    private async Task RollAsync(Scenario scenario)
    {
        await _service.Services.GetRequiredService<IssuerFollower>().FollowAsync(CancellationToken.None);
        var revokes = scenario.Given.Append(scenario.When).Any(one => one.Name is nameof(IssuerRevocationOrdered) or nameof(OrderIssuerRevocation) or nameof(RevokeIssuer));
        foreach (var algorithm in Enum.GetValues<KeyAlgorithm>().Where(one => _service.Services.GetRequiredService<Authorities>().For(one).Revoked is not null || (revokes && one != KeyAlgorithm.Sm2)))
        {
            (await Client.GiveAsync("administrator", nameof(RollIssuer), IssuerId.Of(algorithm).Value, [])).Required();
        }
    }

    private Dictionary<string, int> Generations() => Enum.GetValues<KeyAlgorithm>().ToDictionary(
        algorithm => IssuerId.Of(algorithm).Value, algorithm => _service.Services.GetRequiredService<Authorities>().For(algorithm).Generation - 1);

    private async Task CloseAsync()
    {
        await _service.DisposeAsync();
        await _authority.DisposeAsync();
    }

    // The four without an office come from other scenarios with all that they answer for there; and whoever was erased is gone.
    private async Task RegisterAnewAsync()
    {
        var context = new CommandContext(new Actor(new PersonId("installation"), Role.Administrator), "Installation");
        foreach (var (actor, account) in HttpWorld.Accounts.Where(one => World.People[one.Key] == Role.None))
        {
            var registered = await _service.Services.GetRequiredService<CommandPipeline>()
                .GiveAsync(new RegisterPerson(Name: FreeTextConverter.Make(actor)), context, CancellationToken.None);
            await _service.Services.GetRequiredService<Accounts>().LinkAsync(account, new PersonId(registered.Target.Key), CancellationToken.None);
        }

        Client.SignOut();
    }

    private async Task<Observed> GiveByPersonAsync(Play play, JsonObject body, HttpWorld world)
    {
        var account = HttpWorld.Accounts[play.By];
        string? id = null;
        if (!play.Command.Contract.Creates)
        {
            var first = body.First(member => member.Key == KeyOf(play.Command));
            id = first.Value!.GetValue<string>();
            body.Remove(first.Key);
        }

        var sending = await ProveAsync(play, account, id, body);
        var from = await Ledger.SizeAsync(CancellationToken.None);
        using var patience = new CancellationTokenSource();
        var giving = SendAsync(play.Command, account, id, body, sending with { HangUp = patience.Token });
        if (await Task.WhenAny(giving, _mishaps.Interrupted) == giving)
        {
            return await ObserveAsync(play, from, ProblemOf(await giving), world);
        }

        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(giving);
        return await ObserveAsync(play, from, null, world);
    }

    // What the system does by itself it has done, or it finds nothing to do: then its command tells why.
    private async Task<Observed> GiveBySystemAsync(Play play, JsonObject body, HttpWorld world)
    {
        await _automations.SettleAsync(play.Command.Name);
        var done = (await ObserveAsync(play, world.Unobserved, null, world)).Events.Where(one => Concerns(one, body)).ToList();
        world.Unobserved = await Ledger.SizeAsync(CancellationToken.None);
        if (done.Count > 0)
        {
            return new Observed(done, null);
        }

        var answer = await _automations.GiveAsync(play.Command.Name, body);
        var problem = answer.Rejection is { } rejection ? JsonSerializer.SerializeToNode(Problem.From(rejection).Describe("en"))!.AsObject() : null;
        return await ObserveAsync(play, world.Unobserved, problem, world);
    }

    // An inquiry is recorded because somebody looks.
    private async Task<Observed> LookAsync(Play play, JsonObject body, HttpWorld world)
    {
        var from = await Ledger.SizeAsync(CancellationToken.None);
        var answer = await Client.GetAsync(HttpWorld.Accounts[play.Props["who"]!.ToString()], Looks.PathOf(body["inquiry"]!.AsObject()));
        return await ObserveAsync(play, from, ProblemOf(answer), world);
    }

    private static JsonObject? ProblemOf(Answer answer) => answer.IsDone ? null : answer.Body;

    private static string KeyOf(CommandDescription command) =>
        JsonNamingPolicy.CamelCase.ConvertName(command.Type.GetConstructors()[0].GetParameters()[0].Name!);

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
                (await SendAsync(play.Command, account, id, body, new Sending { Proof = proof })).Required();
                return new Sending { Proof = proof };
            default:
                return new Sending();
        }
    }

    // What a view gives is given by looking there.
    private async Task<Answer> SendAsync(CommandDescription command, string account, string? id, JsonObject body, Sending sending)
    {
        if (!command.Contract.GivenByView)
        {
            return await Client.GiveAsync(account, command.Name, id, body, sending);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, command.Route.Replace("{id}", id, StringComparison.Ordinal));
        if (!sending.WithoutProof)
        {
            request.Headers.Add("Proof-Of-Person", sending.Proof ?? await Client.ProveAsync(account, command.Name, id, body));
        }

        return await Client.SendAsync(account, request);
    }

    private void Advance(TimeSpan by)
    {
        _service.Clock.Advance(by);
        _advanced += by;
        Client.SignOut();
    }

    private async Task<Observed> ObserveAsync(Play play, long from, JsonObject? problem, HttpWorld world)
    {
        List<StreamEvent> events = [];
        await foreach (var recorded in Ledger.ReadAllAsync(from, null, CancellationToken.None))
        {
            if (Is(recorded, play) && (play.Command.Name != nameof(TellAuthority) || StreamId.Parse(recorded.Stream).Key == world.Key(play.Props["certificate"]!.ToString())))
            {
                var one = new StreamEvent(StreamId.Parse(recorded.Stream), StreamLoader.Facts(recorded));
                world.Learn(one.Stream, one.Event.GetType().Name);
                world.Ukeys.Learn(one.Event);
                events.Add(one);
            }
        }

        return new Observed([.. events.Where(one => one.Event is not ProofSpent)], problem);
    }

    // Signings that other scenarios left under way end by themselves, too.
    private static bool Concerns(StreamEvent one, JsonObject body) => (body["signing"] ?? body["person"]) is not { } named || one.Stream.Key == named.ToString();

    private static bool Is(RecordedEvent recorded, Play play) =>
        JsonNode.Parse(recorded.Metadata.Span)!["command"]!.GetValue<string>() == play.Command.Name;
}
