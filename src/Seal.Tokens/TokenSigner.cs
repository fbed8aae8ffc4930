using Seal.Cryptography.Keys;
using Seal.Tokens.Pkcs11;

namespace Seal.Tokens;

/// <summary>A key pair on a token that signs there: RSA (PKCS#1 1.5 or PSS, SHA-256), ECDSA on P-256 or P-384, or SM2 by a device profile.</summary>
public sealed class TokenSigner : ISigner
{
    private readonly Token _token;
    private readonly SigningRecipe _recipe;
    private readonly Func<nuint, AttributeTemplate> _place;
    private Located? _located;

    private TokenSigner(
        Token token,
        string label,
        Func<nuint, AttributeTemplate> place,
        SigningRecipe recipe,
        SignatureAlgorithm algorithm,
        ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        _token = token;
        _place = place;
        _recipe = recipe;
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
        var input = _recipe.Input(SubjectPublicKeyInfo, message);
        return _recipe.Output(_token.Use((session, connection) =>
            session.Sign(Locate(session, connection), _recipe.Mechanism, _recipe.Parameter, input)));
    }

    internal static TokenSigner? Find(Token token, string label, SigningRecipe recipe, SignatureAlgorithm algorithm)
    {
        var publicKey = token.Use(session =>
            session.Find(Token.Labelled(Ck.ObjectClass.PublicKey, label)) is [var handle, ..]
                ? TokenPublicKey.Read(session, handle)
                : null);
        return publicKey is null ? null : new TokenSigner(token, label, Labelled(label), recipe, algorithm, publicKey);
    }

    internal static TokenSigner Open(Token token, DeviceEntry entry, SigningRecipe recipe, SignatureAlgorithm algorithm) =>
        entry is { HasPrivateKey: true, SubjectPublicKeyInfo.IsEmpty: false }
            ? new TokenSigner(token, entry.Label, objectClass => Of(objectClass, entry), recipe, algorithm, entry.SubjectPublicKeyInfo)
            : throw new TokenException(
                token.ToString(), TokenFailure.Refused, $"'{entry.Label}' has no visible key pair to sign with; is somebody signed in?");

    internal static TokenSigner Generate(Token token, string label, SigningRecipe recipe, SignatureAlgorithm algorithm, int rsaBits)
    {
        var signer = Make(token, label, recipe, algorithm, rsaBits);
        var challenge = token.Random(32);
        return Signatures.Verify(algorithm, signer.SubjectPublicKeyInfo, challenge, signer.Sign(challenge))
            ? signer
            : throw new TokenException(token.ToString(), CkResult.FunctionFailed, "the new key's first signature is not one");
    }

    /// <summary>Makes a key pair and does not try it.</summary>
    internal static TokenSigner Make(Token token, string label, SigningRecipe recipe, SignatureAlgorithm algorithm, int rsaBits)
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
        var mechanism = recipe.KeyPair(publicKey, privateKey, rsaBits);
        var subjectPublicKeyInfo = token.Change(session =>
        {
            if (session.Find(Token.Labelled(Ck.ObjectClass.PrivateKey, label)).Count > 0)
            {
                throw new InvalidOperationException($"{token} already has a key pair '{label}'.");
            }

            return TokenPublicKey.Read(session, session.GenerateKeyPair(mechanism, publicKey, privateKey).PublicKey);
        });
        return new TokenSigner(token, label, Labelled(label), recipe, algorithm, subjectPublicKeyInfo);
    }

    /// <summary>Destroys both keys of a label.</summary>
    internal static void Destroy(Token token, string label) => token.Change(session =>
    {
        foreach (var objectClass in (nuint[])[Ck.ObjectClass.PrivateKey, Ck.ObjectClass.PublicKey])
        {
            foreach (var handle in session.Find(Token.Labelled(objectClass, label)))
            {
                session.DestroyObject(handle);
            }
        }

        return true;
    });

    private static Func<nuint, AttributeTemplate> Labelled(string label) => objectClass => Token.Labelled(objectClass, label);

    private static AttributeTemplate Of(nuint objectClass, DeviceEntry entry)
    {
        var template = new AttributeTemplate().With(Ck.Attribute.Class, objectClass);
        return entry.Id.IsEmpty
            ? template.With(Ck.Attribute.Label, System.Text.Encoding.UTF8.GetBytes(entry.Label))
            : template.With(Ck.Attribute.Id, entry.Id.Span);
    }

    /// <summary>The private key's handle, good for one connection.</summary>
    private nuint Locate(TokenSession session, TokenConnection connection)
    {
        if (_located is { } known && known.Connection == connection)
        {
            return known.Handle;
        }

        if (session.Find(_place(Ck.ObjectClass.PrivateKey)) is not [var handle, ..])
        {
            throw new TokenException(_token.ToString(), CkResult.UserNotLoggedIn, $"no private key '{Label}' is visible; is somebody signed in?");
        }

        _located = new Located(connection, handle);
        return handle;
    }

    private sealed record Located(TokenConnection Connection, nuint Handle);
}
