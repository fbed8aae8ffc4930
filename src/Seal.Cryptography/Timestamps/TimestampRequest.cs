using System.Formats.Asn1;
using System.Numerics;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Asn1;

namespace Seal.Cryptography.Timestamps;

/// <summary>What a client asks a time-stamping authority (RFC 3161 §2.4.1), as received or to be sent.</summary>
public sealed class TimestampRequest
{
    /// <summary>Longest nonce accepted, in bytes: no client needs more, and it is copied into every answer.</summary>
    public const int MaximumNonceSize = 64;

    private TimestampRequest(ReadOnlyMemory<byte> der)
    {
        var outer = Der.Read(der);
        RawData = outer.PeekEncodedValue();
        var request = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        Version = request.TryReadInt32(out var version) ? version : throw new AsnContentException("Version out of range.");
        MessageImprint = new MessageImprint(request.ReadEncodedValue());
        Policy = Der.Has(request, Asn1Tag.ObjectIdentifier) ? request.ReadObjectIdentifier() : null;
        if (Der.Has(request, Asn1Tag.Integer))
        {
            Nonce = request.ReadInteger();
        }

        // An explicit FALSE is not DER, but clients write it.
        WantsCertificates = Der.Has(request, Asn1Tag.Boolean) && request.ReadBoolean();
        if (Der.Has(request, Der.Context0))
        {
            Extensions = [.. Certificates.ExtensionReader.ReadAll(request.ReadSequence(Der.Context0)).Select(static extension => extension.Oid)];
        }

        request.ThrowIfNotEmpty();
    }

    /// <summary>The request, DER.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>1 is the only version there is.</summary>
    public int Version { get; }

    /// <summary>What is to be stamped.</summary>
    public MessageImprint MessageImprint { get; }

    /// <summary>Under which policy, as an object identifier; null leaves it to the authority.</summary>
    public string? Policy { get; }

    /// <summary>A number that the answer must repeat, or null.</summary>
    public BigInteger? Nonce { get; }

    /// <summary>Whether the authority's certificates are to come with the token.</summary>
    public bool WantsCertificates { get; }

    /// <summary>Object identifiers of the extensions; no extension is defined, so that an authority refuses them all.</summary>
    public IReadOnlyList<string> Extensions { get; } = [];

    /// <summary>Reads a DER TimeStampReq, strictly; what it asks for is not judged.</summary>
    /// <exception cref="DerFormatException">It is none.</exception>
    public static TimestampRequest Parse(ReadOnlyMemory<byte> der) =>
        Der.Parse("time-stamp request", der, static bytes => new TimestampRequest(bytes));

    /// <summary>Makes a request that asks for the certificates as well.</summary>
    /// <param name="algorithm">How the data were hashed.</param>
    /// <param name="digest">Their digest.</param>
    /// <param name="nonce">Random bytes, 8 or more; they make a positive number, big-endian.</param>
    /// <param name="policy">The policy wanted, or null.</param>
    public static TimestampRequest Create(DigestAlgorithm algorithm, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> nonce, string? policy = null)
    {
        var imprint = MessageImprint.Encode(algorithm, digest);
        var number = new BigInteger(nonce, isUnsigned: true, isBigEndian: true);
        return Parse(Der.Encode(writer =>
        {
            using var _ = writer.PushSequence();
            writer.WriteInteger(1);
            writer.WriteEncodedValue(imprint);
            if (policy is not null)
            {
                writer.WriteObjectIdentifier(policy);
            }

            writer.WriteInteger(number);
            writer.WriteBoolean(true);
        }));
    }
}
