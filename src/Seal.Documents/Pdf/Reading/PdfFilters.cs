using System.IO.Compression;

namespace Seal.Documents.Pdf;

/// <summary>
/// Undoes the filters of cross-reference and object streams: FlateDecode with PNG predictors (ISO 32000-1 §7.4.4).
/// No other stream is ever decoded, because nothing else in a file is needed to seal or judge it.
/// </summary>
internal static class PdfFilters
{
    public static byte[] Decode(ReadOnlyMemory<byte> raw, PdfDictionary dictionary, PdfBudget budget)
    {
        var filter = Single(dictionary["Filter"]);
        var parameters = Single(dictionary["DecodeParms"]) as PdfDictionary;
        switch (filter)
        {
            case null or PdfNull:
                budget.SpendDecoded(raw.Length);
                return raw.ToArray();
            case PdfName { Value: "FlateDecode" or "Fl" }:
                return UndoPredictor(Inflate(raw, budget), parameters);
            default:
                throw PdfFormatException.Damaged("a cross-reference or object stream with a filter other than FlateDecode");
        }
    }

    private static PdfObject? Single(PdfObject? value) => value switch
    {
        PdfArray { Items.Count: 0 } => null,
        PdfArray { Items.Count: 1 } array => array.Items[0],
        PdfArray => throw PdfFormatException.Damaged("a chain of filters on a cross-reference or object stream"),
        _ => value,
    };

    private static byte[] Inflate(ReadOnlyMemory<byte> raw, PdfBudget budget)
    {
        var limit = budget.Limits.MaxDecodedStreamBytes;
        using MemoryStream decoded = new();
        using MemoryStream source = new(raw.ToArray(), writable: false);
        using ZLibStream inflater = new(source, CompressionMode.Decompress);
        var buffer = new byte[16 * 1024];
        try
        {
            for (int got; (got = inflater.Read(buffer)) > 0;)
            {
                budget.SpendDecoded(got);
                budget.SpendTime(64);
                if (decoded.Length + got > limit)
                {
                    throw new PdfFormatException(PdfProblem.TooLarge, $"a stream of more than {limit} bytes", nameof(PdfLimits.MaxDecodedStreamBytes));
                }

                decoded.Write(buffer, 0, got);
            }
        }
        catch (InvalidDataException error)
        {
            throw new PdfFormatException(PdfProblem.Damaged, "a compressed stream that cannot be decompressed", error);
        }

        return decoded.ToArray();
    }

    private static byte[] UndoPredictor(byte[] data, PdfDictionary? parameters)
    {
        var predictor = Number(parameters, "Predictor", 1);
        if (predictor == 1)
        {
            return data;
        }

        var columns = Number(parameters, "Columns", 1);
        if (predictor < 10 || Number(parameters, "Colors", 1) != 1 || Number(parameters, "BitsPerComponent", 8) != 8 || columns is < 1 or > 65536)
        {
            throw PdfFormatException.Damaged("a predictor that cross-reference and object streams do not use");
        }

        var width = (int)columns;
        var rows = data.Length / (width + 1);
        var result = new byte[rows * width];
        for (var row = 0; row < rows; row++)
        {
            var line = result.AsSpan(row * width, width);
            ReadOnlySpan<byte> above = row == 0 ? new byte[width] : result.AsSpan((row - 1) * width, width);
            UndoRow(data[row * (width + 1)], data.AsSpan((row * (width + 1)) + 1, width), above, line);
        }

        return result;
    }

    /// <summary>The PNG filter types, for one byte per pixel (PNG specification §9.2).</summary>
    private static void UndoRow(byte type, ReadOnlySpan<byte> filtered, ReadOnlySpan<byte> above, Span<byte> line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            var left = i > 0 ? line[i - 1] : 0;
            var aboveLeft = i > 0 ? above[i - 1] : 0;
            var prediction = type switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                4 => Paeth(left, above[i], aboveLeft),
                _ => throw PdfFormatException.Damaged($"PNG filter type {type}"),
            };
            line[i] = (byte)(filtered[i] + prediction);
        }
    }

    private static int Paeth(int left, int above, int aboveLeft)
    {
        var estimate = left + above - aboveLeft;
        var toLeft = Math.Abs(estimate - left);
        var toAbove = Math.Abs(estimate - above);
        var toAboveLeft = Math.Abs(estimate - aboveLeft);
        return toLeft <= toAbove && toLeft <= toAboveLeft ? left : toAbove <= toAboveLeft ? above : aboveLeft;
    }

    private static long Number(PdfDictionary? dictionary, string key, long absent) => dictionary?[key] switch
    {
        null or PdfNull => absent,
        PdfInteger integer => integer.Value,
        _ => throw PdfFormatException.Damaged($"/{key} of a filter is no number"),
    };
}
