using Seal.Cryptography.Keys;

namespace Seal.Tokens.Skf;

/// <summary>
/// The SM2 key of a container. What is signed is e = SM3(Z ‖ message) with the default identity, computed by us:
/// makers' SKF_DigestInit differ in how they take key and identity, SKF_ECCSignData does not.
/// </summary>
public sealed class SkfSigner : ISigner
{
    private readonly SkfToken _token;

    internal SkfSigner(SkfToken token, string label, ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        _token = token;
        Label = label;
        SubjectPublicKeyInfo = subjectPublicKeyInfo;
    }

    /// <summary>The container's name.</summary>
    public string Label { get; }

    /// <inheritdoc/>
    public SignatureAlgorithm Algorithm => SignatureAlgorithm.Sm2Sm3;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <inheritdoc/>
    /// <exception cref="TokenException">The device is not there, or refused, or nobody has signed in.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var digest = Sm2Digest.Of(SubjectPublicKeyInfo, message);
        return TokenPublicKey.DerSignature(_token.Use(connection =>
        {
            using var container = connection.OpenContainer(Label);
            return container.Sign(digest);
        }));
    }
}
