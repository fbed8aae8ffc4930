using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Seal.Cryptography.Algorithms;

/// <summary>
/// An ECDSA key, or an RSA key with PKCS#1 1.5 padding, that signs and verifies digests through libcrypto, by several threads at once.
/// The base library calls the same functions, but makes their context anew each time, which in OpenSSL 3 costs a fifth of a signature
/// on P-256 and a quarter of a verification by RSA-2048; here contexts are kept and lent.
/// </summary>
internal sealed unsafe class EvpDigestKey : IDisposable
{
    private const int Pkcs1Padding = 1; // RSA_PKCS1_PADDING

    // DER of two numbers: 139 bytes on P-521, the longest curve there is.
    private const int LongestSignature = 144;

    private readonly KeyHandle _key;
    private readonly bool _isRsa;
    private readonly ConcurrentBag<KeyContextHandle> _signing = [];
    private readonly ConcurrentDictionary<DigestAlgorithm, ConcurrentBag<KeyContextHandle>> _verifying = [];
    private volatile bool _isDisposed;

    private EvpDigestKey(KeyHandle key)
    {
        _key = key;
        _isRsa = LibCrypto.EVP_PKEY_is_a(key, "RSA") == 1;
    }

    /// <summary>Reads a SubjectPublicKeyInfo whose algorithm the caller has checked.</summary>
    /// <exception cref="CryptographicException">It is none.</exception>
    public static EvpDigestKey ImportPublic(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        fixed (byte* start = subjectPublicKeyInfo)
        {
            var at = start;
            return new EvpDigestKey(LibCrypto.Check(LibCrypto.d2i_PUBKEY(0, &at, subjectPublicKeyInfo.Length), "Reading a public key"));
        }
    }

    /// <summary>Reads a PKCS#8 PrivateKeyInfo.</summary>
    /// <exception cref="CryptographicException">It is none.</exception>
    public static EvpDigestKey ImportPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        fixed (byte* start = pkcs8)
        {
            var at = start;
            using var info = LibCrypto.Check(LibCrypto.d2i_PKCS8_PRIV_KEY_INFO(0, &at, pkcs8.Length), "Reading a private key");
            return new EvpDigestKey(LibCrypto.Check(LibCrypto.EVP_PKCS82PKEY(info), "Reading a private key"));
        }
    }

    /// <summary>Signs a digest with an ECDSA key; gives DER SEQUENCE { r, s }.</summary>
    public byte[] Sign(ReadOnlySpan<byte> digest)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var context = Take(_signing) ?? NewSigning();
        var signature = stackalloc byte[LongestSignature];
        nuint length = LongestSignature;
        fixed (byte* from = digest)
        {
            LibCrypto.Check(LibCrypto.EVP_PKEY_sign(context, signature, &length, from, (nuint)digest.Length), "Signing");
        }

        Give(_signing, context);
        return new ReadOnlySpan<byte>(signature, (int)length).ToArray();
    }

    /// <summary>Verifies a signature over a digest.</summary>
    /// <param name="algorithm">How the digest was made; RSA's padding names it.</param>
    /// <param name="digest">The digest, of the algorithm's length.</param>
    /// <param name="signature">DER SEQUENCE { r, s }, or RSA's bytes.</param>
    public bool Verify(DigestAlgorithm algorithm, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var idle = _verifying.GetOrAdd(algorithm, static _ => []);
        var context = Take(idle) ?? NewVerifying(algorithm);
        int answer;
        fixed (byte* from = digest, sig = signature)
        {
            answer = LibCrypto.EVP_PKEY_verify(context, sig, (nuint)signature.Length, from, (nuint)digest.Length);
        }

        if (answer != 1)
        {
            LibCrypto.ERR_clear_error(); // a wrong signature is an answer, and must not show up in a later call
        }

        Give(idle, context);
        return answer == 1;
    }

    /// <summary>Gives up what libcrypto holds for it.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        foreach (var idle in _verifying.Values.Append(_signing))
        {
            Empty(idle);
        }

        _key.Dispose();
    }

    private static KeyContextHandle? Take(ConcurrentBag<KeyContextHandle> idle) => idle.TryTake(out var context) ? context : null;

    private void Give(ConcurrentBag<KeyContextHandle> idle, KeyContextHandle context)
    {
        idle.Add(context);
        if (_isDisposed)
        {
            Empty(idle);
        }
    }

    private static void Empty(ConcurrentBag<KeyContextHandle> idle)
    {
        while (idle.TryTake(out var context))
        {
            context.Dispose();
        }
    }

    private KeyContextHandle NewSigning() => Prepared(static context => LibCrypto.EVP_PKEY_sign_init(context), "Signing");

    private KeyContextHandle NewVerifying(DigestAlgorithm algorithm)
    {
        var context = Prepared(static context => LibCrypto.EVP_PKEY_verify_init(context), "Verifying");
        if (!_isRsa)
        {
            return context;
        }

        try
        {
            LibCrypto.Check(LibCrypto.EVP_PKEY_CTX_set_rsa_padding(context, Pkcs1Padding), "Verifying");
            LibCrypto.Check(LibCrypto.EVP_PKEY_CTX_set_signature_md(context, LibCrypto.EVP_get_digestbyname(algorithm.BaseLibraryName().Name!)), "Verifying");
            return context;
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    private KeyContextHandle Prepared(Func<KeyContextHandle, int> initialise, string operation)
    {
        var context = LibCrypto.Check(LibCrypto.EVP_PKEY_CTX_new_from_pkey(0, _key, null), operation);
        try
        {
            LibCrypto.Check(initialise(context), operation);
            return context;
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }
}
