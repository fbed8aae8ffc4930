using System.Formats.Asn1;
using Seal.Cryptography.Asn1;

namespace Seal.Cryptography.Timestamps;

/// <summary>Accuracy of RFC 3161 §2.4.2: seconds, milliseconds [0] and microseconds [1], each left out when zero.</summary>
internal static class TimestampAccuracy
{
    private static readonly Asn1Tag Millis = Der.Context(0, constructed: false);
    private static readonly Asn1Tag Micros = Der.Context(1, constructed: false);

    public static TimeSpan Read(AsnReader accuracy)
    {
        var seconds = Der.Has(accuracy, Asn1Tag.Integer) ? Number(accuracy, Asn1Tag.Integer, 0, int.MaxValue) : 0;
        var millis = Der.Has(accuracy, Millis) ? Number(accuracy, Millis, 1, 999) : 0;
        var micros = Der.Has(accuracy, Micros) ? Number(accuracy, Micros, 1, 999) : 0;
        accuracy.ThrowIfNotEmpty();
        return new TimeSpan((seconds * TimeSpan.TicksPerSecond) + (millis * TimeSpan.TicksPerMillisecond) + (micros * TimeSpan.TicksPerMicrosecond));
    }

    public static void Write(AsnWriter writer, TimeSpan accuracy)
    {
        using var _ = writer.PushSequence();
        if ((long)accuracy.TotalSeconds is > 0 and var seconds)
        {
            writer.WriteInteger(seconds);
        }

        if (accuracy.Milliseconds > 0)
        {
            writer.WriteInteger(accuracy.Milliseconds, Millis);
        }

        if (accuracy.Microseconds > 0)
        {
            writer.WriteInteger(accuracy.Microseconds, Micros);
        }
    }

    private static long Number(AsnReader accuracy, Asn1Tag tag, int least, int most) =>
        accuracy.TryReadInt32(out var number, tag) && number >= least && number <= most
            ? number
            : throw new AsnContentException("A part of the accuracy is out of range.");
}
