using System.Formats.Asn1;

namespace Seal.Cryptography.Asn1;

/// <summary>
/// Brings a BER value into the form that DER gives it: definite and shortest lengths, strings in one piece, SETs in order.
/// What was signed as DER and then stored otherwise (RFC 5652 §5.4) can be checked only so.
/// </summary>
internal static class DerForm
{
    private const int MaximumDepth = 24;

    /// <summary>The value as DER; null if it is no BER throughout, or nested deeper than any honest structure.</summary>
    public static byte[]? TryOf(ReadOnlyMemory<byte> ber)
    {
        try
        {
            return Of(ber, MaximumDepth);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static byte[] Of(ReadOnlyMemory<byte> ber, int depth)
    {
        if (depth == 0)
        {
            throw new AsnContentException("Nested too deeply.");
        }

        var reader = Der.Read(ber, AsnEncodingRules.BER);
        var tag = reader.PeekTag();
        if (tag.HasSameClassAndValue(Asn1Tag.PrimitiveOctetString) && tag.IsConstructed)
        {
            return Wrap([0x04], reader.ReadOctetString());
        }

        var content = reader.PeekContentBytes();
        if (!tag.IsConstructed)
        {
            return Wrap(Identifier(ber.Span), content.Span);
        }

        List<byte[]> children = [];
        for (var inner = Der.Read(content, AsnEncodingRules.BER); inner.HasData;)
        {
            children.Add(Of(inner.ReadEncodedValue(), depth - 1));
        }

        if (tag.HasSameClassAndValue(Asn1Tag.SetOf))
        {
            children.Sort(static (left, right) => left.AsSpan().SequenceCompareTo(right));
        }

        return Wrap(Identifier(ber.Span), [.. children.SelectMany(static child => child)]);
    }

    private static ReadOnlySpan<byte> Identifier(ReadOnlySpan<byte> encoded)
    {
        var length = 1;
        if ((encoded[0] & 0x1f) == 0x1f)
        {
            while ((encoded[length++] & 0x80) != 0)
            {
            }
        }

        return encoded[..length];
    }

    private static byte[] Wrap(ReadOnlySpan<byte> identifier, ReadOnlySpan<byte> content)
    {
        Span<byte> length = stackalloc byte[5];
        var used = 1;
        if (content.Length < 0x80)
        {
            length[0] = (byte)content.Length;
        }
        else
        {
            for (var rest = content.Length; rest > 0; rest >>= 8)
            {
                used++;
            }

            length[0] = (byte)(0x80 | (used - 1));
            for (var i = 1; i < used; i++)
            {
                length[i] = (byte)(content.Length >> (8 * (used - 1 - i)));
            }
        }

        return [.. identifier, .. length[..used], .. content];
    }
}
