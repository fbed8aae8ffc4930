using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Keys;
using Seal.Tokens.Pkcs11;

namespace Seal.Tokens;

/// <summary>A key pair on a token that signs there: RSA (PKCS#1 1.5 or PSS, SHA-256) or ECDSA on P-256 or P-384.</summary>
public sealed class TokenSigner : ISigner
{
    private readonly Token _token;
    private Located? _located;

    private TokenSigner(Token token, string label, SignatureAlgorithm algorithm, ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        _token = token;
        Label = label;
        Algorithm = algorithm;
        SubjectPublicKeyInfo = subjectPublicKeyInfo;
    }

    /// <summary>Label of the key pair.</summary>
    public string Label { get; }

    /// <inheritdoc/>
    public SignatureAlgorithm Algorithm { get; }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <inheritdoc/>
    /// <exception cref="TokenException">The token is not there, or refused.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var isEcdsa = Algorithm is SignatureAlgorithm.EcdsaP256Sha256 or SignatureAlgorithm.EcdsaP384Sha384;
        var input = isEcdsa ? Algorithm.Digest().HashData(message) : message.ToArray();
        var mechanism = Algorithm switch
        {
            SignatureAlgorithm.RsaPkcs1Sha256 => Ck.Mechanism.Sha256RsaPkcs,
            SignatureAlgorithm.RsaPssSha256 => Ck.Mechanism.Sha256RsaPkcsPss,
            _ => Ck.Mechanism.Ecdsa,
        };
        var signature = _token.Use((session, connection) => session.Sign(Locate(session, connection), mechanism, input));
        return isEcdsa ? TokenPublicKey.EcdsaSignature(signature) : signature;
    }

    internal static TokenSigner? Find(Token token, string label, SignatureAlgorithm algorithm)
    {
        var publicKey = token.Use(session =>
            session.Find(Token.Labelled(Ck.ObjectClass.PublicKey, label), 1) is [var handle]
                ? TokenPublicKey.Read(session, handle)
                : null);
        return publicKey is null ? null : new TokenSigner(token, label, algorithm, publicKey);
    }

    internal static TokenSigner Generate(Token token, string label, SignatureAlgorithm algorithm, int rsaBits)
    {
        var publicKey = Token.Labelled(Ck.ObjectClass.PublicKey, label)
            .With(Ck.Attribute.Token, true)
            .With(Ck.Attribute.Private, false)
            .With(Ck.Attribute.Verify, true);
        var privateKey = Token.Labelled(Ck.ObjectClass.PrivateKey, label)
            .With(Ck.Attribute.Token, true)
            .With(Ck.Attribute.Private, true)
            .With(Ck.Attribute.Sensitive, true)
            .With(Ck.Attribute.Extractable, false)
            .With(Ck.Attribute.Sign, true);
        var mechanism = Ck.Mechanism.EcKeyPairGen;
        if (algorithm is SignatureAlgorithm.RsaPkcs1Sha256 or SignatureAlgorithm.RsaPssSha256)
        {
            mechanism = Ck.Mechanism.RsaKeyPairGen;
            publicKey.With(Ck.Attribute.ModulusBits, (nuint)rsaBits).With(Ck.Attribute.PublicExponent, [0x01, 0x00, 0x01]);
        }
        else
        {
            publicKey.With(Ck.Attribute.EcParams, TokenPublicKey.CurveOf(algorithm));
        }

        var subjectPublicKeyInfo = token.Use(session =>
        {
            if (session.Find(Token.Labelled(Ck.ObjectClass.PrivateKey, label), 1).Count > 0)
            {
                throw new InvalidOperationException($"{token} already has a key pair '{label}'.");
            }

            return TokenPublicKey.Read(session, session.GenerateKeyPair(mechanism, publicKey, privateKey).PublicKey);
        });

        var signer = new TokenSigner(token, label, algorithm, subjectPublicKeyInfo);
        var challenge = token.Random(32);
        return Signatures.Verify(algorithm, subjectPublicKeyInfo, challenge, signer.Sign(challenge))
            ? signer
            : throw new TokenException(token.ToString(), "C_Sign", CkResult.FunctionFailed);
    }

    /// <summary>The private key's handle, good for one connection.</summary>
    private nuint Locate(TokenSession session, TokenConnection connection)
    {
        if (_located is { } known && known.Connection == connection)
        {
            return known.Handle;
        }

        if (session.Find(Token.Labelled(Ck.ObjectClass.PrivateKey, Label), 1) is not [var handle])
        {
            throw new TokenException(_token.ToString(), CkResult.UserNotLoggedIn, $"no private key '{Label}' is visible; is somebody signed in?");
        }

        _located = new Located(connection, handle);
        return handle;
    }

    private sealed record Located(TokenConnection Connection, nuint Handle);
}
