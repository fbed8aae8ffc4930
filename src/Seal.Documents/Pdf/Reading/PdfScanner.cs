namespace Seal.Documents.Pdf;

/// <summary>The lexical level of the PDF syntax: white space, names, strings, runs of regular characters (§7.2, §7.3.4, §7.3.5).</summary>
internal sealed class PdfScanner(PdfBytes bytes, PdfBudget budget, long position)
{
    private const int LongestWord = 256;

    public long Position { get; set; } = position;

    public static bool IsWhiteSpace(int value) => value is ' ' or '\n' or '\r' or '\t' or '\f' or 0;

    public static bool IsRegular(int value) => value >= 0 && !IsWhiteSpace(value)
        && value is not ('(' or ')' or '<' or '>' or '[' or ']' or '{' or '}' or '/' or '%');

    public int Peek(int ahead = 0) => bytes.At(Position + ahead);

    public void SkipWhiteSpace()
    {
        var from = Position;
        while (true)
        {
            var value = Peek();
            if (value == '%')
            {
                while (Peek() is not (-1 or '\n' or '\r'))
                {
                    Position++;
                }
            }
            else if (IsWhiteSpace(value))
            {
                Position++;
            }
            else
            {
                break;
            }
        }

        budget.SpendTime((Position - from) >> 3);
    }

    public bool TryReadDigits(out long value)
    {
        value = 0;
        var from = Position;
        while (Peek() is >= '0' and <= '9' && Position - from < 10)
        {
            value = (value * 10) + (Peek() - '0');
            Position++;
        }

        return Position > from && !IsRegular(Peek());
    }

    public string ReadRegular()
    {
        Span<char> word = stackalloc char[LongestWord];
        var length = 0;
        while (IsRegular(Peek()))
        {
            if (length == LongestWord)
            {
                throw PdfFormatException.Damaged($"a word longer than {LongestWord} bytes at {Position}");
            }

            word[length++] = (char)Peek();
            Position++;
        }

        return word[..length].ToString();
    }

    public string ReadName()
    {
        Position++;
        Span<char> name = stackalloc char[LongestWord];
        var length = 0;
        while (IsRegular(Peek()))
        {
            if (length == LongestWord)
            {
                throw PdfFormatException.Damaged($"a name longer than {LongestWord} bytes at {Position}");
            }

            var value = Peek();
            if (value == '#' && Hex(Peek(1)) is >= 0 and int high && Hex(Peek(2)) is >= 0 and int low)
            {
                value = (high << 4) | low;
                Position += 2;
            }

            name[length++] = (char)value;
            Position++;
        }

        return name[..length].ToString();
    }

    public PdfString ReadHexadecimalString()
    {
        var start = Position++;
        List<byte> value = [];
        var pending = -1;
        while (Peek() != '>')
        {
            var digit = Hex(Peek());
            if (digit >= 0)
            {
                if (pending < 0)
                {
                    pending = digit;
                }
                else
                {
                    Append(value, (byte)((pending << 4) | digit));
                    pending = -1;
                }
            }
            else if (!IsWhiteSpace(Peek()))
            {
                throw PdfFormatException.Damaged($"no hexadecimal digit at {Position}");
            }

            Position++;
        }

        Position++;
        if (pending >= 0)
        {
            value.Add((byte)(pending << 4)); // §7.3.4.3: a missing last digit is 0
        }

        return new PdfString([.. value], true, start, Position);
    }

    public PdfString ReadLiteralString()
    {
        var start = Position++;
        List<byte> value = [];
        for (var open = 1; open > 0; Position++)
        {
            var next = Peek();
            switch (next)
            {
                case -1:
                    throw PdfFormatException.Damaged($"the string from {start} does not end");
                case '\\':
                    Position++;
                    ReadEscape(value);
                    continue;
                case '(':
                    open++;
                    break;
                case ')' when --open == 0:
                    continue;
                case '\r':
                    next = '\n';
                    Position += Peek(1) == '\n' ? 1 : 0;
                    break;
                default:
                    break;
            }

            Append(value, (byte)next);
        }

        return new PdfString([.. value], false, start, Position);
    }

    private void ReadEscape(List<byte> value)
    {
        var next = Peek();
        switch (next)
        {
            case >= '0' and <= '7':
                var code = next - '0';
                for (var i = 0; i < 2 && Peek(1) is >= '0' and <= '7'; i++)
                {
                    code = (code << 3) | (Peek(1) - '0');
                    Position++;
                }

                value.Add((byte)code);
                break;
            case '\r':
                Position += Peek(1) == '\n' ? 1 : 0;
                break;
            case '\n' or -1:
                break;
            default:
                value.Add(next switch { 'n' => (byte)'\n', 'r' => (byte)'\r', 't' => (byte)'\t', 'b' => (byte)'\b', 'f' => (byte)'\f', _ => (byte)next });
                break;
        }
    }

    private void Append(List<byte> value, byte next)
    {
        value.Add(next);
        if ((value.Count & 15) == 0)
        {
            budget.SpendValues(1);
        }
    }

    private static int Hex(int value) => value switch
    {
        >= '0' and <= '9' => value - '0',
        >= 'a' and <= 'f' => value - 'a' + 10,
        >= 'A' and <= 'F' => value - 'A' + 10,
        _ => -1,
    };
}
