using System.Formats.Asn1;
using Seal.Cryptography.Asn1;

namespace Seal.Cryptography.Timestamps;

/// <summary>A time-stamping authority's answer (TimeStampResp, RFC 3161 §2.4.2): a token, or a refusal.</summary>
public sealed class TimestampResponse
{
    private const int Granted = 0;
    private const int GrantedWithMods = 1;
    private const int Rejection = 2;
    private const int RevocationNotification = 5;
    private const int MaximumTexts = 16;

    private TimestampResponse(ReadOnlyMemory<byte> der)
    {
        var outer = Der.Read(der, AsnEncodingRules.BER);
        RawData = outer.PeekEncodedValue();
        var response = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var status = response.ReadSequence();
        Status = status.TryReadInt32(out var number) && number is >= Granted and <= RevocationNotification
            ? number
            : throw new AsnContentException("The status is none that is known.");
        if (Der.Has(status, Asn1Tag.Sequence))
        {
            Text = ReadTexts(status.ReadSequence());
        }

        if (Der.Has(status, Asn1Tag.PrimitiveBitString))
        {
            Failure = ReadFailure(status.ReadBitString(out _));
        }

        status.ThrowIfNotEmpty();
        var isGranted = Status is Granted or GrantedWithMods;
        if (response.HasData != isGranted)
        {
            throw new AsnContentException("A token goes with a grant, and only with a grant.");
        }

        Token = isGranted ? TimestampToken.Parse(response.ReadEncodedValue()) : null;
        response.ThrowIfNotEmpty();
    }

    /// <summary>The answer, DER where it was made here.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>PKIStatus: 0 granted, 1 granted with modifications, 2 rejected, 3 waiting, 4 and 5 about revocation.</summary>
    public int Status { get; }

    /// <summary>The token; null if the request was refused.</summary>
    public TimestampToken? Token { get; }

    /// <summary>Why it was refused; null if it was not, or if the authority does not say in terms known here.</summary>
    public TimestampFailure? Failure { get; }

    /// <summary>What the authority adds for people; empty if nothing. Text from outside.</summary>
    public string Text { get; } = "";

    /// <summary>Reads an answer.</summary>
    /// <exception cref="DerFormatException">It is none.</exception>
    public static TimestampResponse Parse(ReadOnlyMemory<byte> ber) =>
        Der.Parse("time-stamp answer", ber, static bytes => new TimestampResponse(bytes));

    /// <summary>Makes a refusal.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="text">The same in words, English.</param>
    public static TimestampResponse Refuse(TimestampFailure failure, string text) => Parse(Der.Encode(writer =>
    {
        using var _ = writer.PushSequence();
        using var status = writer.PushSequence();
        writer.WriteInteger(Rejection);
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, text);
        }

        var bit = (int)failure;
        var bits = new byte[(bit / 8) + 1];
        bits[^1] = (byte)(0x80 >> (bit % 8));
        writer.WriteBitString(bits, 7 - (bit % 8)); // DER drops trailing zero bits of a named list
    }));

    internal static TimestampResponse Grant(byte[] token) => Parse(Der.Encode(writer =>
    {
        using var _ = writer.PushSequence();
        using (writer.PushSequence())
        {
            writer.WriteInteger(Granted);
        }

        writer.WriteEncodedValue(token);
    }));

    private static string ReadTexts(AsnReader texts)
    {
        List<string> lines = [];
        while (texts.HasData)
        {
            var line = texts.ReadCharacterString(UniversalTagNumber.UTF8String);
            if (lines.Count < MaximumTexts)
            {
                lines.Add(line);
            }
        }

        return string.Join(' ', lines);
    }

    private static TimestampFailure? ReadFailure(byte[] bits)
    {
        foreach (var failure in Enum.GetValues<TimestampFailure>())
        {
            var bit = (int)failure;
            if (bit / 8 < bits.Length && (bits[bit / 8] & (0x80 >> (bit % 8))) != 0)
            {
                return failure;
            }
        }

        return null;
    }
}
