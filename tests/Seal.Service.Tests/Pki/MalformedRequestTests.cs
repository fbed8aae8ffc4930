using System.Net;
using System.Net.Http.Headers;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Timestamps;
using Seal.Service.Pki;
using Seal.Service.Tests.Support;

namespace Seal.Service.Tests.Pki;

/// <summary>What strangers may send to the open addresses of the authority: it is answered in the protocol's own way, and never as a failure of the service.</summary>
public sealed class MalformedRequestTests(RunningService running)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_ocsp_request_cut_off_anywhere_is_malformed_by_post_and_by_get()
    {
        var issuing = Certificate.Parse(await running.Client.GetByteArrayAsync("/pki/ca-issuing-ecdsa.cer", Ct));
        var good = OcspRequest.Create(OcspCertId.Of(issuing, issuing), [1, 2, 3, 4, 5, 6, 7, 8]);
        (await StatusAsync(good)).ShouldNotBe(OcspResponseStatus.MalformedRequest);
        for (var length = 0; length < good.Length; length++)
        {
            (await StatusAsync(good[..length])).ShouldBe(OcspResponseStatus.MalformedRequest, $"{length} bytes of {good.Length}");
            if (length > 0)
            {
                using var got = await running.Client.GetAsync($"/pki/ca-issuing-ecdsa/ocsp/{Uri.EscapeDataString(Convert.ToBase64String(good[..length]))}", Ct);
                OcspResponse.Parse(await got.Content.ReadAsByteArrayAsync(Ct)).Status.ShouldBe(OcspResponseStatus.MalformedRequest, $"{length} bytes of {good.Length}");
            }
        }
    }

    [Fact]
    public async Task A_huge_ocsp_request_is_refused()
    {
        using var posted = await PostAsync("/pki/ca-issuing-ecdsa/ocsp", "application/ocsp-request", new byte[OcspRoutes.MaximumRequestSize + 1]);
        posted.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        using var got = await running.Client.GetAsync($"/pki/ca-issuing-ecdsa/ocsp/{new string('A', 6000)}", Ct);
        OcspResponse.Parse(await got.Content.ReadAsByteArrayAsync(Ct)).Status.ShouldBe(OcspResponseStatus.MalformedRequest);
        using var longer = await running.Client.GetAsync($"/pki/ca-issuing-ecdsa/ocsp/{new string('A', 100_000)}", Ct);
        ((int)longer.StatusCode).ShouldBeInRange(400, 499);
    }

    [Fact]
    public async Task A_time_stamp_request_cut_off_anywhere_is_refused_in_the_way_of_the_standard()
    {
        var good = TimestampRequest.Create(DigestAlgorithm.Sha256, new byte[32], [1, 2, 3, 4, 5, 6, 7, 8]).RawData.ToArray();
        for (var length = 0; length < good.Length; length++)
        {
            using var answer = await PostAsync("/timestamps", "application/timestamp-query", good[..length]);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            TimestampResponse.Parse(await answer.Content.ReadAsByteArrayAsync(Ct)).Failure.ShouldBe(TimestampFailure.BadDataFormat, $"{length} bytes of {good.Length}");
        }
    }

    private async Task<OcspResponseStatus> StatusAsync(byte[] request)
    {
        using var answer = await PostAsync("/pki/ca-issuing-ecdsa/ocsp", "application/ocsp-request", request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return OcspResponse.Parse(await answer.Content.ReadAsByteArrayAsync(Ct)).Status;
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string type, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await running.Client.PostAsync(path, content, Ct);
    }
}
