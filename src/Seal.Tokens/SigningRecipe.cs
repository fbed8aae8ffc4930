using System.Runtime.InteropServices;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Keys;
using Seal.Tokens.Pkcs11;

namespace Seal.Tokens;

/// <summary>How a PKCS#11 token is brought to sign by an algorithm: mechanism, its parameter, what goes in and what comes out.</summary>
internal sealed class SigningRecipe
{
    private readonly SignatureAlgorithm _algorithm;
    private readonly DeviceProfile? _profile;

    private SigningRecipe(SignatureAlgorithm algorithm, DeviceProfile? profile)
    {
        _algorithm = algorithm;
        _profile = profile;
    }

    /// <param name="algorithm">How to sign.</param>
    /// <param name="sm2">The device's profile, for SM2.</param>
    /// <param name="token">The token, as messages name it.</param>
    public static SigningRecipe Of(SignatureAlgorithm algorithm, DeviceProfile? sm2, string token) => algorithm switch
    {
        SignatureAlgorithm.RsaPkcs1Sha256 or SignatureAlgorithm.RsaPssSha256
            or SignatureAlgorithm.EcdsaP256Sha256 or SignatureAlgorithm.EcdsaP384Sha384 => new(algorithm, null),
        SignatureAlgorithm.Sm2Sm3 => new(algorithm, sm2 ?? throw new TokenException(
            token, TokenFailure.Unsupported, "it signs with SM2 only after a device profile was registered for it")),
        _ => throw new ArgumentException("Tokens sign with RSA, ECDSA, or SM2 by a device profile.", nameof(algorithm)),
    };

    public nuint Mechanism => _algorithm switch
    {
        SignatureAlgorithm.RsaPkcs1Sha256 => Ck.Mechanism.Sha256RsaPkcs,
        SignatureAlgorithm.RsaPssSha256 => Ck.Mechanism.Sha256RsaPkcsPss,
        SignatureAlgorithm.Sm2Sm3 => (nuint)_profile!.SignMechanism,
        _ => Ck.Mechanism.Ecdsa,
    };

    public byte[] Parameter
    {
        get
        {
            if (_algorithm == SignatureAlgorithm.RsaPssSha256)
            {
                var pss = new CkRsaPssParameters { HashAlgorithm = Ck.Mechanism.Sha256, MaskGeneration = Ck.Mgf1Sha256, SaltLength = 32 };
                return MemoryMarshal.AsBytes(new ReadOnlySpan<CkRsaPssParameters>(in pss)).ToArray();
            }

            return _profile?.Identity == Sm2IdentityHandling.MechanismParameter ? Sm2Digest.DefaultIdentity.ToArray() : [];
        }
    }

    public byte[] Input(ReadOnlyMemory<byte> subjectPublicKeyInfo, ReadOnlySpan<byte> message) => _algorithm switch
    {
        SignatureAlgorithm.EcdsaP256Sha256 or SignatureAlgorithm.EcdsaP384Sha384 => _algorithm.Digest().HashData(message),
        SignatureAlgorithm.Sm2Sm3 when _profile!.Input == Sm2Input.Digest => Sm2Digest.Of(subjectPublicKeyInfo, message),
        _ => message.ToArray(),
    };

    public byte[] Output(byte[] signature) => _algorithm switch
    {
        SignatureAlgorithm.EcdsaP256Sha256 or SignatureAlgorithm.EcdsaP384Sha384 => TokenPublicKey.DerSignature(signature),
        SignatureAlgorithm.Sm2Sm3 when _profile!.Output == Sm2Output.Concatenated => TokenPublicKey.DerSignature(signature),
        _ => signature,
    };

    /// <summary>Adds what a new key pair needs to its templates, and names the mechanism that makes it.</summary>
    public nuint KeyPair(AttributeTemplate publicKey, AttributeTemplate privateKey, int rsaBits)
    {
        switch (_algorithm)
        {
            case SignatureAlgorithm.RsaPkcs1Sha256 or SignatureAlgorithm.RsaPssSha256:
                publicKey.With(Ck.Attribute.ModulusBits, (nuint)rsaBits).With(Ck.Attribute.PublicExponent, [0x01, 0x00, 0x01])
                    .With(Ck.Attribute.Encrypt, false).With(Ck.Attribute.Wrap, false);

                // Where nothing is said tokens let it decrypt, too; with RSA, to decrypt what somebody chose is to sign it.
                privateKey.With(Ck.Attribute.Decrypt, false).With(Ck.Attribute.Unwrap, false);
                return Ck.Mechanism.RsaKeyPairGen;
            case SignatureAlgorithm.Sm2Sm3:
                publicKey.With(Ck.Attribute.KeyType, (nuint)_profile!.KeyType).With(Ck.Attribute.EcParams, _profile.Curve.Span);
                return (nuint)_profile.KeyPairMechanism;
            default:
                publicKey.With(Ck.Attribute.EcParams, TokenPublicKey.CurveOf(_algorithm));
                return Ck.Mechanism.EcKeyPairGen;
        }
    }
}
