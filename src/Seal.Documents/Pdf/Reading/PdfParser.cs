using System.Buffers;
using System.Globalization;

namespace Seal.Documents.Pdf;

/// <summary>
/// Reads values of the PDF syntax (ISO 32000-1 §7.2, §7.3) from a position onward. Nesting, size and time are
/// bounded by the budget, so that it may be pointed at anything.
/// </summary>
internal sealed class PdfParser(PdfBytes bytes, PdfBudget budget, long position = 0)
{
    private static readonly PdfInteger[] SmallIntegers = [.. Enumerable.Range(0, 256).Select(value => new PdfInteger(value))];

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789+-.");

    private readonly PdfScanner _scan = new(bytes, budget, position);

    /// <summary>Where the next byte is read.</summary>
    public long Position
    {
        get => _scan.Position;
        set => _scan.Position = value;
    }

    public void SkipWhiteSpace() => _scan.SkipWhiteSpace();

    /// <summary>Reads <c>n g obj</c> and the value after it; null when there is no such header here.</summary>
    public (int Number, int Generation, PdfObject Value)? ReadIndirect()
    {
        if (ReadValue() is not PdfInteger { Value: >= 0 and <= int.MaxValue } number
            || ReadValue() is not PdfInteger { Value: >= 0 and <= 65535 } generation
            || ReadValue() is not PdfKeyword { Value: "obj" })
        {
            return null;
        }

        var value = ReadValue();
        if (value is PdfKeyword)
        {
            value = PdfNull.Value; // "5 0 obj endobj"
        }
        else if (value is PdfDictionary dictionary)
        {
            var after = Position;
            if (ReadValue() is PdfKeyword { Value: "stream" })
            {
                value = new PdfStream(dictionary, StartOfStreamData());
            }
            else
            {
                Position = after;
            }
        }

        return ((int)number.Value, (int)generation.Value, value);
    }

    /// <summary>Reads one value, following nothing. A bare word, <c>]</c> or <c>&gt;&gt;</c> out of place is a keyword.</summary>
    public PdfObject ReadValue(int depth = 0)
    {
        budget.SpendValues(1);
        _scan.SkipWhiteSpace();
        var first = _scan.Peek();
        switch (first)
        {
            case -1:
                throw PdfFormatException.Damaged($"the file ends inside an object at {Position}");
            case '/':
                return new PdfName(_scan.ReadName());
            case '(':
                return _scan.ReadLiteralString();
            case '<' when _scan.Peek(1) == '<':
                return ReadDictionary(Deeper(depth));
            case '<':
                return _scan.ReadHexadecimalString();
            case '[':
                return ReadArray(Deeper(depth));
            case '>' when _scan.Peek(1) == '>':
                Position += 2;
                return new PdfKeyword(">>");
            case ']' or '>' or ')' or '{' or '}':
                Position++;
                return new PdfKeyword(((char)first).ToString());
            default:
                return ReadNumberOrWord(_scan.ReadRegular());
        }
    }

    private int Deeper(int depth) => depth < budget.Limits.MaxNesting
        ? depth + 1
        : throw new PdfFormatException(PdfProblem.TooComplex, $"nested deeper than {budget.Limits.MaxNesting} at {Position}", nameof(PdfLimits.MaxNesting));

    private PdfArray ReadArray(int depth)
    {
        Position++;
        List<PdfObject> items = [];
        while (true)
        {
            var item = ReadValue(depth);
            if (item is not PdfKeyword keyword)
            {
                items.Add(item);
            }
            else if (keyword.Value == "]")
            {
                return new PdfArray(items);
            }
            else
            {
                throw PdfFormatException.Damaged($"'{keyword.Value}' in an array at {Position}");
            }
        }
    }

    private PdfDictionary ReadDictionary(int depth)
    {
        Position += 2;
        OrderedDictionary<string, PdfObject> entries = new(StringComparer.Ordinal);
        var twice = false;
        while (true)
        {
            var key = ReadValue(depth);
            if (key is PdfKeyword { Value: ">>" })
            {
                return new PdfDictionary(entries, twice);
            }

            var value = key is PdfName ? ReadValue(depth) : key;
            if (key is not PdfName name || value is PdfKeyword)
            {
                throw PdfFormatException.Damaged($"a dictionary entry that is no key and value at {Position}");
            }

            twice |= entries.ContainsKey(name.Value);
            entries[name.Value] = value;
        }
    }

    private PdfObject ReadNumberOrWord(string word)
    {
        if (long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return (PdfObject?)ReadReference(integer) ?? (integer is >= 0 and < 256 ? SmallIntegers[integer] : new PdfInteger(integer));
        }

        // "NaN" and "Infinity" are numbers to .NET only.
        if (!word.AsSpan().ContainsAnyExcept(NumberCharacters) && double.TryParse(word, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var real))
        {
            return new PdfReal(real, word);
        }

        return word switch
        {
            "true" => new PdfBoolean(true),
            "false" => new PdfBoolean(false),
            "null" => PdfNull.Value,
            _ => new PdfKeyword(word),
        };
    }

    /// <summary>After an integer: the rest of <c>n g R</c> if that is what follows.</summary>
    private PdfReference? ReadReference(long number)
    {
        if (number is < 0 or > int.MaxValue)
        {
            return null;
        }

        var after = Position;
        _scan.SkipWhiteSpace();
        if (Position > after && _scan.TryReadDigits(out var generation) && generation <= 65535)
        {
            _scan.SkipWhiteSpace();
            if (_scan.Peek() == 'R' && !PdfScanner.IsRegular(_scan.Peek(1)))
            {
                Position++;
                return new PdfReference((int)number, (int)generation);
            }
        }

        Position = after;
        return null;
    }

    /// <summary>§7.3.8.1: the keyword is followed by CR LF or LF; a lone CR is seen in the field.</summary>
    private long StartOfStreamData()
    {
        var at = Position;
        if (_scan.Peek() == '\r')
        {
            return at + (_scan.Peek(1) == '\n' ? 2 : 1);
        }

        return _scan.Peek() == '\n' ? at + 1 : at;
    }
}
