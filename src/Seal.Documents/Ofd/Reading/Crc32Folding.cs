using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Seal.Documents.Ofd;

/// <summary>
/// Makes data short for the CRC-32 (V. Gopal et al., "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction",
/// Intel 2009): each step takes 16 bytes away and leaves the remainder by the polynomial as it was. Four run beside each other, as
/// one would wait for its multiplication.
/// </summary>
internal static class Crc32Folding
{
    /// <summary>The shortest data that can be folded, in bytes.</summary>
    public const int Shortest = 4 * FoldedLength;

    /// <summary>How long folded data are, in bytes.</summary>
    public const int FoldedLength = 16;

    public static bool IsSupported => Pclmulqdq.IsSupported;

    // x to the power of 512 + 32 and 512 - 32, of 128 + 32 and 128 - 32, by the polynomial, bits in reverse (ibid., table for CRC-32).
    private static Vector128<ulong> Over64 => Vector128.Create(0x0154442bd4UL, 0x01c6e41596UL);

    private static Vector128<ulong> Over16 => Vector128.Create(0x01751997d0UL, 0x00ccaa009eUL);

    /// <summary>Folds whole blocks of 16 bytes.</summary>
    /// <param name="register">The checksum's register before the data; it is in the result, and begins with 0 after it.</param>
    /// <param name="data">At least <see cref="Shortest"/> bytes.</param>
    /// <param name="folded">Gets the 16 bytes that stand for what was folded.</param>
    /// <returns>The rest of the data, less than 16 bytes.</returns>
    public static ReadOnlySpan<byte> Fold(uint register, ReadOnlySpan<byte> data, scoped Span<byte> folded)
    {
        var blocks = MemoryMarshal.Cast<byte, Vector128<ulong>>(data);
        var (a, b, c, d) = (blocks[0] ^ Vector128.CreateScalar((ulong)register), blocks[1], blocks[2], blocks[3]);
        var at = 4;
        for (; at + 4 <= blocks.Length; at += 4)
        {
            a = Step(a, Over64) ^ blocks[at];
            b = Step(b, Over64) ^ blocks[at + 1];
            c = Step(c, Over64) ^ blocks[at + 2];
            d = Step(d, Over64) ^ blocks[at + 3];
        }

        var all = Step(Step(Step(a, Over16) ^ b, Over16) ^ c, Over16) ^ d;
        for (; at < blocks.Length; at++)
        {
            all = Step(all, Over16) ^ blocks[at];
        }

        all.AsByte().CopyTo(folded);
        return data[(at * FoldedLength)..];
    }

    private static Vector128<ulong> Step(Vector128<ulong> block, Vector128<ulong> by) =>
        Pclmulqdq.CarrylessMultiply(block, by, 0x00) ^ Pclmulqdq.CarrylessMultiply(block, by, 0x11);
}
