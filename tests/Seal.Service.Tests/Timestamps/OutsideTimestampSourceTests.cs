using Microsoft.AspNetCore.Http;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Timestamps;
using Seal.Service.Timestamps;

namespace Seal.Service.Tests.Timestamps;

public sealed class OutsideTimestampSourceTests : IAsyncLifetime
{
    private static readonly byte[] Digest = DigestAlgorithm.Sha256.HashData("signature value"u8);

    private OutsideAuthority? _authority;

    private OutsideAuthority Authority => _authority!;

    public async ValueTask InitializeAsync() => _authority = await OutsideAuthority.StartAsync();

    public ValueTask DisposeAsync() => _authority?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task An_outside_authoritys_stamp_is_taken_once_it_verifies()
    {
        using var source = Source();
        var token = await source.StampAsync(DigestAlgorithm.Sha256, Digest, TestContext.Current.CancellationToken);
        token.Info.MessageImprint.Is(DigestAlgorithm.Sha256, Digest).ShouldBeTrue();
        token.Info.Policy.ShouldBe("1.2.3.4");
    }

    [Fact]
    public async Task A_refusal_outside_is_told_with_its_reason() =>
        (await FailsAsync(algorithm: DigestAlgorithm.Sm3)).ShouldContain(nameof(TimestampFailure.BadAlgorithm));

    [Fact]
    public async Task A_stamp_under_a_root_that_is_not_trusted_is_refused_and_says_where_to_put_the_root()
    {
        using var source = new OutsideTimestampSource(Authority.Address, TimeSpan.FromSeconds(10), []);
        (await FailsAsync(source)).ShouldContain("Seal:Documents:TrustedRoots");
    }

    [Fact]
    public async Task An_answer_to_another_request_is_refused()
    {
        Answer(_ => TimestampRequest.Create(DigestAlgorithm.Sha256, Digest, [1, 2, 3, 4, 5, 6, 7, 8]));
        (await FailsAsync()).ShouldContain("nonce");
        Answer(request => TimestampRequest.Create(DigestAlgorithm.Sha256, new byte[32], request.Nonce!.Value.ToByteArray(isUnsigned: true, isBigEndian: true)));
        (await FailsAsync()).ShouldContain(nameof(TimestampStatus.ImprintMismatch));
        Answer(request => TimestampRequest.Create(DigestAlgorithm.Sm3, Digest, request.Nonce!.Value.ToByteArray(isUnsigned: true, isBigEndian: true)));
        (await FailsAsync()).ShouldContain("another kind of digest");
    }

    [Fact]
    public async Task An_answer_that_is_none_is_refused()
    {
        Authority.Answer = (_, _) => Task.FromResult("<html>"u8.ToArray());
        (await FailsAsync()).ShouldContain("answers no time stamp");
        Authority.Answer = (_, _) => Task.FromResult(new byte[1_000_000]);
        (await FailsAsync()).ShouldContain("cannot be asked");
        Authority.Answer = (http, _) => With(http, "text/html", 200);
        (await FailsAsync()).ShouldContain("text/html");
        Authority.Answer = (http, _) => With(http, "text/html", 503);
        (await FailsAsync()).ShouldContain("503");
        Authority.Answer = (http, _) =>
        {
            http.Response.Headers.Location = "/elsewhere";
            return With(http, "text/html", 307);
        };
        (await FailsAsync()).ShouldContain("307");
    }

    [Fact]
    public async Task An_authority_that_does_not_answer_in_time_is_given_up()
    {
        Authority.Answer = async (http, _) =>
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return [];
        };
        using var hasty = new OutsideTimestampSource(Authority.Address, TimeSpan.FromMilliseconds(200), [Authority.Root]);
        (await FailsAsync(hasty)).ShouldContain("did not answer within 0.2 seconds");
    }

    [Fact]
    public async Task An_authority_that_is_not_there_is_told()
    {
        var address = Authority.Address;
        await Authority.DisposeAsync();
        _authority = null;
        using var source = new OutsideTimestampSource(address, TimeSpan.FromSeconds(10), []);
        (await FailsAsync(source)).ShouldContain("cannot be asked");
    }

    private OutsideTimestampSource Source() => new(Authority.Address, TimeSpan.FromSeconds(20), [Authority.Root]);

    private void Answer(Func<TimestampRequest, TimestampRequest> instead) => Authority.Answer = (_, request) =>
        Task.FromResult(Authority.Stamps.Answer(instead(TimestampRequest.Parse(request)), TimeProvider.System.GetUtcNow(), new byte[20]).RawData.ToArray());

    private static Task<byte[]> With(HttpContext http, string type, int status)
    {
        http.Response.ContentType = type;
        http.Response.StatusCode = status;
        return Task.FromResult(Array.Empty<byte>());
    }

    private async Task<string> FailsAsync(DigestAlgorithm algorithm = DigestAlgorithm.Sha256)
    {
        using var source = Source();
        return await FailsAsync(source, algorithm);
    }

    private static async Task<string> FailsAsync(OutsideTimestampSource source, DigestAlgorithm algorithm = DigestAlgorithm.Sha256) =>
        (await Should.ThrowAsync<TimestampException>(source.StampAsync(algorithm, Digest, TestContext.Current.CancellationToken).AsTask())).Message;
}
