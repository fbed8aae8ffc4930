using System.Security.Cryptography;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Timestamps;
using Seal.Service.Keys;

namespace Seal.Service.Timestamps;

/// <summary>Time stamps for sealing by the service's own unit.</summary>
public sealed class OwnTimestampSource(TimestampDesk desk, TimestampUnits units, Authorities authorities) : ITimestampSource
{
    // Statement, attributes, names and signature beside the certificates.
    private const int Rest = 2048;

    /// <inheritdoc/>
    public int MaximumTokenSize =>
        Rest + units.Certificates.Sum(certificate => certificate.RawData.Length);

    /// <inheritdoc/>
    public async ValueTask<TimestampToken> StampAsync(DigestAlgorithm algorithm, ReadOnlyMemory<byte> digest, CancellationToken cancellation)
    {
        var request = TimestampRequest.Create(algorithm, digest.Span, RandomNumberGenerator.GetBytes(TimestampAnswers.NonceSize));
        var answer = await desk.AnswerAsync(request.RawData, cancellation);
        return TimestampAnswers.Verified(answer, request, authorities.Roots, "the service's own authority");
    }
}
