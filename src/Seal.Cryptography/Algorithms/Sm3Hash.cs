namespace Seal.Cryptography.Algorithms;

/// <summary>SM3 over data that comes in pieces. Not for use by several threads at once.</summary>
public sealed unsafe class Sm3Hash : IDisposable
{
    private readonly DigestContextHandle _context;

    /// <summary>An empty hash.</summary>
    public Sm3Hash()
    {
        _context = LibCrypto.Check(LibCrypto.EVP_MD_CTX_new(), "Making an SM3 context");
        Restart();
    }

    /// <summary>Adds the next piece.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        fixed (byte* start = data)
        {
            LibCrypto.Check(LibCrypto.EVP_DigestUpdate(_context, start, (nuint)data.Length), "Hashing with SM3");
        }
    }

    /// <summary>The digest (32 bytes) of everything added since the start; the hash is then empty again.</summary>
    public byte[] Finish()
    {
        var digest = new byte[Sm3.HashSizeInBytes];
        fixed (byte* start = digest)
        {
            LibCrypto.Check(LibCrypto.EVP_DigestFinal_ex(_context, start, null), "Finishing SM3");
        }

        Restart();
        return digest;
    }

    /// <inheritdoc/>
    public void Dispose() => _context.Dispose();

    private void Restart() =>
        LibCrypto.Check(LibCrypto.EVP_DigestInit_ex(_context, Sm3.Implementation, 0), "Starting SM3");
}
