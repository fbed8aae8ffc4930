using System.Buffers;
using System.Globalization;

namespace Seal.Ledger;

/// <summary>Writes a double as ECMAScript's <c>Number::toString</c> does, which RFC 8785 section 3.2.2.3 prescribes.</summary>
internal static class EcmaScriptNumber
{
    /// <summary>The longest text: sign, 17 digits, point and exponent, or 21 digits, or <c>0.000000</c> and 17 digits.</summary>
    private const int LongestText = 32;

    /// <summary>Appends the text of a finite number.</summary>
    public static void Write(double value, ArrayBufferWriter<byte> output)
    {
        if (value == 0)
        {
            // Negative zero too: ECMAScript prints it without a sign.
            output.Write("0"u8);
            return;
        }

        // .NET's "R" gives the same shortest round-trip digits, only laid out differently.
        Span<char> shortest = stackalloc char[LongestText];
        if (!double.Abs(value).TryFormat(shortest, out var length, "R", CultureInfo.InvariantCulture))
        {
            throw new InvalidOperationException("A double's shortest form has at most 24 characters.");
        }

        Span<byte> digits = stackalloc byte[LongestText];
        (var count, var pointAfter) = Take(shortest[..length], digits);
        var text = output.GetSpan(LongestText);
        var written = 0;
        if (value < 0)
        {
            text[written++] = (byte)'-';
        }

        written += Lay(digits[..count], pointAfter, text[written..]);
        output.Advance(written);
    }

    /// <summary>Takes the significant digits out of .NET's text and says after how many of them the decimal point stands.</summary>
    private static (int Count, int PointAfter) Take(ReadOnlySpan<char> text, Span<byte> digits)
    {
        var exponent = 0;
        var e = text.IndexOf('E');
        if (e >= 0)
        {
            exponent = int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }

        var count = 0;
        var point = text.IndexOf('.');
        var pointAfter = (point < 0 ? text.Length : point) + exponent;
        foreach (var c in text)
        {
            if (c == '.')
            {
                continue;
            }

            if (count == 0 && c == '0')
            {
                pointAfter--;
            }
            else
            {
                digits[count++] = (byte)c;
            }
        }

        while (digits[count - 1] == '0')
        {
            count--;
        }

        return (count, pointAfter);
    }

    /// <summary>The layout of ECMA-262 6.1.6.1.20: k digits, point after n of them.</summary>
    private static int Lay(ReadOnlySpan<byte> digits, int n, Span<byte> text)
    {
        var k = digits.Length;
        if (k <= n && n <= 21)
        {
            digits.CopyTo(text);
            text[k..n].Fill((byte)'0');
            return n;
        }

        if (0 < n && n <= 21)
        {
            digits[..n].CopyTo(text);
            text[n] = (byte)'.';
            digits[n..].CopyTo(text[(n + 1)..]);
            return k + 1;
        }

        if (-6 < n && n <= 0)
        {
            "0."u8.CopyTo(text);
            text[2..(2 - n)].Fill((byte)'0');
            digits.CopyTo(text[(2 - n)..]);
            return 2 - n + k;
        }

        var written = 0;
        text[written++] = digits[0];
        if (k > 1)
        {
            text[written++] = (byte)'.';
            digits[1..].CopyTo(text[written..]);
            written += k - 1;
        }

        text[written++] = (byte)'e';
        text[written++] = n > 0 ? (byte)'+' : (byte)'-';
        int.Abs(n - 1).TryFormat(text[written..], out var more, default, CultureInfo.InvariantCulture);
        return written + more;
    }
}
