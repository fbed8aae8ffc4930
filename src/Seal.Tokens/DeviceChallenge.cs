using Seal.Cryptography.Keys;

namespace Seal.Tokens;

/// <summary>
/// Proof that somebody holds a device now: its key signs random bytes of the service. What is signed begins
/// with words of its own, so that an answer can never be taken for a signature over a document: those sign DER
/// structures (first byte 30 or 31) or, doubly hashed, exactly 32 bytes, and this is neither.
/// </summary>
public static class DeviceChallenge
{
    /// <summary>Fewest random bytes of a challenge.</summary>
    public const int MinimumSize = 16;

    /// <summary>Most random bytes of a challenge.</summary>
    public const int MaximumSize = 64;

    private static ReadOnlySpan<byte> Prefix => "Seal: proof that this device is present, version 1\0"u8;

    /// <summary>Signs a challenge.</summary>
    /// <param name="signer">A key on the device.</param>
    /// <param name="random">The service's random bytes, 16 to 64 of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer or more random bytes.</exception>
    /// <exception cref="TokenException">The device is not there, or refused.</exception>
    public static byte[] Answer(ISigner signer, ReadOnlySpan<byte> random) => signer.Sign(Message(random));

    /// <summary>Whether an answer is this key's to this challenge.</summary>
    /// <param name="algorithm">How the key signs.</param>
    /// <param name="subjectPublicKeyInfo">The public key, DER, from the holder's certificate.</param>
    /// <param name="random">The random bytes that were sent; each is good for one answer, which the caller sees to.</param>
    /// <param name="answer">The signature.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer or more random bytes.</exception>
    public static bool Verify(
        SignatureAlgorithm algorithm, ReadOnlyMemory<byte> subjectPublicKeyInfo, ReadOnlySpan<byte> random, ReadOnlySpan<byte> answer) =>
        Signatures.Verify(algorithm, subjectPublicKeyInfo, Message(random), answer);

    private static byte[] Message(ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(random.Length, MinimumSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(random.Length, MaximumSize);
        return [.. Prefix, .. random];
    }
}
