using System.Security.Cryptography;

namespace Seal.Ledger.Tests;

/// <summary>A note key of type 0x02 (ECDSA P-256), which the base library can do alone.</summary>
internal sealed class EcdsaNoteKey(string name) : INoteSigner, INoteVerifier
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Name => name;

    public uint KeyId => SignedNote.KeyId(name, 0x02, key.ExportSubjectPublicKeyInfo());

    public ReadOnlyMemory<byte> Sign(ReadOnlySpan<byte> note) => key.SignData(note, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public bool Verify(ReadOnlySpan<byte> note, ReadOnlySpan<byte> signature) =>
        key.VerifyData(note, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}
