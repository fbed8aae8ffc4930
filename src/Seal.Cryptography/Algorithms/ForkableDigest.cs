namespace Seal.Cryptography.Algorithms;

/// <summary>
/// A digest over data that comes in pieces, of which copies go on by themselves: several digests that share a long beginning
/// cost it once. The base library's digests cannot be copied. Not for use by several threads at once.
/// </summary>
public sealed unsafe class ForkableDigest : IDisposable
{
    private static readonly Dictionary<DigestAlgorithm, nint> Implementations = new()
    {
        [DigestAlgorithm.Sha256] = Fetch("SHA2-256"),
        [DigestAlgorithm.Sha384] = Fetch("SHA2-384"),
        [DigestAlgorithm.Sha512] = Fetch("SHA2-512"),
        [DigestAlgorithm.Sha1] = Fetch("SHA1"),
        [DigestAlgorithm.Sm3] = Sm3.Implementation,
        [DigestAlgorithm.Sha3Of256] = Fetch("SHA3-256"),
        [DigestAlgorithm.Sha3Of384] = Fetch("SHA3-384"),
        [DigestAlgorithm.Sha3Of512] = Fetch("SHA3-512"),
    };

    private readonly DigestContextHandle _context = LibCrypto.Check(LibCrypto.EVP_MD_CTX_new(), "Making a digest context");

    /// <summary>An empty digest of the given kind.</summary>
    public ForkableDigest(DigestAlgorithm algorithm)
    {
        Algorithm = algorithm;
        LibCrypto.Check(LibCrypto.EVP_DigestInit_ex(_context, Implementations[algorithm], 0), "Starting a digest");
    }

    private ForkableDigest(ForkableDigest other)
    {
        Algorithm = other.Algorithm;
        LibCrypto.Check(LibCrypto.EVP_MD_CTX_copy_ex(_context, other._context), "Copying a digest");
    }

    /// <summary>Which digest this is.</summary>
    public DigestAlgorithm Algorithm { get; }

    /// <summary>A copy that has taken in the same data, and goes on by itself.</summary>
    public ForkableDigest Fork() => new(this);

    /// <summary>Adds the next piece.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        fixed (byte* start = data)
        {
            LibCrypto.Check(LibCrypto.EVP_DigestUpdate(_context, start, (nuint)data.Length), "Hashing");
        }
    }

    /// <summary>The digest of everything added; nothing may be added afterwards.</summary>
    public byte[] Finish()
    {
        var digest = new byte[Algorithm.SizeInBytes()];
        fixed (byte* start = digest)
        {
            LibCrypto.Check(LibCrypto.EVP_DigestFinal_ex(_context, start, null), "Finishing a digest");
        }

        return digest;
    }

    /// <inheritdoc/>
    public void Dispose() => _context.Dispose();

    private static nint Fetch(string name) => LibCrypto.EVP_MD_fetch(0, name, null) is var found and not 0
        ? found
        : throw LibCrypto.Failure($"Looking for {name}");
}
