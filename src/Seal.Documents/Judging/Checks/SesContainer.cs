using System.Formats.Asn1;
using Seal.Cryptography;

namespace Seal.Documents.Judging;

/// <summary>Tells seals' signatures from other containers, and their length.</summary>
internal static class SesContainer
{
    /// <summary>Both SES versions begin with nested sequences and, in the seal's header, the IA5String "ES".</summary>
    public static bool LooksLike(ReadOnlySpan<byte> contents) =>
        contents[0] == 0x30 && contents[..Math.Min(contents.Length, 48)].IndexOf("\u0016\u0002ES"u8) > 0;

    /// <exception cref="DerFormatException">The first element is not whole.</exception>
    public static ReadOnlyMemory<byte> WithoutPadding(ReadOnlyMemory<byte> contents)
    {
        try
        {
            return new AsnReader(contents, AsnEncodingRules.BER).PeekEncodedValue();
        }
        catch (AsnContentException error)
        {
            throw new DerFormatException("Not a whole element.", error);
        }
    }
}
