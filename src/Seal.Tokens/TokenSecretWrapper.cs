using System.Security.Cryptography;
using Seal.Cryptography.Vault;
using Seal.Tokens.Pkcs11;

namespace Seal.Tokens;

/// <summary>
/// A master key of the vault: AES-256 inside a token, not extractable, used with GCM there. Format of what it
/// wraps: <c>02 ‖ key id (12) ‖ nonce (12) ‖ ciphertext ‖ tag (16)</c>; of what a key without an id wraps, as the first one of a
/// vault is: <c>01 ‖ nonce (12) ‖ ciphertext ‖ tag (16)</c>. What stands before the nonce is authenticated. Nonces are random, so
/// a master key is good for some 2³² secrets (NIST SP 800-38D §8.3).
/// </summary>
public sealed class TokenSecretWrapper : ISecretWrapper
{
    /// <summary>Length of a key id in bytes.</summary>
    public const int KeyIdSize = 12;

    private const byte VersionWithoutId = 1;
    private const byte Version = 2;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly Token _token;
    private readonly string _label;
    private readonly byte[] _header;

    internal TokenSecretWrapper(Token token, string label, ReadOnlySpan<byte> keyId)
    {
        if (keyId.Length is not (0 or KeyIdSize))
        {
            throw new ArgumentException("A key id is 12 bytes, or none.", nameof(keyId));
        }

        _token = token;
        _label = label;
        _header = keyId.IsEmpty ? [VersionWithoutId] : [Version, .. keyId];
    }

    /// <summary>The id of the master key that wrapped a secret; empty for one without an id.</summary>
    /// <exception cref="CryptographicException">The bytes are no such secret.</exception>
    public static ReadOnlySpan<byte> KeyIdOf(ReadOnlySpan<byte> wrapped) => wrapped switch
    {
        [VersionWithoutId, ..] => [],
        [Version, ..] when wrapped.Length > KeyIdSize => wrapped.Slice(1, KeyIdSize),
        _ => throw new CryptographicException("Not a secret wrapped by a token, or of an unknown version."),
    };

    /// <inheritdoc/>
    /// <exception cref="TokenException">The token is not there, or refused.</exception>
    public byte[] Wrap(ReadOnlySpan<byte> secret)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        var plaintext = secret.ToArray();
        try
        {
            var box = _token.Use(session => session.AesGcm(encrypt: true, Key(session), nonce, _header, plaintext));
            return [.. _header, .. nonce, .. box];
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="TokenException">The token is not there, or refused.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped)
    {
        if (wrapped.Length < _header.Length + NonceSize + TagSize || !wrapped.StartsWith(_header))
        {
            throw new CryptographicException("Not a secret wrapped by this master key.");
        }

        var nonce = wrapped.Slice(_header.Length, NonceSize).ToArray();
        var box = wrapped[(_header.Length + NonceSize)..].ToArray();
        try
        {
            return _token.Use(session => session.AesGcm(encrypt: false, Key(session), nonce, _header, box));
        }
        catch (TokenException failure) when (failure.Result
            is CkResult.EncryptedDataInvalid or CkResult.EncryptedDataLenRange or CkResult.GeneralError or CkResult.FunctionFailed)
        {
            // The last two are how SoftHSM and others report a wrong tag, but also how a token reports that it
            // is broken: one that can still wrap is not.
            Wrap(nonce);
            throw new CryptographicException("The wrapped secret was changed, or is not this master key's.", failure);
        }
    }

    /// <summary>Whether the token has the key.</summary>
    public bool IsThere() => _token.Use(session => session.Find(Token.Labelled(Ck.ObjectClass.SecretKey, _label)).Count > 0);

    /// <summary>Makes the key in the token, never to leave it, if it is not there.</summary>
    public void Make()
    {
        if (!IsThere())
        {
            _token.Change(session => session.GenerateKey(Ck.Mechanism.AesKeyGen, Token.Labelled(Ck.ObjectClass.SecretKey, _label)
                .With(Ck.Attribute.KeyType, Ck.KeyType.Aes)
                .With(Ck.Attribute.ValueLength, (nuint)32)
                .With(Ck.Attribute.Token, true)
                .With(Ck.Attribute.Private, true)
                .With(Ck.Attribute.Sensitive, true)
                .With(Ck.Attribute.Extractable, false)
                .With(Ck.Attribute.Encrypt, true)
                .With(Ck.Attribute.Decrypt, true)));
        }
    }

    /// <summary>Destroys the key in the token: what it wrapped opens nowhere any more, unless there is a copy of the token.</summary>
    public void Destroy() => _token.Change(session =>
    {
        var found = session.Find(Token.Labelled(Ck.ObjectClass.SecretKey, _label));
        foreach (var handle in found)
        {
            session.DestroyObject(handle);
        }

        return found.Count;
    });

    private nuint Key(TokenSession session) =>
        session.Find(Token.Labelled(Ck.ObjectClass.SecretKey, _label)) is [var handle, ..]
            ? handle
            : throw new TokenException(_token.ToString(), CkResult.UserNotLoggedIn, $"no master key '{_label}' is visible; is somebody signed in?");
}
