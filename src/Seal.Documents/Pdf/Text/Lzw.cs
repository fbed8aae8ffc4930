namespace Seal.Documents.Pdf;

/// <summary>LZWDecode (ISO 32000-1 §7.4.4.2) with the early change of code length that is the default.</summary>
internal static class Lzw
{
    private const int Clear = 256;
    private const int End = 257;
    private const int MostCodes = 4096;

    public static byte[] Decode(byte[] data, PdfBudget budget)
    {
        BoundedOutput output = new(budget);
        List<byte[]> table = [];
        byte[] previous = [];
        var width = 9;
        long bits = 0;
        var held = 0;
        foreach (var next in data)
        {
            bits = (bits << 8) | next;
            held += 8;
            if (held < width)
            {
                continue;
            }

            held -= width;
            var code = (int)(bits >> held) & ((1 << width) - 1);
            bits &= (1L << held) - 1;
            if (code == End)
            {
                break;
            }

            if (code == Clear)
            {
                table.Clear();
                previous = [];
                width = 9;
                continue;
            }

            if (Entry(code, table, previous) is not { } entry)
            {
                break; // damaged: what came before counts
            }

            output.Write(entry);
            if (previous.Length > 0 && table.Count + 258 < MostCodes)
            {
                table.Add([.. previous, entry[0]]);
            }

            previous = entry;
            width = (table.Count + 258 + 1) switch
            {
                >= 2048 => 12,
                >= 1024 => 11,
                >= 512 => 10,
                _ => 9,
            };
        }

        return output.ToArray();
    }

    private static byte[]? Entry(int code, List<byte[]> table, byte[] previous) => code switch
    {
        < Clear => [(byte)code],
        _ when code - 258 < table.Count => table[code - 258],
        _ when code - 258 == table.Count && previous.Length > 0 => [.. previous, previous[0]],
        _ => null,
    };
}
