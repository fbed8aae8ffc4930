using System.Security.Cryptography;

namespace Seal.Ledger.Tests;

/// <summary>A note key of type 0x02 (ECDSA P-256), which the base library can do alone.</summary>
internal sealed class EcdsaNoteKey(string name) : INoteSigner, INoteVerifier
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Name => name;

    public uint KeyId => SignedNote.KeyId(name, 0x02, _key.ExportSubjectPublicKeyInfo());

    public ReadOnlyMemory<byte> Sign(ReadOnlySpan<byte> note) => _key.SignData(note, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public bool Verify(ReadOnlySpan<byte> note, ReadOnlySpan<byte> signature) =>
        _key.VerifyData(note, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}
