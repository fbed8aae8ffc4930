using System.Buffers.Binary;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Notes;

/// <summary>A witness's key (C2SP tlog-cosignature, Ed25519, <c>cosignature/v1</c>).</summary>
/// <param name="name">Key name: not empty, no white space, no plus sign; best an address without a scheme.</param>
/// <param name="signer">
/// The key; stays the caller's to dispose. It must not be the key of another witness: the name is not part of what is signed.
/// </param>
/// <param name="clock">Says when a cosignature is made.</param>
public sealed class CosignatureKey(string name, ISigner signer, TimeProvider clock)
{
    /// <summary>The public half.</summary>
    public CosignatureVerifier Verifier { get; } = new(name, signer.Algorithm, signer.SubjectPublicKeyInfo);

    /// <summary>The key name.</summary>
    public string Name => Verifier.Name;

    /// <summary>The key id, as in <see cref="CosignatureVerifier.KeyId"/>.</summary>
    public uint KeyId => Verifier.KeyId;

    /// <summary>Cosigns the note text (its final line feed included) as of now: time (8 bytes, big-endian POSIX seconds) and signature, without the key id in front.</summary>
    public byte[] Sign(ReadOnlySpan<byte> note)
    {
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds();
        var time = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, seconds);
        return [.. time, .. signer.Sign(CosignatureVerifier.Message(seconds, note))];
    }
}
