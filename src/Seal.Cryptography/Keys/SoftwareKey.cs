using System.Security.Cryptography;
using Seal.Cryptography.Algorithms;

namespace Seal.Cryptography.Keys;

/// <summary>
/// A private key in this process's memory. Held by the underlying libraries, which wipe it when it is
/// disposed. Signing may be done by several threads at once.
/// </summary>
public sealed class SoftwareKey : ISigner, IDisposable
{
    private readonly RSA? _rsa;
    private readonly ECDsa? _ecdsa;
    private readonly EvpKey? _evp;

    // Worth its making for a key that signs more than once, such as an authority's; a holder's signs once and goes.
    private readonly Lazy<EvpDigestKey>? _often;
    private volatile bool _hasSigned;

    private SoftwareKey(SignatureAlgorithm algorithm, RSA? rsa, ECDsa? ecdsa, EvpKey? evp)
    {
        Algorithm = algorithm;
        _rsa = rsa;
        _ecdsa = ecdsa;
        _evp = evp;
        _often = ecdsa is null ? null : new Lazy<EvpDigestKey>(() => Often(ecdsa));
        SubjectPublicKeyInfo = rsa?.ExportSubjectPublicKeyInfo()
                               ?? ecdsa?.ExportSubjectPublicKeyInfo()
                               ?? evp!.ExportSubjectPublicKeyInfo();
        // Also stops a key whose curve is spelt out instead of named: nobody could verify with it.
        if (PublicKeyKinds.Read(SubjectPublicKeyInfo) == PublicKeyKinds.Of(algorithm))
        {
            return;
        }

        Dispose();
        throw new CryptographicException($"The key is not one for {algorithm}.");
    }

    /// <inheritdoc/>
    public SignatureAlgorithm Algorithm { get; }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>Makes a new key.</summary>
    /// <param name="algorithm">What it is for.</param>
    /// <param name="rsaBits">Length of the modulus, for RSA only.</param>
    public static SoftwareKey Generate(SignatureAlgorithm algorithm, int rsaBits = 2048) => algorithm switch
    {
        SignatureAlgorithm.RsaPkcs1Sha256 or SignatureAlgorithm.RsaPssSha256 =>
            new(algorithm, RSA.Create(rsaBits), null, null),
        SignatureAlgorithm.EcdsaP256Sha256 => new(algorithm, null, ECDsa.Create(ECCurve.NamedCurves.nistP256), null),
        SignatureAlgorithm.EcdsaP384Sha384 => new(algorithm, null, ECDsa.Create(ECCurve.NamedCurves.nistP384), null),
        SignatureAlgorithm.Sm2Sm3 => new(algorithm, null, null, EvpKey.Generate(sm2: true)),
        SignatureAlgorithm.Ed25519 => new(algorithm, null, null, EvpKey.Generate(sm2: false)),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>Reads a DER PKCS#8 PrivateKeyInfo (RFC 5958), not encrypted.</summary>
    /// <exception cref="CryptographicException">Not a key, or not one for this algorithm.</exception>
    public static SoftwareKey ImportPkcs8(ReadOnlySpan<byte> pkcs8, SignatureAlgorithm algorithm)
    {
        switch (algorithm)
        {
            case SignatureAlgorithm.RsaPkcs1Sha256 or SignatureAlgorithm.RsaPssSha256:
                var rsa = RSA.Create();
                return Import(rsa, pkcs8, () => new(algorithm, rsa, null, null));
            case SignatureAlgorithm.EcdsaP256Sha256 or SignatureAlgorithm.EcdsaP384Sha384:
                var ecdsa = ECDsa.Create();
                return Import(ecdsa, pkcs8, () => new(algorithm, null, ecdsa, null));
            case SignatureAlgorithm.Sm2Sm3 or SignatureAlgorithm.Ed25519:
                return new(algorithm, null, null, EvpKey.ImportPkcs8(pkcs8, sm2: algorithm == SignatureAlgorithm.Sm2Sm3));
            default:
                throw new ArgumentOutOfRangeException(nameof(algorithm));
        }
    }

    /// <summary>The key as DER PKCS#8 PrivateKeyInfo, not encrypted: the caller wipes it after use.</summary>
    public byte[] ExportPkcs8() =>
        _rsa?.ExportPkcs8PrivateKey() ?? _ecdsa?.ExportPkcs8PrivateKey() ?? _evp!.ExportPkcs8();

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        if (_evp is not null)
        {
            return _evp.Sign(message);
        }

        var digest = Algorithm.Digest().BaseLibraryName();
        if (_ecdsa is not null && _hasSigned)
        {
            return _often!.Value.Sign(Algorithm.Digest().HashData(message));
        }

        if (_ecdsa is not null)
        {
            _hasSigned = true;
            return _ecdsa.SignData(message, digest, DSASignatureFormat.Rfc3279DerSequence);
        }

        return _rsa!.SignData(message, digest, Algorithm == SignatureAlgorithm.RsaPssSha256
            ? RSASignaturePadding.Pss
            : RSASignaturePadding.Pkcs1);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rsa?.Dispose();
        _ecdsa?.Dispose();
        if (_often is { IsValueCreated: true })
        {
            _often.Value.Dispose();
        }

        _evp?.Dispose();
    }

    private static EvpDigestKey Often(ECDsa ecdsa)
    {
        var pkcs8 = ecdsa.ExportPkcs8PrivateKey();
        try
        {
            return EvpDigestKey.ImportPkcs8(pkcs8);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private static SoftwareKey Import(AsymmetricAlgorithm into, ReadOnlySpan<byte> pkcs8, Func<SoftwareKey> make)
    {
        try
        {
            into.ImportPkcs8PrivateKey(pkcs8, out _);
            return make();
        }
        catch
        {
            into.Dispose();
            throw;
        }
    }
}
