using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
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
}
