using System.Text.Json.Nodes;
using Seal.Documents.Pdf;
using Seal.Domain.Signings;
using Seal.Service.Settings;
using Seal.Testing;
using static Seal.Testing.Company;

namespace Seal.Journeys.Tests.SealLife;

/// <summary>How far the service's signatures can be proven later, as its settings say.</summary>
public sealed class SealingLevelTests
{
    [Fact]
    public async Task A_service_set_to_it_seals_with_time_stamps_and_revocation_states_in_the_file()
    {
        await using var service = await StartAsync(new SealingSettings { Level = SignatureLevel.Archival });
        var company = await Company.RegisterAsync(service.Client);
        foreach (var algorithm in new[] { "ecdsa-p256", "rsa2048", "sm2" })
        {
            var seal = await company.ClaimSealAsync(algorithm switch { "rsa2048" => "finance", "sm2" => "invoice", _ => "contract" }, algorithm);
            (var signing, var document) = await SealAsync(service, company, seal);
            (signing.StateText("level"), signing["state"]!["stampedAt"] is not null).ShouldBe(("archival", true));

            var judged = (await service.Client.VerifyAsync(document)).Required();
            judged.Text("verdict").ShouldBe("TOTAL_PASSED", $"{algorithm}: {judged.Body.ToJsonString()}");
            judged.Body["signatures"]!.AsArray().Count.ShouldBe(2);
        }
    }

    [Fact]
    public async Task SM2_seals_are_SES_signatures_where_that_is_set()
    {
        await using var service = await StartAsync(new SealingSettings { Sm2Format = SealFormat.Ses, Sm2SubFilter = "GM.sm2seal" });
        var company = await Company.RegisterAsync(service.Client);
        (var signing, var document) = await SealAsync(service, company, await company.ClaimSealAsync("contract", "sm2"));
        signing.StateText("level").ShouldBe("timestamped");
        document.AsSpan().IndexOf("/SubFilter /GM.sm2seal"u8).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Without_its_time_stamping_authority_a_service_refuses_or_states_the_lower_level()
    {
        // Nobody listens at the discard port.
        var nobody = new TimestampSettings { OutsideUrl = "http://127.0.0.1:9/" };
        await using (var strict = await RunningService.StartAsync(settings => settings with { Timestamps = nobody }))
        {
            var company = await Company.RegisterAsync(strict.Client);
            var seal = await company.ClaimSealAsync("contract");
            var answer = await company.SealAsync(seal, await strict.Client.UploadAsync(Representative, SampleDocuments.Pdf()));
            answer.ShouldBeRefused(409, "signature-failed");
            answer.Body.ToJsonString().ShouldContain("timestamp-unavailable");
        }

        await using var lenient = await RunningService.StartAsync(settings => settings with
        {
            Timestamps = nobody,
            Sealing = new SealingSettings { WhenUnavailable = Unavailability.Lower },
        });
        var other = await Company.RegisterAsync(lenient.Client);
        (var signing, var document) = await SealAsync(lenient, other, await other.ClaimSealAsync("contract"));
        signing.StateText("level").ShouldBe("basic");
        (await lenient.Client.VerifyAsync(document)).Required().Text("verdict").ShouldBe("TOTAL_PASSED");
    }

    private static Task<RunningService> StartAsync(SealingSettings sealing) => RunningService.StartAsync(settings => settings with { Sealing = sealing });

    private static async Task<(JsonObject Signing, byte[] Document)> SealAsync(RunningService service, Company company, string seal)
    {
        var answer = (await company.SealAsync(seal, await service.Client.UploadAsync(Representative, SampleDocuments.Pdf()))).Required();
        return ((await service.Client.GetAsync(Representative, $"/api/signings/{answer.Id}")).Required().Body, await service.Client.FetchAsync(Representative, answer.Id));
    }
}
