using System.Net.Http.Headers;
using System.Security.Cryptography;
using Seal.Cryptography;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Timestamps;

namespace Seal.Service.Timestamps;

/// <summary>Time stamps for sealing by an authority elsewhere, over HTTP (RFC 3161 §3.4).</summary>
public sealed class OutsideTimestampSource : ITimestampSource, IDisposable
{
    /// <summary>Media type of a request.</summary>
    public const string QueryType = "application/timestamp-query";

    /// <summary>Media type of an answer.</summary>
    public const string ReplyType = "application/timestamp-reply";

    private const int MaximumAnswerSize = 32 * 1024;

    private readonly Uri _address;
    private readonly IReadOnlyCollection<Certificate> _trustAnchors;
    // Whoever answers there is asked, and nobody it points to.
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
    private readonly HttpClient _http;

    /// <param name="address">The authority's address.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="trustAnchors">Roots under which its certificate must lie.</param>
    public OutsideTimestampSource(Uri address, TimeSpan timeout, IReadOnlyCollection<Certificate> trustAnchors)
    {
        _address = address;
        _trustAnchors = trustAnchors;
        _http = new HttpClient(_handler, disposeHandler: false)
        {
            Timeout = timeout,
            MaxResponseContentBufferSize = MaximumAnswerSize,
        };
    }

    /// <inheritdoc/>
    public int MaximumTokenSize => MaximumAnswerSize;

    /// <inheritdoc/>
    public async ValueTask<TimestampToken> StampAsync(DigestAlgorithm algorithm, ReadOnlyMemory<byte> digest, CancellationToken cancellation)
    {
        var request = TimestampRequest.Create(algorithm, digest.Span, RandomNumberGenerator.GetBytes(TimestampAnswers.NonceSize));
        try
        {
            var answer = TimestampResponse.Parse(await AskAsync(request, cancellation));
            return TimestampAnswers.Verified(answer, request, _trustAnchors, _address.Host);
        }
        catch (DerFormatException unreadable)
        {
            throw new TimestampException($"{_address.Host} answers no time stamp: {unreadable.Message}", unreadable);
        }
        catch (HttpRequestException failed)
        {
            throw new TimestampException($"The time-stamping authority at {_address.Host} cannot be asked: {failed.Message}", failed);
        }
        catch (TaskCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new TimestampException($"The time-stamping authority at {_address.Host} did not answer within {_http.Timeout.TotalSeconds:0.#} seconds.", late);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }

    private async Task<byte[]> AskAsync(TimestampRequest request, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ReadOnlyMemoryContent(request.RawData) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(QueryType);
        message.Headers.Accept.ParseAdd(ReplyType);
        using var answer = await _http.SendAsync(message, cancellation);
        answer.EnsureSuccessStatusCode();
        return answer.Content.Headers.ContentType?.MediaType == ReplyType
            ? await answer.Content.ReadAsByteArrayAsync(cancellation)
            : throw new TimestampException($"{_address.Host} answers {answer.Content.Headers.ContentType?.MediaType ?? "no media type"} instead of {ReplyType}.");
    }
}
