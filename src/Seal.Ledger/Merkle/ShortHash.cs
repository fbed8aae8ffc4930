using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Seal.Ledger.Merkle;

/// <summary>
/// SHA-256 of a few bytes. The base library goes through OpenSSL's EVP interface, which spends 0.4 µs on a call before it hashes
/// anything: as much as an inner node costs six times. So libcrypto's own functions are called where they are there (OpenSSL 3 has
/// them, as deprecated) and no policy asks for validated modules only; anywhere else the base library is.
/// </summary>
internal static unsafe class ShortHash
{
    // The state of libcrypto is 112 bytes (SHA256state_st).
    private const int StateSize = 128;

    private static readonly delegate* unmanaged<byte*, int> Init;
    private static readonly delegate* unmanaged<byte*, byte*, nuint, int> Update;
    private static readonly delegate* unmanaged<byte*, byte*, int> Final;

#pragma warning disable CA1810 // three pointers of one library: all of them or none
    static ShortHash()
#pragma warning restore CA1810
    {
        // Never unloaded: it is the library that .NET has loaded anyway.
        if (!CryptoConfig.AllowOnlyFipsAlgorithms
            && NativeLibrary.TryLoad("libcrypto.so.3", out var library)
            && NativeLibrary.TryGetExport(library, "SHA256_Init", out var init)
            && NativeLibrary.TryGetExport(library, "SHA256_Update", out var update)
            && NativeLibrary.TryGetExport(library, "SHA256_Final", out var final))
        {
            Init = (delegate* unmanaged<byte*, int>)init;
            Update = (delegate* unmanaged<byte*, byte*, nuint, int>)update;
            Final = (delegate* unmanaged<byte*, byte*, int>)final;
        }
    }

    /// <summary>Hashes.</summary>
    /// <param name="source">What is hashed.</param>
    /// <param name="destination">32 bytes, for the hash.</param>
    public static void Compute(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, SHA256.HashSizeInBytes);
        if (Final is null)
        {
            SHA256.HashData(source, destination);
            return;
        }

        var state = stackalloc byte[StateSize];
        fixed (byte* from = source, to = destination)
        {
            if (Init(state) != 1 || Update(state, from, (nuint)source.Length) != 1 || Final(to, state) != 1)
            {
                throw new CryptographicException("libcrypto could not hash.");
            }
        }
    }

    /// <summary>Hashes.</summary>
    /// <returns>32 bytes.</returns>
    public static byte[] Compute(ReadOnlySpan<byte> source)
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        Compute(source, hash);
        return hash;
    }
}
