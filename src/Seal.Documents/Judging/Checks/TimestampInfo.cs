using System.Formats.Asn1;
using Seal.Cryptography.Algorithms;

namespace Seal.Documents.Judging;

/// <summary>What a timestamp says (TSTInfo, RFC 3161 §2.4.2): some bytes with this digest existed at this time.</summary>
/// <param name="Algorithm">How the digest was computed; null when the algorithm is not accepted here.</param>
/// <param name="Digest">The digest of what was stamped.</param>
/// <param name="Time">When, UTC.</param>
internal sealed record TimestampInfo(DigestAlgorithm? Algorithm, ReadOnlyMemory<byte> Digest, DateTimeOffset Time)
{
    public const string ContentTypeOid = "1.2.840.113549.1.9.16.1.4";

    public static TimestampInfo? Read(ReadOnlyMemory<byte>? content)
    {
        if (content is not { } der)
        {
            return null;
        }

        try
        {
            var info = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
            info.ReadInteger();
            info.ReadObjectIdentifier();
            var imprint = info.ReadSequence();
            var algorithm = imprint.ReadSequence().ReadObjectIdentifier();
            var digest = imprint.ReadOctetString();
            info.ReadInteger();
            return new TimestampInfo(DigestAlgorithms.FromOid(algorithm), digest, info.ReadGeneralizedTime().ToUniversalTime());
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
