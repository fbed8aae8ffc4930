using System.Text;

namespace Seal.Documents.Pdf;

/// <summary>A ToUnicode map (ISO 32000-1 §9.10.3): what the codes of a font mean.</summary>
internal sealed class CharacterCodes
{
    private readonly Dictionary<uint, string> _texts = [];

    /// <summary>The lengths in bytes that codes have, with the ranges they lie in; empty when the map does not say.</summary>
    public IReadOnlyList<(int Length, uint From, uint To)> CodeSpaces => _spaces;

    private readonly List<(int Length, uint From, uint To)> _spaces = [];

    public string? Find(uint code) => _texts.GetValueOrDefault(code);

    /// <summary>Reads a map; damage ends it where it is met.</summary>
    public static CharacterCodes Read(PdfView view, PdfStream stream)
    {
        CharacterCodes codes = new();
        MemoryBytes bytes = new(ContentFilters.Decode(view, stream));
        PdfParser parser = new(bytes, view.File.Budget);
        List<PdfObject> operands = [];
        try
        {
            while (ContentScanner.Next(parser, bytes) is { } value)
            {
                if (value is not PdfKeyword word)
                {
                    operands.Add(value);
                    continue;
                }

                codes.Take(word.Value, operands);
                operands.Clear();
            }
        }
        catch (PdfFormatException damaged) when (damaged.Code == PdfProblem.Damaged)
        {
            return codes; // what came before the damage counts
        }

        return codes;
    }

    private void Take(string word, List<PdfObject> operands)
    {
        switch (word)
        {
            case "endcodespacerange":
                foreach (var pair in operands.OfType<PdfString>().Chunk(2).Where(pair => pair.Length == 2 && pair[0].Value.Length is > 0 and <= 4))
                {
                    _spaces.Add((pair[0].Value.Length, Number(pair[0]), Number(pair[1])));
                }

                break;
            case "endbfchar":
                foreach (var pair in operands.OfType<PdfString>().Chunk(2).Where(pair => pair.Length == 2))
                {
                    _texts[Number(pair[0])] = Text(pair[1].Value);
                }

                break;
            case "endbfrange":
                foreach (var range in operands.Chunk(3))
                {
                    if (range is [PdfString first, PdfString last, var to])
                    {
                        TakeRange(Number(first), Math.Min(Number(last), Number(first) + 0xFFFF), to);
                    }
                }

                break;
            default:
                break;
        }
    }

    private void TakeRange(uint first, uint last, PdfObject to)
    {
        if (to is PdfArray each)
        {
            for (var i = 0; i < each.Items.Count && first + (uint)i <= last; i++)
            {
                if (each.Items[i] is PdfString text)
                {
                    _texts[first + (uint)i] = Text(text.Value);
                }
            }
        }
        else if (to is PdfString { Value.Length: > 0 } start)
        {
            // Only the last byte counts up in honest files; the last two do where a range spans rows.
            var bytes = start.Value.ToArray();
            for (var code = first; code <= last; code++)
            {
                _texts[code] = Text(bytes);
                for (var at = bytes.Length - 1; at >= 0 && ++bytes[at] == 0; at--)
                {
                }
            }
        }
    }

    private static uint Number(PdfString code) => code.Value.Take(4).Aggregate(0u, (value, next) => (value << 8) | next);

    private static string Text(byte[] utf16) => Encoding.BigEndianUnicode.GetString(utf16);
}
