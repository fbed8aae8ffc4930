using System.Collections.Concurrent;
using System.Security.Cryptography;
using Seal.Cryptography.Algorithms;

namespace Seal.Cryptography.Keys;

/// <summary>
/// A public key from anywhere, read once to verify any number of signatures, by several threads at once: reading it costs OpenSSL 3
/// more than verifying. Every method answers false, and never throws, for keys and signatures that are malformed, of another kind
/// than the scheme, or unreasonably large.
/// </summary>
public sealed class VerificationKey : IDisposable
{
    /// <summary>Larger RSA keys cost more time than any honest signer needs.</summary>
    private const int MaximumRsaBits = 8192;

    private const int MinimumRsaBits = 1024;

    /// <summary>Shorter RSA keys can disprove, but prove nothing any more (ETSI TS 119 312).</summary>
    private const int AcceptedRsaBits = 2048;

    /// <summary>Longest public exponent in bytes; honest ones are 65537 or 3.</summary>
    private const int MaximumExponentBytes = 8;

    private readonly ReadOnlyMemory<byte> _subjectPublicKeyInfo;
    private readonly PublicKeyKind _kind;

    // The base library's keys are for one thread at a time, libcrypto's are not.
    private readonly ConcurrentBag<AsymmetricAlgorithm> _idle = [];
    private readonly Lazy<EvpKey> _shared;

    // For RSA and ECDSA from the second signature on: made when the base library has found the key to be one.
    private readonly Lazy<EvpDigestKey?> _often;
    private volatile bool _isImported;
    private volatile bool _isDisposed;

    private VerificationKey(ReadOnlyMemory<byte> subjectPublicKeyInfo, PublicKeyKind kind)
    {
        _subjectPublicKeyInfo = subjectPublicKeyInfo;
        _kind = kind;
        _shared = new Lazy<EvpKey>(() => EvpKey.ImportPublic(subjectPublicKeyInfo.Span, kind == PublicKeyKind.Sm2));
        _often = new Lazy<EvpDigestKey?>(() => Often(subjectPublicKeyInfo));
    }

    /// <summary>Reads a key.</summary>
    /// <param name="subjectPublicKeyInfo">The key, DER; kept, so it must not change.</param>
    public static VerificationKey Read(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        try
        {
            return new VerificationKey(subjectPublicKeyInfo, PublicKeyKinds.Read(subjectPublicKeyInfo));
        }
        catch (DerFormatException)
        {
            return new VerificationKey(default, PublicKeyKind.Unknown); // verifies nothing
        }
    }

    /// <summary>Whether signatures can be verified by it at all.</summary>
    public bool IsKnown => _kind != PublicKeyKind.Unknown;

    /// <summary>Whether what it verifies proves anything: its kind is known, and it is not too short.</summary>
    public bool IsStrong => IsKnown && (_kind != PublicKeyKind.Rsa || PublicKeyKinds.RsaBits(_subjectPublicKeyInfo) >= AcceptedRsaBits);

    /// <summary>Verifies a signature over the message itself.</summary>
    /// <param name="algorithm">How it was signed; names a curve, which a scheme leaves open.</param>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">DER SEQUENCE { r, s } for ECDSA and SM2, plain bytes otherwise.</param>
    public bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        _kind == PublicKeyKinds.Of(algorithm) && Verify(SignatureScheme.Of(algorithm), message, signature);

    /// <summary>Verifies a signature over the message itself, by a scheme met in a file.</summary>
    public bool Verify(SignatureScheme scheme, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => scheme.Family switch
    {
        SignatureFamily.Sm2 => _kind == PublicKeyKind.Sm2 && VerifyShared(message, signature),
        SignatureFamily.Ed25519 => _kind == PublicKeyKind.Ed25519 && VerifyShared(message, signature),
        _ => Fits(scheme) && VerifyHash(scheme, scheme.Digest.HashData(message), signature),
    };

    /// <summary>
    /// Verifies an RSA or ECDSA signature over a digest already computed. SM2 and Ed25519 answer false: they mix the public key
    /// into what they hash, so that a plain digest is never what they sign.
    /// </summary>
    public bool VerifyDigest(SignatureScheme scheme, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature) =>
        Fits(scheme) && digest.Length == scheme.Digest.SizeInBytes() && VerifyHash(scheme, digest, signature);

    /// <summary>Verifies an SM2 signature over e = SM3(Z ‖ message), computed by the caller (<see cref="Sm2Digest"/>).</summary>
    public bool VerifySm2Digest(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        try
        {
            return _kind == PublicKeyKind.Sm2 && digest.Length == DigestAlgorithm.Sm3.SizeInBytes() && _shared.Value.VerifyDigest(digest, signature);
        }
        catch (CryptographicException)
        {
            return false; // the bytes name the kind, but are no such key
        }
    }

    /// <summary>Gives up what libraries hold for it.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        while (_idle.TryTake(out var key))
        {
            key.Dispose();
        }

        if (_shared.IsValueCreated)
        {
            _shared.Value.Dispose();
        }

        if (_often.IsValueCreated)
        {
            _often.Value?.Dispose();
        }
    }

    private bool Fits(SignatureScheme scheme) => scheme.Family switch
    {
        SignatureFamily.RsaPkcs1 or SignatureFamily.RsaPss => _kind == PublicKeyKind.Rsa && scheme.Digest != DigestAlgorithm.Sm3,
        SignatureFamily.Ecdsa => _kind is PublicKeyKind.P256 or PublicKeyKind.P384 or PublicKeyKind.P521 or PublicKeyKind.Brainpool,
        _ => false,
    };

    private bool VerifyShared(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        try
        {
            return _shared.Value.Verify(message, signature);
        }
        catch (CryptographicException)
        {
            return false; // the bytes name the kind, but are no such key
        }
    }

    private bool VerifyHash(SignatureScheme scheme, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        try
        {
            if (_isImported && scheme.Family != SignatureFamily.RsaPss && _kind is (PublicKeyKind.Rsa or PublicKeyKind.P256 or PublicKeyKind.P384) && _often.Value is { } often)
            {
                return often.Verify(scheme.Digest, digest, signature);
            }

#pragma warning disable CA2000 // lent, and given back to the others below
            if ((_idle.TryTake(out var key) ? key : Import()) is not { } lent)
#pragma warning restore CA2000
            {
                return false;
            }

            try
            {
                return lent is RSA padded && scheme is { Family: SignatureFamily.RsaPss, Padding: { } padding }
                    ? padding.Verify(padded, scheme.Digest, digest, signature)
                    : lent is RSA rsa
                    ? rsa.VerifyHash(
                        digest, signature, scheme.Digest.BaseLibraryName(), scheme.Family == SignatureFamily.RsaPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1)
                    : ((ECDsa)lent).VerifyHash(digest, signature, DSASignatureFormat.Rfc3279DerSequence);
            }
            finally
            {
                _idle.Add(lent);
            }
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>The key for the base library; null where it is an unreasonable one.</summary>
    /// <exception cref="CryptographicException">It is none.</exception>
    private AsymmetricAlgorithm? Import()
    {
        AsymmetricAlgorithm key = _kind == PublicKeyKind.Rsa ? RSA.Create() : ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(_subjectPublicKeyInfo.Span, out _);
            if (key is RSA rsa && !IsReasonable(rsa))
            {
                key.Dispose();
                return null;
            }

            _isImported = true;
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The key for libcrypto; null where that one reads it differently, so that the base library goes on verifying by it.</summary>
    private static EvpDigestKey? Often(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        try
        {
            return EvpDigestKey.ImportPublic(subjectPublicKeyInfo.Span);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static bool IsReasonable(RSA rsa) =>
        rsa.KeySize is >= MinimumRsaBits and <= MaximumRsaBits
        && rsa.ExportParameters(false).Exponent!.Length <= MaximumExponentBytes;
}
