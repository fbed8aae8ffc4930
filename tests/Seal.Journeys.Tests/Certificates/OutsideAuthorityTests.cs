using Microsoft.AspNetCore.Http;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Service.Settings;
using Seal.Testing;

namespace Seal.Journeys.Tests.Certificates;

/// <summary>Orders that chose an authority outside: what it issues, what it must not send, and that nothing is half done.</summary>
public sealed class OutsideAuthorityTests : IAsyncLifetime
{
    private readonly string _folder = TestFolder.Create();
    private readonly SoftwareKey _key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
    private StandInAuthority _authority = null!;
    private CertificateAuthoritySettings _city = null!;
    private RunningService _service = null!;

    private ApiClient Client => _service.Client;

    public async ValueTask InitializeAsync()
    {
        _authority = await StandInAuthority.StartAsync();
        _city = await _authority.SettingsAsync(_folder, TimeSpan.FromSeconds(2));
        _service = await RunningService.StartAsync(settings => settings with { CertificateAuthorities = [_city] });
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _authority.DisposeAsync();
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_outside_authority_issues_what_was_ordered_and_whatever_else_it_sends_is_refused_with_nothing_half_done()
    {
        var company = await Company.RegisterAsync(Client);
        var order = await Client.ApprovedAsync(company, _key, body => body["authority"] = StandInAuthority.Name);

        _authority.Answer = (_, _) => Task.FromResult(Results.Problem(statusCode: 422, title: "The licence has lapsed."));
        (await RefusedAsync(order, "authority-refused")).Body["title"]!.GetValue<string>().ShouldContain("The licence has lapsed.");
        _authority.Answer = (_, _) => Task.FromResult(Results.StatusCode(503));
        await RefusedAsync(order, "authority-unreachable");
        _authority.Answer = async (http, _) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);
            return Results.Empty;
        };
        await RefusedAsync(order, "authority-unreachable");
        _authority.Answer = (_, _) => Task.FromResult(Results.Text("certificate: yes"));
        await RefusedAsync(order, "certificate-unfit", "certificate");

        using var other = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        _authority.Answer = (_, request) => Task.FromResult(_authority.Issued(request with { SubjectPublicKeyInfo = other.SubjectPublicKeyInfo }));
        await RefusedAsync(order, "certificate-for-other-key", "certificate");
        _authority.Answer = (_, request) => Task.FromResult(_authority.Issued(request with { NotBefore = DateTimeOffset.UtcNow.AddDays(1) }));
        await RefusedAsync(order, "certificate-unfit", "certificate");
        _authority.Answer = (_, request) => Task.FromResult(_authority.Issued(request with { Subject = StandInAuthority.Named("somebody else") }));
        await RefusedAsync(order, "certificate-unfit", "certificate");
        _authority.Answer = (_, request) => Task.FromResult(_authority.Issued(request with { Profile = CertificateProfile.Encryption }));
        await RefusedAsync(order, "certificate-unfit", "certificate");
        _authority.Answer = (_, request) => Task.FromResult(_authority.Sent(CertificateAuthority.SelfSign(request with { SubjectPublicKeyInfo = _key.SubjectPublicKeyInfo }, _key)));
        await RefusedAsync(order, "certificate-unfit", "certificate");

        IssueRequest? asked = null;
        _authority.Answer = (_, request) => Task.FromResult(_authority.Issued(asked = request));
        (await Client.OfficerAsync("IssueCertificateOrder", order)).Required();
        var issued = await Client.CertificateAsync(order);
        issued.SubjectPublicKeyInfo.Span.SequenceEqual(_key.SubjectPublicKeyInfo.Span).ShouldBeTrue();
        issued.Subject.Find(NameAttributeTypes.OrganizationIdentifier).ShouldBe($"NTRCN-{company.Uscc}");
        (await Client.OfficerAsync("IssueCertificateOrder", order)).ShouldBeRefused(409, "certificate-order-not-approved");

        var second = await Client.ApprovedAsync(company, other, body => body["authority"] = StandInAuthority.Name);
        _authority.Answer = (_, request) => Task.FromResult(_authority.Issued(request with { SerialNumber = asked!.SerialNumber }));
        await RefusedAsync(second, "serial-number-taken", "certificate");
        (await Client.CertificateAsync(order)).ShouldBe(issued, "the one there was is untouched");
    }

    [Fact]
    public async Task A_wrong_setting_of_an_outside_authority_is_told_at_the_start()
    {
        Told([_city with { Name = "embedded" }]).ShouldContain("cannot name an authority");
        Told([_city with { Url = "city" }]).ShouldContain("no address");
        Told([_city with { Roots = "" }]).ShouldContain("Roots");
        Told([_city, _city]).ShouldContain("Two authorities");
        Should.NotThrow(() => CertificateAuthoritySettings.Require([_city]));
        (await Client.OrderAsync(await Company.RegisterAsync(Client), _key, body => body["authority"] = "nobody")).ShouldBeRefused(422, "authority-unknown", "authority");

        static string Told(IReadOnlyList<CertificateAuthoritySettings> settings) =>
            Should.Throw<Seal.Service.Start.StartupException>(() => CertificateAuthoritySettings.Require(settings)).Message;
    }

    private async Task<Answer> RefusedAsync(string order, string code, string field = "authority")
    {
        var before = (await Client.GetAsync("officer", $"/api/certificate-orders/{order}")).Required().Body.ToJsonString();
        var refused = (await Client.OfficerAsync("IssueCertificateOrder", order)).ShouldBeRefused(409, code, field);
        (await Client.GetAsync("officer", $"/api/certificate-orders/{order}")).Required().Body.ToJsonString().ShouldBe(before, $"{code} leaves the order as it was");
        return refused;
    }
}
