using System.Security.Cryptography;
using Seal.Benchmarks.Measuring;
using Seal.Cryptography.Certificates;
using Seal.Documents.Ses;
using Seal.Testing;

namespace Seal.Benchmarks.Keys;

/// <summary>
/// Answers by OCSP a second, asked over HTTP of the service in a process of its own, as anybody asks: connections kept, on this machine, whose
/// processors the callers use as well. Against the rate wanted, 2,000 a second.
/// </summary>
internal sealed class OcspRows(Report report)
{
    private const string Kept = "OCSP over HTTP, GET, 16 callers";
    private const string Fresh = "OCSP over HTTP, POST with nonce, 16 callers";
    private const int Callers = 16;
    private const double Wanted = 2_000;

    // Those with a nonce are signed one by one, by a key in the token: held to half of it.
    private const double FreshPart = 0.5;

    public async Task RunAsync()
    {
        if (!report.Wants(Kept, Fresh))
        {
            return;
        }

        var folder = TestFolder.Create("seal-bench-");
        using var service = await ServiceProcess.StartAsync(folder, new Dictionary<string, string> { ["Seal__OpenRequestsPerMinute"] = "100000000" });
        try
        {
            await MeasureAsync(service);
        }
        finally
        {
            await service.KillAsync();
            await service.KillPostgresAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task MeasureAsync(ServiceProcess service)
    {
        using var client = await ApiClient.ConnectAsync(service.Url);
        var (leaf, issuing) = await CertificateAsync(client);
        using var http = new HttpClient { BaseAddress = new Uri(service.Url) };
        var address = $"/pki/ca-issuing-ecdsa/ocsp/{Uri.EscapeDataString(Convert.ToBase64String(OcspRequest.Create(OcspCertId.Of(leaf, issuing), [])))}";
        await RowAsync(Kept, 1, () => http.GetByteArrayAsync(address));
        await RowAsync(Fresh, FreshPart, async () =>
        {
            using ByteArrayContent question = new(OcspRequest.Create(OcspCertId.Of(leaf, issuing), RandomNumberGenerator.GetBytes(16)));
            question.Headers.ContentType = new("application/ocsp-request");
            using var answer = await http.PostAsync("/pki/ca-issuing-ecdsa/ocsp", question);
            return await answer.Content.ReadAsByteArrayAsync();
        });

        async Task RowAsync(string row, double part, Func<Task<byte[]>> ask)
        {
            report.Say($"{row}: wanted {Wanted * part:#,0} a second");
            Require(await ask(), issuing);
            List<double> rates = [];
            for (var round = 0; round < KeysArea.Rounds; round++)
            {
                rates.Add(report.Told("answers/s", await ClosedLoop.RateAsync(Callers, KeysArea.WarmUp, KeysArea.Length, async _ => await ask())));
            }

            Require(await ask(), issuing);
            report.Add(BenchRow.AtLeast(row, ClosedLoop.Median(rates), Wanted, "answers/s", part));
        }
    }

    private static async Task<(Certificate Leaf, Certificate Issuing)> CertificateAsync(ApiClient client)
    {
        var seal = await (await Company.RegisterAsync(client)).ClaimSealAsync("contract");
        var data = SesSealData.Parse(await client.DownloadAsync(Company.Representative, $"/api/seals/{seal}/data"));
        return (Certificate.Parse(data.SignerCertificates[0]), Certificate.Parse(await client.Http.GetByteArrayAsync("/pki/ca-issuing-ecdsa.cer")));
    }

    private static void Require(byte[] der, Certificate issuing)
    {
        var answer = OcspResponse.Parse(der);
        if (answer.Status != OcspResponseStatus.Successful || answer.Statements.Single().Finding is not RevocationFinding.Good || !answer.IsSignedFor(issuing))
        {
            throw new InvalidOperationException($"The answer is {answer.Status} and no good one.");
        }
    }
}
