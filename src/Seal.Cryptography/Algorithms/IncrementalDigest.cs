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
    private readonly IncrementalHash? sha;
    private readonly Sm3Hash? sm3;

    /// <summary>An empty digest of the given kind.</summary>
    public IncrementalDigest(DigestAlgorithm algorithm)
    {
        Algorithm = algorithm;
        if (algorithm == DigestAlgorithm.Sm3)
            sm3 = new Sm3Hash();
        else
            sha = IncrementalHash.CreateHash(algorithm.BaseLibraryName());
    }

    /// <summary>Which digest this is.</summary>
    public DigestAlgorithm Algorithm { get; }

    /// <summary>Adds the next piece.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        sha?.AppendData(data);
        sm3?.Append(data);
    }

    /// <summary>Adds the next <paramref name="length"/> bytes of a stream.</summary>
    /// <exception cref="EndOfStreamException">The stream ended before.</exception>
    public async ValueTask AppendAsync(Stream source, long length, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(length, 1, BufferSize));
        try
        {
            while (length > 0)
            {
                Memory<byte> room = buffer.AsMemory(0, (int)Math.Min(length, buffer.Length));
                int read = await source.ReadAsync(room, cancellationToken);
                if (read == 0)
                    throw new EndOfStreamException($"The stream ended {length} bytes early.");
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
    public byte[] Finish() => sha?.GetHashAndReset() ?? sm3!.Finish();

    /// <inheritdoc/>
    public void Dispose()
    {
        sha?.Dispose();
        sm3?.Dispose();
    }
}
