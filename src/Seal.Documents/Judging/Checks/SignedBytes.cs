using Seal.Cryptography.Algorithms;
using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>Hashes the ranges a signature covers.</summary>
internal static class SignedBytes
{
    private const int Piece = 128 * 1024;

    /// <summary>The digest of two ranges of the file; they have been checked to lie inside it.</summary>
    public static byte[] Digest(PdfFile file, IReadOnlyList<long> byteRange, DigestAlgorithm algorithm)
    {
        using IncrementalDigest digest = new(algorithm);
        var buffer = new byte[Piece];
        Append(file, digest, buffer, byteRange[0], byteRange[1]);
        Append(file, digest, buffer, byteRange[2], byteRange[3]);
        return digest.Finish();
    }

    private static void Append(PdfFile file, IncrementalDigest digest, byte[] buffer, long start, long length)
    {
        while (length > 0)
        {
            var got = file.Bytes.Read(start, buffer.AsSpan(0, (int)Math.Min(length, buffer.Length)));
            if (got == 0)
            {
                throw new PdfFormatException(PdfProblem.Truncated, "the file ended while it was hashed");
            }

            file.Budget.SpendTime(got >> 6);
            digest.Append(buffer.AsSpan(0, got));
            start += got;
            length -= got;
        }
    }
}
