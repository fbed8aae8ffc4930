using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Seal.Documents.Ses;

/// <summary>The ASN.1 steps that writing shares.</summary>
internal static class SesWriter
{
    /// <exception cref="SesFormatException">A value (an object identifier, a text) has no encoding.</exception>
    public static byte[] Encode(Action<AsnWriter> write)
    {
        try
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            write(writer);
            return writer.Encode();
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new SesFormatException($"A value cannot be encoded: {e.Message}", e);
        }
    }

    public static void WriteTime(AsnWriter writer, DateTimeOffset time) =>
        writer.WriteGeneralizedTime(time.ToUniversalTime(), omitFractionalSeconds: true);

    /// <summary>ExtensionDatas as a bare SEQUENCE; the caller tags it where the layout has a tag.</summary>
    public static void WriteExtensions(AsnWriter writer, IReadOnlyList<SesExtension> extensions)
    {
        using var list = writer.PushSequence();
        foreach (var extension in extensions)
        {
            using var entry = writer.PushSequence();
            writer.WriteObjectIdentifier(extension.Oid);
            if (extension.Critical)
            {
                writer.WriteBoolean(true);
            }

            writer.WriteOctetString(extension.Value.Span);
        }
    }

    public static string Ia5(string field, string value, int longest)
    {
        if (value.Length is 0 || value.Length > longest || !value.All(static c => c is >= ' ' and <= '~'))
        {
            throw new SesFormatException($"{field} is 1 to {longest} printable ASCII characters.");
        }

        return value;
    }
}
