using System.Security.Cryptography;
using Seal.Cryptography.Vault;
using Seal.Tokens.Pkcs11;

namespace Seal.Tokens;

/// <summary>
/// The vault's master key: AES-256 inside a token, not extractable, used with GCM there. Format of what it
/// wraps, version 1: <c>01 ‖ nonce (12) ‖ ciphertext ‖ tag (16)</c>. Nonces are random, so a master key is
/// good for some 2³² secrets (NIST SP 800-38D §8.3).
/// </summary>
public sealed class TokenSecretWrapper : ISecretWrapper
{
    private const byte Version = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly Token _token;
    private readonly string _label;

    private TokenSecretWrapper(Token token, string label)
    {
        _token = token;
        _label = label;
    }

    /// <inheritdoc/>
    /// <exception cref="TokenException">The token is not there, or refused.</exception>
    public byte[] Wrap(ReadOnlySpan<byte> secret)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        var plaintext = secret.ToArray();
        try
        {
            var box = _token.Use(session => session.AesGcm(encrypt: true, Key(session), nonce, [Version], plaintext));
            return [Version, .. nonce, .. box];
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
        if (wrapped.Length < 1 + NonceSize + TagSize || wrapped[0] != Version)
        {
            throw new CryptographicException("Not a secret wrapped by a token, or of an unknown version.");
        }

        var nonce = wrapped.Slice(1, NonceSize).ToArray();
        var box = wrapped[(1 + NonceSize)..].ToArray();
        try
        {
            return _token.Use(session => session.AesGcm(encrypt: false, Key(session), nonce, [Version], box));
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

    internal static TokenSecretWrapper FindOrGenerate(Token token, string label)
    {
        token.Use(session =>
        {
            if (session.Find(Token.Labelled(Ck.ObjectClass.SecretKey, label)).Count > 0)
            {
                return (nuint)0;
            }

            return session.GenerateKey(Ck.Mechanism.AesKeyGen, Token.Labelled(Ck.ObjectClass.SecretKey, label)
                .With(Ck.Attribute.KeyType, Ck.KeyType.Aes)
                .With(Ck.Attribute.ValueLength, (nuint)32)
                .With(Ck.Attribute.Token, true)
                .With(Ck.Attribute.Private, true)
                .With(Ck.Attribute.Sensitive, true)
                .With(Ck.Attribute.Extractable, false)
                .With(Ck.Attribute.Encrypt, true)
                .With(Ck.Attribute.Decrypt, true));
        });
        return new TokenSecretWrapper(token, label);
    }

    private nuint Key(TokenSession session) =>
        session.Find(Token.Labelled(Ck.ObjectClass.SecretKey, _label)) is [var handle, ..]
            ? handle
            : throw new TokenException(_token.ToString(), CkResult.UserNotLoggedIn, $"no master key '{_label}' is visible; is somebody signed in?");
}
