using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Asn1;
using Seal.Cryptography.Keys;

namespace Seal.Cryptography.Timestamps;

/// <summary>The digest that is stamped, with its algorithm (RFC 3161 §2.4.1), kept as received: the token repeats it byte for byte.</summary>
public sealed class MessageImprint
{
    internal MessageImprint(ReadOnlyMemory<byte> der)
    {
        RawData = der;
        var imprint = Der.Read(der).ReadSequence();
        var identifier = imprint.ReadSequence();
        AlgorithmOid = identifier.ReadObjectIdentifier();
        // Parameters are absent or NULL for every digest known here (RFC 5754 §2).
        HasParameters = identifier.HasData && !identifier.ReadEncodedValue().Span.SequenceEqual((ReadOnlySpan<byte>)[5, 0]);
        identifier.ThrowIfNotEmpty();
        Digest = imprint.ReadOctetString();
        imprint.ThrowIfNotEmpty();
    }

    /// <summary>DER.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>The digest algorithm as it stands there.</summary>
    public string AlgorithmOid { get; }

    /// <summary>The digest algorithm (of SHA-2 and SHA-3 those with 256, 384 and 512 bits, SM3), or null if it is not accepted here.</summary>
    public DigestAlgorithm? Algorithm => HasParameters ? null : DigestAlgorithms.FromOid(AlgorithmOid);

    /// <summary>The digest; whether it is as long as its algorithm makes it, <see cref="IsWellFormed"/> says.</summary>
    public ReadOnlyMemory<byte> Digest { get; }

    /// <summary>Whether the digest is as long as its algorithm makes it; false if that is not known.</summary>
    public bool IsWellFormed => Algorithm is { } algorithm && algorithm.SizeInBytes() == Digest.Length;

    private bool HasParameters { get; }

    /// <summary>Whether this is the imprint of data with this digest.</summary>
    public bool Is(DigestAlgorithm algorithm, ReadOnlySpan<byte> digest) => Algorithm == algorithm && Digest.Span.SequenceEqual(digest);

    internal static byte[] Encode(DigestAlgorithm algorithm, ReadOnlySpan<byte> digest)
    {
        if (digest.Length != algorithm.SizeInBytes())
        {
            throw new ArgumentException($"Not a {algorithm} digest.", nameof(digest));
        }

        var octets = digest.ToArray();
        return Der.Encode(writer =>
        {
            using var _ = writer.PushSequence();
            writer.WriteAlgorithmIdentifier(algorithm);
            writer.WriteOctetString(octets);
        });
    }
}
