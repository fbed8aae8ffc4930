using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Seal.Cryptography.Algorithms;

/// <summary>
/// What we take from OpenSSL 3: SM2, SM3 and Ed25519, which the base library lacks, and keys that sign or verify often. Only the EVP interface;
/// the distribution patches the library, and it is the one .NET itself loads on Linux.
/// </summary>
internal static unsafe partial class LibCrypto
{
    private const string Library = "libcrypto.so.3";

    /// <summary>The exception for a call that failed, with OpenSSL's own reason; empties the thread's error queue.</summary>
    public static CryptographicException Failure(string operation)
    {
        var reason = "no reason given";
        for (var code = ERR_get_error(); code != 0; code = ERR_get_error())
        {
            reason = Marshal.PtrToStringUTF8(ERR_reason_error_string(code)) ?? $"error {code:x}";
        }

        return new CryptographicException($"{operation}: {reason}");
    }

    /// <summary>Throws unless a call answered 1, the EVP interface's only success.</summary>
    public static void Check(int result, string operation)
    {
        if (result != 1)
        {
            throw Failure(operation);
        }
    }

    public static T Check<T>(T handle, string operation) where T : SafeHandle
    {
        if (!handle.IsInvalid)
        {
            return handle;
        }

        handle.Dispose();
        throw Failure(operation);
    }

    [LibraryImport(Library)]
    private static partial nuint ERR_get_error();

    [LibraryImport(Library)]
    private static partial nint ERR_reason_error_string(nuint code);

    [LibraryImport(Library)]
    public static partial void ERR_clear_error();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint EVP_MD_fetch(nint context, string name, string? properties);

    [LibraryImport(Library)]
    public static partial DigestContextHandle EVP_MD_CTX_new();

    [LibraryImport(Library)]
    public static partial void EVP_MD_CTX_free(nint context);

    [LibraryImport(Library)]
    public static partial int EVP_MD_CTX_copy_ex(DigestContextHandle destination, DigestContextHandle source);

    [LibraryImport(Library)]
    public static partial int EVP_DigestInit_ex(DigestContextHandle context, nint digest, nint engine);

    [LibraryImport(Library)]
    public static partial int EVP_DigestUpdate(DigestContextHandle context, byte* data, nuint length);

    [LibraryImport(Library)]
    public static partial int EVP_DigestFinal_ex(DigestContextHandle context, byte* digest, uint* length);

    [LibraryImport(Library)]
    public static partial int EVP_DigestSignInit(
        DigestContextHandle context, nint* keyContext, nint digest, nint engine, KeyHandle key);

    [LibraryImport(Library)]
    public static partial int EVP_DigestSign(
        DigestContextHandle context, byte* signature, nuint* signatureLength, byte* message, nuint length);

    [LibraryImport(Library)]
    public static partial int EVP_DigestVerifyInit(
        DigestContextHandle context, nint* keyContext, nint digest, nint engine, KeyHandle key);

    [LibraryImport(Library)]
    public static partial int EVP_DigestVerify(
        DigestContextHandle context, byte* signature, nuint signatureLength, byte* message, nuint length);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_CTX_set1_id(nint keyContext, byte* id, int length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial KeyContextHandle EVP_PKEY_CTX_new_from_name(nint context, string name, string? properties);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial KeyContextHandle EVP_PKEY_CTX_new_from_pkey(nint context, KeyHandle key, string? properties);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_sign_init(KeyContextHandle context);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_sign(KeyContextHandle context, byte* signature, nuint* signatureLength, byte* digest, nuint digestLength);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_CTX_set_rsa_padding(KeyContextHandle context, int padding);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_CTX_set_signature_md(KeyContextHandle context, nint digest);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint EVP_get_digestbyname(string name);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_verify_init(KeyContextHandle context);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_verify(KeyContextHandle context, byte* signature, nuint signatureLength, byte* digest, nuint digestLength);

    [LibraryImport(Library)]
    public static partial void EVP_PKEY_CTX_free(nint context);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_encrypt_init(KeyContextHandle context);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_encrypt(KeyContextHandle context, byte* to, nuint* toLength, byte* from, nuint length);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_decrypt_init(KeyContextHandle context);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_decrypt(KeyContextHandle context, byte* to, nuint* toLength, byte* from, nuint length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint EVP_CIPHER_fetch(nint context, string name, string? properties);

    [LibraryImport(Library)]
    public static partial CipherContextHandle EVP_CIPHER_CTX_new();

    [LibraryImport(Library)]
    public static partial void EVP_CIPHER_CTX_free(nint context);

    [LibraryImport(Library)]
    public static partial int EVP_CipherInit_ex(CipherContextHandle context, nint cipher, nint engine, byte* key, byte* iv, int encrypt);

    [LibraryImport(Library)]
    public static partial int EVP_CIPHER_CTX_set_padding(CipherContextHandle context, int padding);

    [LibraryImport(Library)]
    public static partial int EVP_CipherUpdate(CipherContextHandle context, byte* to, int* toLength, byte* from, int length);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_keygen_init(KeyContextHandle context);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_generate(KeyContextHandle context, out KeyHandle key);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int EVP_PKEY_is_a(KeyHandle key, string name);

    [LibraryImport(Library)]
    public static partial void EVP_PKEY_free(nint key);

    [LibraryImport(Library)]
    public static partial KeyHandle d2i_PUBKEY(nint reuse, byte** der, nint length);

    [LibraryImport(Library)]
    public static partial int i2d_PUBKEY(KeyHandle key, byte** der);

    [LibraryImport(Library)]
    public static partial Pkcs8Handle d2i_PKCS8_PRIV_KEY_INFO(nint reuse, byte** der, nint length);

    [LibraryImport(Library)]
    public static partial int i2d_PKCS8_PRIV_KEY_INFO(Pkcs8Handle info, byte** der);

    [LibraryImport(Library)]
    public static partial void PKCS8_PRIV_KEY_INFO_free(nint info);

    [LibraryImport(Library)]
    public static partial KeyHandle EVP_PKCS82PKEY(Pkcs8Handle info);

    [LibraryImport(Library)]
    public static partial Pkcs8Handle EVP_PKEY2PKCS8(KeyHandle key);
}
