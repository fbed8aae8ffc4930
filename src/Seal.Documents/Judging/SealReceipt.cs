using System.Formats.Asn1;

namespace Seal.Documents.Judging;

/// <summary>
/// Where a sealing is recorded: a signed attribute of the signature, so that the one cannot be had without the other.
/// <code>
/// SealReceipt ::= SEQUENCE {
///   version INTEGER (1), origin UTF8String, signingId UTF8String, sealId UTF8String, sealVersion INTEGER }
/// </code>
/// </summary>
/// <param name="Origin">The ledger's name, as in its checkpoints.</param>
/// <param name="SigningId">The recorded signing.</param>
/// <param name="SealId">The seal that was used.</param>
/// <param name="SealVersion">The version of the seal's stream the signing was decided on.</param>
public sealed record SealReceipt(string Origin, string SigningId, string SealId, long SealVersion)
{
    /// <summary>
    /// Object identifier of the attribute; under 2.25 (ITU-T X.667), where a random UUID makes one without a registry.
    /// </summary>
    public const string AttributeOid = "2.25.48132817400129641342406579947237234419";

    private const int FormatVersion = 1;
    private const int LongestText = 512;

    /// <summary>The attribute's value, DER.</summary>
    public byte[] Encode()
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(FormatVersion);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, Origin);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, SigningId);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, SealId);
            writer.WriteInteger(SealVersion);
        }

        return writer.Encode();
    }

    /// <summary>Reads the attribute's value; null when it is not a receipt of this version.</summary>
    public static SealReceipt? Decode(ReadOnlyMemory<byte> der)
    {
        try
        {
            AsnReader outer = new(der, AsnEncodingRules.DER);
            var reader = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            if (!reader.TryReadInt32(out var version) || version != FormatVersion)
            {
                return null;
            }

            var origin = reader.ReadCharacterString(UniversalTagNumber.UTF8String);
            var signing = reader.ReadCharacterString(UniversalTagNumber.UTF8String);
            var seal = reader.ReadCharacterString(UniversalTagNumber.UTF8String);
            var known = reader.TryReadInt64(out var sealVersion);
            reader.ThrowIfNotEmpty();
            return known && sealVersion >= 0 && origin.Length <= LongestText && signing.Length <= LongestText && seal.Length <= LongestText
                ? new SealReceipt(origin, signing, seal, sealVersion)
                : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
