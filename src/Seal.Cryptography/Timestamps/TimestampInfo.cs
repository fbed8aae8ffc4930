using System.Formats.Asn1;
using System.Numerics;
using Seal.Cryptography.Asn1;
using Seal.Cryptography.Certificates;

namespace Seal.Cryptography.Timestamps;

/// <summary>What a time-stamping authority states (TSTInfo, RFC 3161 §2.4.2), kept as received.</summary>
public sealed class TimestampInfo
{
    private TimestampInfo(ReadOnlyMemory<byte> der)
    {
        var outer = Der.Read(der);
        RawData = outer.PeekEncodedValue();
        var info = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        if (!info.TryReadInt32(out var version) || version != 1)
        {
            throw new AsnContentException("Only version 1 is known.");
        }

        Policy = info.ReadObjectIdentifier();
        MessageImprint = new MessageImprint(info.ReadEncodedValue());
        SerialNumber = info.ReadIntegerBytes();
        Time = info.ReadGeneralizedTime().ToUniversalTime();
        Accuracy = Der.Has(info, Asn1Tag.Sequence) ? TimestampAccuracy.Read(info.ReadSequence()) : null;
        IsOrdered = Der.Has(info, Asn1Tag.Boolean) && info.ReadBoolean();
        Nonce = Der.Has(info, Asn1Tag.Integer) ? info.ReadInteger() : null;
        if (Der.TryReadExplicit(info, Der.Context0) is { } name)
        {
            var directoryName = Der.Context(4);
            Authority = Der.Has(name, directoryName) ? DistinguishedName.Parse(name.ReadSequence(directoryName).ReadEncodedValue()) : null;
        }

        HasUnknownCriticalExtension = Der.Has(info, Der.Context1)
                                      && ExtensionReader.ReadAll(info.ReadSequence(Der.Context1)).Any(static extension => extension.Critical);
        info.ThrowIfNotEmpty();
    }

    /// <summary>DER as received.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>The policy under which it was made, as an object identifier.</summary>
    public string Policy { get; }

    /// <summary>What was stamped.</summary>
    public MessageImprint MessageImprint { get; }

    /// <summary>The token's number, unique for its authority: big-endian, two's complement.</summary>
    public ReadOnlyMemory<byte> SerialNumber { get; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>By how much <see cref="Time"/> may be off; null if the authority does not say.</summary>
    public TimeSpan? Accuracy { get; }

    /// <summary>Whether all tokens of this authority can be ordered by their times, whatever their accuracy.</summary>
    public bool IsOrdered { get; }

    /// <summary>The request's nonce, or null.</summary>
    public BigInteger? Nonce { get; }

    /// <summary>The authority's name as it states it, or null; only its certificate proves it.</summary>
    public DistinguishedName? Authority { get; }

    /// <summary>A critical extension stands in it: none is known here, so the token must not be relied upon.</summary>
    public bool HasUnknownCriticalExtension { get; }

    /// <summary>Reads a DER TSTInfo.</summary>
    /// <exception cref="DerFormatException">It is none.</exception>
    public static TimestampInfo Parse(ReadOnlyMemory<byte> der) =>
        Der.Parse("time-stamp statement", der, static bytes => new TimestampInfo(bytes));

    /// <summary>Writes the statement that answers a request.</summary>
    internal static byte[] Encode(
        TimestampRequest request, string policy, ReadOnlyMemory<byte> serialNumber, DateTimeOffset time, TimeSpan accuracy, bool ordered, DistinguishedName authority) =>
        Der.Encode(writer =>
        {
            using var _ = writer.PushSequence();
            writer.WriteInteger(1);
            writer.WriteObjectIdentifier(policy);
            writer.WriteEncodedValue(request.MessageImprint.RawData.Span);
            writer.WriteInteger(serialNumber.Span);
            // Fractions end at their last digit that is not zero, and vanish with it (RFC 3161 §2.4.2): DER as the writer does it.
            writer.WriteGeneralizedTime(time.ToUniversalTime());
            if (accuracy > TimeSpan.Zero)
            {
                TimestampAccuracy.Write(writer, accuracy);
            }

            if (ordered)
            {
                writer.WriteBoolean(true);
            }

            if (request.Nonce is { } nonce)
            {
                writer.WriteInteger(nonce);
            }

            using var tsa = writer.PushSequence(Der.Context0);
            using var directoryName = writer.PushSequence(Der.Context(4));
            writer.WriteEncodedValue(authority.RawData.Span);
        });
}
