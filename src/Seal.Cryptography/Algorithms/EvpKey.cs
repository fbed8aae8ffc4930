using System.Security.Cryptography;

namespace Seal.Cryptography.Algorithms;

/// <summary>
/// A key held by libcrypto: SM2 (GB/T 32918, with SM3 and the default identity) or Ed25519 (RFC 8032).
/// The one place where either is computed, so that another implementation can take its place. Signing and
/// verifying may be done by several threads at once.
/// </summary>
internal sealed unsafe class EvpKey : IDisposable
{
    private readonly KeyHandle _key;
    private readonly bool _isSm2;

    private EvpKey(KeyHandle key, bool isSm2)
    {
        _key = key;
        _isSm2 = isSm2;
        if (LibCrypto.EVP_PKEY_is_a(key, isSm2 ? "SM2" : "ED25519") == 1)
        {
            return;
        }

        key.Dispose();
        throw new CryptographicException($"The key is not of the expected kind ({(isSm2 ? "SM2" : "Ed25519")}).");
    }

    /// <summary>The identity GM/T 0009-2012 gives to signers that have agreed on no other.</summary>
    public static ReadOnlySpan<byte> DefaultIdentity => "1234567812345678"u8;

    public static EvpKey Generate(bool sm2)
    {
        using var context = LibCrypto.Check(
            LibCrypto.EVP_PKEY_CTX_new_from_name(0, sm2 ? "SM2" : "ED25519", null), "Preparing to make a key");
        LibCrypto.Check(LibCrypto.EVP_PKEY_keygen_init(context), "Preparing to make a key");
#pragma warning disable CA2000 // the handle goes into the EvpKey that is returned
        LibCrypto.Check(LibCrypto.EVP_PKEY_generate(context, out var made), "Making a key");
#pragma warning restore CA2000
        return new EvpKey(made, sm2);
    }

    /// <summary>Reads a SubjectPublicKeyInfo whose algorithm the caller has checked.</summary>
    public static EvpKey ImportPublic(ReadOnlySpan<byte> subjectPublicKeyInfo, bool sm2)
    {
        fixed (byte* start = subjectPublicKeyInfo)
        {
            var at = start;
            return new EvpKey(
                LibCrypto.Check(LibCrypto.d2i_PUBKEY(0, &at, subjectPublicKeyInfo.Length), "Reading a public key"), sm2);
        }
    }

    /// <summary>Reads a PKCS#8 PrivateKeyInfo.</summary>
    public static EvpKey ImportPkcs8(ReadOnlySpan<byte> pkcs8, bool sm2)
    {
        fixed (byte* start = pkcs8)
        {
            var at = start;
            using var info = LibCrypto.Check(
                LibCrypto.d2i_PKCS8_PRIV_KEY_INFO(0, &at, pkcs8.Length), "Reading a private key");
            return new EvpKey(LibCrypto.Check(LibCrypto.EVP_PKCS82PKEY(info), "Reading a private key"), sm2);
        }
    }

    public byte[] ExportPkcs8()
    {
        using var info = LibCrypto.Check(LibCrypto.EVP_PKEY2PKCS8(_key), "Exporting a private key");
        var der = new byte[Length(LibCrypto.i2d_PKCS8_PRIV_KEY_INFO(info, null), "Exporting a private key")];
        fixed (byte* start = der)
        {
            var at = start;
            Length(LibCrypto.i2d_PKCS8_PRIV_KEY_INFO(info, &at), "Exporting a private key");
        }

        return der;
    }

    public byte[] ExportSubjectPublicKeyInfo()
    {
        var der = new byte[Length(LibCrypto.i2d_PUBKEY(_key, null), "Exporting a public key")];
        fixed (byte* start = der)
        {
            var at = start;
            Length(LibCrypto.i2d_PUBKEY(_key, &at), "Exporting a public key");
        }

        return der;
    }

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        using var context = LibCrypto.Check(LibCrypto.EVP_MD_CTX_new(), "Signing");
        nint keyContext = 0;
        LibCrypto.Check(
            LibCrypto.EVP_DigestSignInit(context, &keyContext, _isSm2 ? Sm3.Implementation : 0, 0, _key), "Signing");
        SetIdentity(keyContext);
        var signature = new byte[80]; // SM2: at most 72 bytes of DER; Ed25519: 64
        var length = (nuint)signature.Length;
        fixed (byte* to = signature, from = message)
        {
            LibCrypto.Check(LibCrypto.EVP_DigestSign(context, to, &length, from, (nuint)message.Length), "Signing");
        }

        return signature[..(int)length];
    }

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var context = LibCrypto.Check(LibCrypto.EVP_MD_CTX_new(), "Verifying");
        nint keyContext = 0;
        LibCrypto.Check(
            LibCrypto.EVP_DigestVerifyInit(context, &keyContext, _isSm2 ? Sm3.Implementation : 0, 0, _key), "Verifying");
        SetIdentity(keyContext);
        int answer;
        fixed (byte* sig = signature, from = message)
        {
            answer = LibCrypto.EVP_DigestVerify(context, sig, (nuint)signature.Length, from, (nuint)message.Length);
        }

        if (answer != 1)
        {
            LibCrypto.ERR_clear_error(); // a wrong signature is an answer, and must not show up in a later call
        }

        return answer == 1;
    }

    /// <summary>Verifies an SM2 signature over e, into which the identity has gone already.</summary>
    public bool VerifyDigest(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        using var context = LibCrypto.Check(LibCrypto.EVP_PKEY_CTX_new_from_pkey(0, _key, null), "Verifying");
        LibCrypto.Check(LibCrypto.EVP_PKEY_verify_init(context), "Verifying");
        int answer;
        fixed (byte* sig = signature, from = digest)
        {
            answer = LibCrypto.EVP_PKEY_verify(context, sig, (nuint)signature.Length, from, (nuint)digest.Length);
        }

        if (answer != 1)
        {
            LibCrypto.ERR_clear_error(); // a wrong signature is an answer, and must not show up in a later call
        }

        return answer == 1;
    }

    /// <summary>Encrypts a short text for this key's holder (SM2, GB/T 32918.4 with SM3); gives SM2Cipher of GM/T 0009, DER.</summary>
    public byte[] Encrypt(ReadOnlySpan<byte> text)
    {
        using var context = LibCrypto.Check(LibCrypto.EVP_PKEY_CTX_new_from_pkey(0, _key, null), "Encrypting");
        LibCrypto.Check(LibCrypto.EVP_PKEY_encrypt_init(context), "Encrypting");
        return Transform(text, (to, length, from, size) => LibCrypto.EVP_PKEY_encrypt(context, to, length, from, size), "Encrypting");
    }

    /// <summary>Decrypts what was encrypted for this key.</summary>
    /// <exception cref="CryptographicException">It was not, or it was changed.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> cipher)
    {
        using var context = LibCrypto.Check(LibCrypto.EVP_PKEY_CTX_new_from_pkey(0, _key, null), "Decrypting");
        LibCrypto.Check(LibCrypto.EVP_PKEY_decrypt_init(context), "Decrypting");
        return Transform(cipher, (to, length, from, size) => LibCrypto.EVP_PKEY_decrypt(context, to, length, from, size), "Decrypting");
    }

    public void Dispose() => _key.Dispose();

    private delegate int Transformation(byte* to, nuint* toLength, byte* from, nuint length);

    private static byte[] Transform(ReadOnlySpan<byte> input, Transformation transformation, string operation)
    {
        nuint length = 0;
        fixed (byte* from = input)
        {
            LibCrypto.Check(transformation(null, &length, from, (nuint)input.Length), operation);
            var output = new byte[length];
            fixed (byte* to = output)
            {
                LibCrypto.Check(transformation(to, &length, from, (nuint)input.Length), operation);
            }

            var result = output[..(int)length];
            CryptographicOperations.ZeroMemory(output);
            return result;
        }
    }

    private void SetIdentity(nint keyContext)
    {
        if (!_isSm2)
        {
            return;
        }

        fixed (byte* id = DefaultIdentity)
        {
            LibCrypto.Check(LibCrypto.EVP_PKEY_CTX_set1_id(keyContext, id, DefaultIdentity.Length), "Setting the SM2 identity");
        }
    }

    private static int Length(int result, string operation) =>
        result > 0 ? result : throw LibCrypto.Failure(operation);
}
