using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Seal.Cryptography.Keys;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Ledger;
using Seal.Service.Automations;
using Seal.Service.Commands;
using Seal.Testing;

namespace Seal.Journeys.Tests.Certificates;

/// <summary>What happens to a certificate here the outside authority that issued it is told, until it answers.</summary>
public sealed class ToldAuthorityTests : IAsyncLifetime
{
    private readonly string _folder = TestFolder.Create();
    private readonly SoftwareKey _key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
    private StandInAuthority _authority = null!;
    private RunningService _service = null!;

    private ApiClient Client => _service.Client;

    public async ValueTask InitializeAsync()
    {
        _authority = await StandInAuthority.StartAsync();
        var city = await _authority.SettingsAsync(_folder, TimeSpan.FromSeconds(10));
        _service = await RunningService.StartAsync(settings => settings with { CertificateAuthorities = [city] });
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _authority.DisposeAsync();
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_authority_that_fails_hangs_or_is_dead_is_told_when_it_is_back()
    {
        var certificate = await IssuedAsync();
        _authority.Told = (_, _) => Task.FromResult(Results.StatusCode(500));
        var answer = await StopAsync("SuspendCertificate", certificate);
        answer["notice"]!["status"]!.GetValue<string>().ShouldBe("suspended");
        answer["notice"]!["standing"]!.GetValue<string>().ShouldBe("due", "the user is told that the authority does not know yet");
        await NoticeAsync(certificate, "due", "HTTP 500");

        _authority.Told = async (http, _) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);
            return Results.Empty;
        };
        Advance(TimeSpan.FromHours(1));
        await NoticeAsync(certificate, "due", "no answer within 10 s");

        await _authority.DieAsync();
        Advance(TimeSpan.FromHours(1));
        await NoticeAsync(certificate, "due", "refused");
        _authority.Standing.ShouldBeEmpty();

        _authority.Told = (_, _) => Task.FromResult(Results.NoContent());
        await _authority.ComeBackAsync();
        Advance(TimeSpan.FromHours(1));
        await NoticeAsync(certificate, "confirmed");
        _authority.Standing[certificate].Status.ShouldBe("suspended");

        var events = await EventsAsync(certificate);
        events.Count(one => one is AuthorityNotReached).ShouldBeGreaterThanOrEqualTo(3, "every attempt leaves its trace");
        events.Count(one => one is AuthorityConfirmed).ShouldBe(1);
        var waits = events.OfType<AuthorityNotReached>().Select(one => one.RetryAt).ToList();
        waits.SequenceEqual(waits.Order()).ShouldBeTrue("it is tried later each time");

        (await StopAsync("ReinstateCertificate", certificate))["notice"]!["status"]!.GetValue<string>().ShouldBe("active");
        await NoticeAsync(certificate, "confirmed");
        _authority.Standing[certificate].Status.ShouldBe("active");
    }

    [Fact]
    public async Task What_an_authority_declines_stays_on_record_until_an_officer_has_it_told_again()
    {
        var certificate = await IssuedAsync();
        _authority.Told = (_, _) => Task.FromResult(Results.Problem(statusCode: 409, title: "It is revoked already."));
        (await Client.GiveAsync("officer", "RevokeCertificate", certificate, new() { ["reason"] = "key-compromise" })).Required();
        await NoticeAsync(certificate, "declined", "It is revoked already.");

        _authority.Told = (_, _) => Task.FromResult(Results.NoContent());
        Advance(TimeSpan.FromDays(1));
        await SweepAsync();
        _authority.Standing.ShouldBeEmpty("an answer is an answer");
        (await Client.OfficerAsync("TellAuthority", certificate)).Required();
        _authority.Standing[certificate].ShouldBe(new StandInNotice(certificate, "revoked", "key-compromise", _authority.Standing[certificate].Version));
        (await Client.OfficerAsync("TellAuthority", certificate)).ShouldBeRefused(409, "nothing-to-tell");
    }

    [Fact]
    public async Task Several_who_tell_the_same_at_once_leave_one_answer_and_what_comes_late_changes_nothing()
    {
        var certificate = await IssuedAsync();
        var together = new SemaphoreSlim(0);
        _authority.Told = async (http, _) =>
        {
            await together.WaitAsync(http.RequestAborted);
            return Results.NoContent();
        };
        await StopAsync("SuspendCertificate", certificate);
        var all = Task.WhenAll(SweepAsync(), SweepAsync(), SweepAsync());
        together.Release(100);
        await all;
        await NoticeAsync(certificate, "confirmed");
        (await EventsAsync(certificate)).Count(one => one is AuthorityConfirmed).ShouldBe(1);

        var told = _authority.Standing[certificate];
        await StopAsync("ReinstateCertificate", certificate);
        await NoticeAsync(certificate, "confirmed");
        _authority.Standing[certificate].Version.ShouldBeGreaterThan(told.Version, "so the authority knows the former for old");
        _authority.Standing[certificate].Status.ShouldBe("active");
    }

    // Sign-ins end with the time.
    private void Advance(TimeSpan by)
    {
        _service.Clock.Advance(by);
        Client.SignOut();
    }

    private async Task<string> IssuedAsync()
    {
        var order = await Client.ApprovedAsync(await Company.RegisterAsync(Client), _key, body => body["authority"] = StandInAuthority.Name);
        (await Client.OfficerAsync("IssueCertificateOrder", order)).Required();
        return Convert.ToHexStringLower((await Client.CertificateAsync(order)).SerialNumber.Span);
    }

    private async Task<System.Text.Json.Nodes.JsonObject> StopAsync(string command, string certificate) =>
        (await Client.GiveAsync(Company.Representative, command, certificate, new() { ["reason"] = "lost" })).Required().Body;

    private Task NoticeAsync(string certificate, string standing, string said = "") => Waiting.UntilAsync(async () =>
        (await Client.GetAsync(Company.Representative, $"/api/certificates/{certificate}")).Required().Body["state"]!["notice"] is { } notice
        && notice["standing"]!.GetValue<string>() == standing && notice["said"]!.GetValue<string>().Contains(said, StringComparison.Ordinal));

    private Task SweepAsync() => _service.Services.GetServices<IHostedService>().OfType<TellAuthorities>().Single().SweepAsync(CancellationToken.None);

    private async Task<IReadOnlyList<IEvent>> EventsAsync(string certificate)
    {
        List<IEvent> events = [];
        await foreach (var recorded in _service.Services.GetRequiredService<EventLedger>().ReadStreamAsync(new StreamId(CertificateId.StreamType, certificate).ToString(), ReadUntil.All, CancellationToken.None))
        {
            events.Add(StreamLoader.Facts(recorded));
        }

        return events;
    }
}
