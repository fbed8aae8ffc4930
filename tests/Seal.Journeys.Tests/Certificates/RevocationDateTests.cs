using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Service.Pki;
using Seal.Testing;

namespace Seal.Journeys.Tests.Certificates;

/// <summary>What is published of a revoked certificate stays as it was, whatever befalls the certificate afterwards.</summary>
[Collection(ServiceAcrossYears.Name)]
public sealed class RevocationDateTests(SharedService shared)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ApiClient Client => shared.Client;

    [Fact]
    public async Task An_encryption_certificate_is_not_revoked_later_because_its_key_is_handed_over_once_more()
    {
        using var key = SoftwareKey.Generate(SignatureAlgorithm.Sm2Sm3);
        var company = await Company.RegisterAsync(Client);
        var first = await PairAsync(company, key, null);
        var encryption = (await shared.SeeAsync(Company.Representative, $"/api/certificates/{first}"))["state"]!["pair"]!.GetValue<string>();
        var second = await PairAsync(company, key, first);
        var revokedAt = await RevokedAtAsync(encryption);

        // Lists know whole seconds only.
        shared.Service.Clock.Advance(TimeSpan.FromMinutes(1));
        await PairAsync(company, key, second);
        var events = await shared.Ledger.ReadStreamAsync($"certificate/{encryption}", Ledger.ReadUntil.All, Ct).ToListAsync(Ct);
        events[^1].Type.ShouldStartWith("certificate.key-recovered");
        (await RevokedAtAsync(encryption)).ShouldBe(revokedAt);
        revokedAt.ShouldBe(Revocations.NextSecond(events.Single(recorded => recorded.Type.StartsWith("certificate.revoked", StringComparison.Ordinal)).RecordedAt));
    }

    // A pair in the place of another for changed facts revokes it at once, without a suspension before.
    private async Task<string> PairAsync(Company company, ISigner key, string? former)
    {
        var order = await Client.ApprovedAsync(company, key, body =>
        {
            body["kind"] = "organisation-pair";
            if (former is not null)
            {
                (body["business"], body["certificate"]) = ("change", former);
            }
        });
        (await Client.OfficerAsync("IssueCertificateOrder", order)).Required();
        return (await shared.SeeAsync(Company.Representative, $"/api/certificate-orders/{order}")).StateText("issued");
    }

    private async Task<DateTimeOffset> RevokedAtAsync(string certificate) =>
        Crl.Parse(await Client.Http.GetByteArrayAsync("/pki/ca-issuing-sm2.crl", Ct)).Entries
            .Single(entry => Convert.ToHexStringLower(entry.SerialNumber.Span) == certificate).RevokedAt;
}
