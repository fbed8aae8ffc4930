using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Seal.Ledger.Tests.Witnessing;

/// <summary>A witness's key in the form of <c>cosignature/v1</c>, but ECDSA, which the base library can do alone.</summary>
internal sealed class EcdsaWitnessKey(string name) : INoteSigner, INoteVerifier
{
    private readonly EcdsaNoteKey _key = new(name);

    public string Name => name;

    public uint KeyId => _key.KeyId;

    public ReadOnlyMemory<byte> Sign(ReadOnlySpan<byte> note)
    {
        var seconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var time = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, seconds);
        return new byte[][] { time, _key.Sign(Message(seconds, note)).ToArray() }.SelectMany(part => part).ToArray();
    }

    public bool Verify(ReadOnlySpan<byte> note, ReadOnlySpan<byte> signature) =>
        signature.Length > 8 && _key.Verify(Message(BinaryPrimitives.ReadInt64BigEndian(signature), note), signature[8..]);

    private static byte[] Message(long seconds, ReadOnlySpan<byte> note) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n")), .. note];
}
