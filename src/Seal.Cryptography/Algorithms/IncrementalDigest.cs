using System.Buffers;
using System.Security.Cryptography;

namespace Seal.Cryptography.Algorithms;

/// <summary>
/// One of the accepted digests over data that comes in pieces, so that a large file never has to be in
/// memory. Not for use by several threads at once.
/// </summary>
public sealed class IncrementalDigest : IDisposable
{
    private const int BufferSize = 128 * 1024;
    private readonly IncrementalHash? _sha;
    private readonly Sm3Hash? _sm3;

    /// <summary>An empty digest of the given kind.</summary>
    public IncrementalDigest(DigestAlgorithm algorithm)
    {
        Algorithm = algorithm;
        if (algorithm == DigestAlgorithm.Sm3)
        {
            _sm3 = new Sm3Hash();
        }
        else
        {
            _sha = IncrementalHash.CreateHash(algorithm.BaseLibraryName());
        }
    }

    /// <summary>Which digest this is.</summary>
    public DigestAlgorithm Algorithm { get; }

    /// <summary>Adds the next piece.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        _sha?.AppendData(data);
        _sm3?.Append(data);
    }

    /// <summary>Adds the next <paramref name="length"/> bytes of a stream.</summary>
    /// <exception cref="EndOfStreamException">The stream ended before.</exception>
    public async ValueTask AppendAsync(Stream source, long length, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(length, 1, BufferSize));
        try
        {
            while (length > 0)
            {
                var room = buffer.AsMemory(0, (int)Math.Min(length, buffer.Length));
                var read = await source.ReadAsync(room, cancellationToken);
                if (read == 0)
                {
                    throw new EndOfStreamException($"The stream ended {length} bytes early.");
                }

                Append(buffer.AsSpan(0, read));
                length -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The digest of everything added; the object is then empty again.</summary>
    public byte[] Finish() => _sha?.GetHashAndReset() ?? _sm3!.Finish();

    /// <inheritdoc/>
    public void Dispose()
    {
        _sha?.Dispose();
        _sm3?.Dispose();
    }
}
