using System.Buffers;
using System.Globalization;
using System.Text;

namespace Seal.Documents.Pdf;

/// <summary>Writes values in the PDF syntax; what it writes, <see cref="PdfParser"/> reads back equal.</summary>
internal sealed class PdfSyntaxWriter
{
    private readonly ArrayBufferWriter<byte> _output = new();

    public long Length => _output.WrittenCount;

    public byte[] ToArray() => _output.WrittenSpan.ToArray();

    public PdfSyntaxWriter Raw(string ascii)
    {
        _output.Write(Encoding.Latin1.GetBytes(ascii));
        return this;
    }

    public PdfSyntaxWriter Raw(ReadOnlySpan<byte> bytes)
    {
        _output.Write(bytes);
        return this;
    }

    /// <summary>A row of the digit 0.</summary>
    public PdfSyntaxWriter Zeros(int count)
    {
        _output.GetSpan(count)[..count].Fill((byte)'0');
        _output.Advance(count);
        return this;
    }

    public void Value(PdfObject value)
    {
        switch (value)
        {
            case PdfBoolean boolean:
                Raw(boolean.Value ? "true" : "false");
                break;
            case PdfInteger integer:
                Raw(integer.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case PdfReal real:
                Raw(real.Text);
                break;
            case PdfName name:
                Name(name.Value);
                break;
            case PdfString text:
                Text(text);
                break;
            case PdfReference reference:
                Raw(reference.ToString());
                break;
            case PdfArray array:
                Items(array);
                break;
            case PdfDictionary dictionary:
                Raw("<<");
                Entries(dictionary);
                Raw(">>");
                break;
            case PdfStream { MadeHere: { } data } stream:
                Value(stream.Dictionary.With("Length", new PdfInteger(data.Length)));
                Raw("\nstream\n").Raw(data).Raw("\nendstream");
                break;
            case PdfNull:
                Raw("null");
                break;
            default:
                throw new ArgumentException($"{value.GetType().Name} is not written", nameof(value));
        }
    }

    public static PdfReal Real(double value)
    {
        var rounded = Math.Round(value, 4);
        return new PdfReal(rounded, rounded.ToString("0.####", CultureInfo.InvariantCulture));
    }

    public static PdfArray Numbers(params double[] numbers) => new([.. numbers.Select(Real)]);

    private void Items(PdfArray array)
    {
        Raw("[");
        for (var i = 0; i < array.Items.Count; i++)
        {
            Raw(i == 0 ? "" : " ");
            Value(array.Items[i]);
        }

        Raw("]");
    }

    /// <summary>The entries of a dictionary without the brackets around them.</summary>
    public void Entries(PdfDictionary dictionary)
    {
        foreach ((var key, var value) in dictionary.Entries)
        {
            Name(key);
            Raw(" ");
            Value(value);
        }
    }

    private void Name(string name)
    {
        StringBuilder text = new("/");
        foreach (var next in name)
        {
            if (next is > ' ' and <= '~' and not '#' && PdfScanner.IsRegular(next))
            {
                text.Append(next);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"#{(int)next:X2}");
            }
        }

        Raw(text.ToString());
    }

    private void Text(PdfString text)
    {
        if (text.IsHexadecimal)
        {
            Raw("<").Raw(Convert.ToHexString(text.Value)).Raw(">");
            return;
        }

        Raw("(");
        foreach (var next in text.Value)
        {
            if (next is (byte)'(' or (byte)')' or (byte)'\\')
            {
                Raw("\\").Raw([next]);
            }
            else if (next is (byte)'\r')
            {
                Raw("\\r"); // a bare CR would be read back as LF
            }
            else
            {
                Raw([next]);
            }
        }

        Raw(")");
    }
}
