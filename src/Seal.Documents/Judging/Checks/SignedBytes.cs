using Seal.Cryptography.Algorithms;
using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>
/// Hashes the ranges that signatures cover. Each signature of a file covers nearly all that the one before it does, so what
/// they share is hashed once: many signatures cost no more than the file is long.
/// </summary>
internal sealed class SignedBytes(PdfFile file) : IDisposable
{
    private const int Piece = 128 * 1024;

    private readonly Dictionary<DigestAlgorithm, (ForkableDigest Digest, long At)> _shared = [];
    private readonly byte[] _buffer = new byte[Piece];

    /// <summary>The digest of two ranges of the file, the first of which begins at 0; they have been checked to lie inside it.</summary>
    public byte[] Digest(IReadOnlyList<long> byteRange, DigestAlgorithm algorithm)
    {
        using var digest = UpTo(byteRange[1], algorithm).Fork();
        Append(digest, byteRange[2], byteRange[3]);
        return digest.Finish();
    }

    /// <summary>SM3 of a prefix and then of two ranges of the file.</summary>
    public byte[] Sm3Digest(ReadOnlySpan<byte> prefix, IReadOnlyList<long> byteRange)
    {
        using ForkableDigest digest = new(DigestAlgorithm.Sm3);
        digest.Append(prefix);
        Append(digest, 0, byteRange[1]);
        Append(digest, byteRange[2], byteRange[3]);
        return digest.Finish();
    }

    /// <summary>SHA-256 of the whole file.</summary>
    public byte[] DigestOfFile()
    {
        using var digest = UpTo(file.Length, DigestAlgorithm.Sha256).Fork();
        return digest.Finish();
    }

    public void Dispose()
    {
        foreach ((var digest, _) in _shared.Values)
        {
            digest.Dispose();
        }

        _shared.Clear();
    }

    private ForkableDigest UpTo(long end, DigestAlgorithm algorithm)
    {
        if (!_shared.TryGetValue(algorithm, out var shared) || shared.At > end)
        {
            shared.Digest?.Dispose();
            shared = (new ForkableDigest(algorithm), 0);
        }

        Append(shared.Digest, shared.At, end - shared.At);
        _shared[algorithm] = (shared.Digest, end);
        return shared.Digest;
    }

    private void Append(ForkableDigest digest, long start, long length)
    {
        while (length > 0)
        {
            var got = file.Bytes.Read(start, _buffer.AsSpan(0, (int)Math.Min(length, _buffer.Length)));
            if (got == 0)
            {
                throw new PdfFormatException(PdfProblem.Truncated, "the file ended while it was hashed");
            }

            file.Budget.SpendTime(got >> 6);
            digest.Append(_buffer.AsSpan(0, got));
            start += got;
            length -= got;
        }
    }
}
