using System.Security.Cryptography;
using System.Text;

namespace Seal.Service.Commands;

/// <summary>
/// Keyed digests of requests, kept with idempotency keys. A body may hold words of persons, which a plain digest would let a
/// reader of the database guess.
/// </summary>
/// <param name="key">A secret of the service, 32 bytes.</param>
public sealed class RequestDigests(ReadOnlyMemory<byte> key)
{
    /// <summary>The digest (HMAC-SHA-256) of a route and a body.</summary>
    public byte[] Of(string route, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(route);
        using var digest = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Span);
        digest.AppendData(Encoding.UTF8.GetBytes(route));
        digest.AppendData([0]);
        digest.AppendData(body);
        return digest.GetHashAndReset();
    }
}
