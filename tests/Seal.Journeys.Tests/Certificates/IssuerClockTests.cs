using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Ledger;
using Seal.Testing;

namespace Seal.Journeys.Tests.Certificates;

/// <summary>A clock that stands before the start of the issuing authority's own certificate: nothing is issued, and it is said why.</summary>
public sealed class IssuerClockTests
{
    [Fact]
    public async Task A_clock_before_the_issuers_start_issues_nothing_and_names_the_issuer_and_its_time()
    {
        var folder = TestFolder.Create();
        try
        {
            using var key = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
            string order;
            await using (var ahead = await RunningService.OpenAsync(folder))
            {
                ahead.Clock.Advance(TimeSpan.FromDays(400));
                (await ahead.Client.GiveAsync("administrator", "RollIssuer", "ecdsa-p256", [])).Required();
                order = await ahead.Client.ApprovedAsync(await Company.RegisterAsync(ahead.Client), key);
            }

            NpgsqlConnection.ClearAllPools(); // those of the database that ended with the service
            await using var behind = await RunningService.OpenAsync(folder);
            var ledger = behind.Services.GetRequiredService<EventLedger>();
            var size = await ledger.SizeAsync(TestContext.Current.CancellationToken);
            var refused = (await behind.Client.OfficerAsync("IssueCertificateOrder", order)).ShouldBeRefused(409, "issuer-not-valid", "authority");
            var title = refused.Body["title"]!.GetValue<string>();
            title.ShouldContain("ca-issuing-ecdsa-2");
            title.ShouldContain(behind.Clock.GetUtcNow().AddDays(400).AddHours(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture));
            (await ledger.SizeAsync(TestContext.Current.CancellationToken)).ShouldBe(size, "nothing is half done");
            (await behind.Client.GetAsync("officer", $"/api/certificate-orders/{order}")).Required().Body.StateText("status").ShouldBe("approved");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_clock_before_the_start_of_an_authority_lets_nobody_claim_a_seal_and_goes_on_when_it_is_right()
    {
        var folder = TestFolder.Create();
        try
        {
            string seal;
            await using (var ahead = await RunningService.OpenAsync(folder))
            {
                ahead.Clock.Advance(TimeSpan.FromDays(400));
                seal = await (await Company.RegisterAsync(ahead.Client)).IssueSealAsync("contract");
                (await ahead.Client.GiveAsync("administrator", "RollIssuer", "sm2", new() { ["root"] = true })).Required();
            }

            NpgsqlConnection.ClearAllPools();
            await using var behind = await RunningService.OpenAsync(folder);
            var ledger = behind.Services.GetRequiredService<EventLedger>();
            var size = await ledger.SizeAsync(TestContext.Current.CancellationToken);
            await RefusedAsync("ca-issuing-sm2-2", () => behind.Client.ClaimAsync(Company.Representative, seal));
            await RefusedAsync("ca-root-sm2-2", () => behind.Client.GiveAsync("administrator", "RollIssuer", "sm2", []));
            (await OcspAsync(behind, "ca-issuing-sm2-2")).ShouldBe(OcspResponseStatus.TryLater);
            (await ledger.SizeAsync(TestContext.Current.CancellationToken)).ShouldBe(size, "nothing is half done");

            behind.Clock.Advance(TimeSpan.FromDays(400));
            behind.Client.SignOut();
            (await behind.Client.ClaimAsync(Company.Representative, seal)).Required();
            (await OcspAsync(behind, "ca-issuing-sm2-2")).ShouldBe(OcspResponseStatus.Successful);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        static async Task RefusedAsync(string authority, Func<Task<Answer>> ask)
        {
            var title = (await ask()).ShouldBeRefused(409, "issuer-not-valid", "authority").Body["title"]!.GetValue<string>();
            title.ShouldContain($"{authority}: ");
        }
    }

    private static async Task<OcspResponseStatus> OcspAsync(RunningService service, string authority)
    {
        var issuing = Certificate.Parse(await service.Client.Http.GetByteArrayAsync($"/pki/{authority}.cer", TestContext.Current.CancellationToken));
        var question = OcspRequest.Create(OcspCertId.Of(issuing, issuing), []);
        return OcspResponse.Parse(await service.Client.Http.GetByteArrayAsync(
            $"/pki/{authority}/ocsp/{Uri.EscapeDataString(Convert.ToBase64String(question))}", TestContext.Current.CancellationToken)).Status;
    }
}
