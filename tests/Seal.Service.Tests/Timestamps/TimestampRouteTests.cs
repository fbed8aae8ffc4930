using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Timestamps;
using Seal.Service.Settings;
using Seal.Service.Tests.Support;
using Seal.Service.Timestamps;

namespace Seal.Service.Tests.Timestamps;

public sealed class TimestampRouteTests(RunningService running)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sha256")]
    [InlineData("sha512")]
    [InlineData("sm3")]
    public async Task Openssl_accepts_a_stamp_of_the_running_service(string digest)
    {
        using var openSsl = new OpenSsl();
        openSsl.Write("data", "the contract"u8);
        await openSsl.AcceptsAsync("ts", "-query", "-data", "data", $"-{digest}", "-cert", "-out", "query.tsq");
        var (status, type, body) = await PostAsync(await File.ReadAllBytesAsync(openSsl.PathOf("query.tsq"), Ct));
        status.ShouldBe(HttpStatusCode.OK);
        type.ShouldBe("application/timestamp-reply");
        openSsl.Write("reply.tsr", body);
        openSsl.Write("roots.pem", await running.Client.GetStringAsync("/pki/roots.pem", Ct));
        await openSsl.AcceptsAsync("ts", "-verify", "-queryfile", "query.tsq", "-in", "reply.tsr", "-CAfile", "roots.pem");
        (await openSsl.AcceptsAsync("ts", "-reply", "-in", "reply.tsr", "-text")).ShouldContain("Accuracy: 0x01 seconds");
        openSsl.Write("data", "another contract"u8);
        (await openSsl.RunAsync("ts", "-verify", "-data", "data", "-in", "reply.tsr", "-CAfile", "roots.pem")).Exit.ShouldNotBe(0);
    }

    [Fact]
    public async Task Every_stamp_has_a_number_of_its_own_and_the_present_time()
    {
        var request = TimestampRequest.Create(DigestAlgorithm.Sha256, new byte[32], [1, 2, 3, 4, 5, 6, 7, 8]).RawData.ToArray();
        var before = TimeProvider.System.GetUtcNow().AddMilliseconds(-1);
        var first = TimestampResponse.Parse((await PostAsync(request)).Body).Token!.Info;
        var second = TimestampResponse.Parse((await PostAsync(request)).Body).Token!.Info;
        first.SerialNumber.ToArray().ShouldNotBe(second.SerialNumber.ToArray());
        first.Time.ShouldBeInRange(before, TimeProvider.System.GetUtcNow());
        second.Time.ShouldBeGreaterThanOrEqualTo(first.Time);
        first.Policy.ShouldBe(new TimestampSettings().Policy);
    }

    [Fact]
    public async Task What_cannot_be_stamped_is_refused_in_the_way_of_the_standard()
    {
        var (status, type, body) = await PostAsync("no request at all"u8.ToArray());
        status.ShouldBe(HttpStatusCode.OK);
        type.ShouldBe("application/timestamp-reply");
        TimestampResponse.Parse(body).Failure.ShouldBe(TimestampFailure.BadDataFormat);
        TimestampResponse.Parse((await PostAsync([])).Body).Failure.ShouldBe(TimestampFailure.BadDataFormat);

        var other = TimestampRequest.Create(DigestAlgorithm.Sha256, new byte[32], [1, 2, 3, 4, 5, 6, 7, 8], "1.2.3.4");
        TimestampResponse.Parse((await PostAsync(other.RawData.ToArray())).Body).Failure.ShouldBe(TimestampFailure.UnacceptedPolicy);
    }

    [Fact]
    public async Task What_is_no_request_over_HTTP_is_a_problem()
    {
        await RefusedAsync(await SendAsync([], "application/octet-stream"), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        await RefusedAsync(await SendAsync([], null), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        await RefusedAsync(await SendAsync(new byte[TimestampRoutes.MaximumRequestSize + 1]), HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        await RefusedAsync(await running.Client.GetAsync("/timestamps", Ct), HttpStatusCode.MethodNotAllowed, "method-not-allowed");
    }

    [Fact]
    public async Task What_is_sealed_here_gets_its_stamps_from_here()
    {
        var source = running.Service.Services.GetRequiredService<ITimestampSource>();
        foreach (var algorithm in (DigestAlgorithm[])[DigestAlgorithm.Sha256, DigestAlgorithm.Sha384, DigestAlgorithm.Sm3])
        {
            var digest = algorithm.HashData("signature value"u8);
            var token = await source.StampAsync(algorithm, digest, Ct);
            token.Info.MessageImprint.Is(algorithm, digest).ShouldBeTrue();
            token.RawData.Length.ShouldBeLessThanOrEqualTo(source.MaximumTokenSize);
        }
    }

    private async Task<(HttpStatusCode Status, string? Type, byte[] Body)> PostAsync(byte[] request)
    {
        using var answer = await SendAsync(request);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsByteArrayAsync(Ct));
    }

    private async Task<HttpResponseMessage> SendAsync(byte[] body, string? type = "application/timestamp-query")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        return await running.Client.PostAsync("/timestamps", content, Ct);
    }

    private static async Task RefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        using (answer)
        {
            answer.StatusCode.ShouldBe(status);
            ((string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!["code"]).ShouldBe(code);
        }
    }
}
