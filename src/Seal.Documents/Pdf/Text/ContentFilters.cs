using System.IO.Compression;

namespace Seal.Documents.Pdf;

/// <summary>
/// Undoes the filters of content streams, fonts' maps and the like (ISO 32000-1 §7.4), in chains, too. Damage ends a stream where
/// it is met, as viewers do; image filters give nothing, since no text is behind them.
/// </summary>
internal static class ContentFilters
{
    /// <summary>What a stream holds.</summary>
    public static byte[] Decode(PdfView view, PdfStream stream)
    {
        var budget = view.File.Budget;
        var data = PdfStreamData.ReadExactly(view.File.Bytes, stream.DataStart, view.LengthOf(stream), budget);
        var filter = view.Resolve(stream.Dictionary["Filter"] ?? stream.Dictionary["F"]);
        foreach (var name in filter is PdfArray chain ? chain.Items.Select(view.Name) : [(filter as PdfName)?.Value])
        {
            data = name switch
            {
                null => data,
                "FlateDecode" or "Fl" => Inflate(data, budget),
                "LZWDecode" or "LZW" => Lzw.Decode(data, budget),
                "ASCIIHexDecode" or "AHx" => FromHexadecimal(data),
                "ASCII85Decode" or "A85" => FromBase85(data),
                "RunLengthDecode" or "RL" => FromRuns(data, budget),
                _ => [],
            };
        }

        return data;
    }

    private static byte[] Inflate(byte[] data, PdfBudget budget)
    {
        using MemoryStream source = new(data, writable: false);
        using ZLibStream inflater = new(source, CompressionMode.Decompress);
        BoundedOutput output = new(budget);
        var buffer = new byte[16 * 1024];
        try
        {
            for (int got; (got = inflater.Read(buffer)) > 0;)
            {
                output.Write(buffer.AsSpan(0, got));
            }
        }
        catch (InvalidDataException)
        {
            // What came before the damage counts.
            return output.ToArray();
        }

        return output.ToArray();
    }

    private static byte[] FromHexadecimal(byte[] data)
    {
        List<byte> result = new(data.Length / 2);
        var high = -1;
        foreach (var next in data.TakeWhile(value => value != '>').Where(value => char.IsAsciiHexDigit((char)value)))
        {
            var digit = Convert.ToInt32(((char)next).ToString(), 16);
            if (high < 0)
            {
                high = digit;
            }
            else
            {
                result.Add((byte)((high << 4) | digit));
                high = -1;
            }
        }

        if (high >= 0)
        {
            result.Add((byte)(high << 4));
        }

        return [.. result];
    }

    private static byte[] FromBase85(byte[] data)
    {
        List<byte> result = new(data.Length);
        Span<uint> group = stackalloc uint[5];
        var count = 0;
        foreach (var next in data.TakeWhile(value => value != '~'))
        {
            if (next == 'z' && count == 0)
            {
                result.AddRange([0, 0, 0, 0]);
            }
            else if (next is >= (byte)'!' and <= (byte)'u')
            {
                group[count++] = (uint)(next - '!');
                if (count == 5)
                {
                    Flush(group, 5, result);
                    count = 0;
                }
            }
        }

        if (count > 1)
        {
            group[count..].Fill(84);
            Flush(group, count, result);
        }

        return [.. result];
    }

    private static void Flush(ReadOnlySpan<uint> group, int count, List<byte> result)
    {
        uint value = 0;
        foreach (var digit in group)
        {
            value = unchecked((value * 85) + digit);
        }

        for (var i = 0; i < count - 1; i++)
        {
            result.Add((byte)(value >> (24 - (8 * i))));
        }
    }

    private static byte[] FromRuns(byte[] data, PdfBudget budget)
    {
        BoundedOutput output = new(budget);
        for (var at = 0; at < data.Length && data[at] != 128;)
        {
            var length = data[at++];
            if (length < 128)
            {
                var count = Math.Min(length + 1, data.Length - at);
                output.Write(data.AsSpan(at, count));
                at += count;
            }
            else if (at < data.Length)
            {
                output.Fill(data[at++], 257 - length);
            }
        }

        return output.ToArray();
    }
}

/// <summary>What a filter gives, counted against the file's limits.</summary>
internal sealed class BoundedOutput(PdfBudget budget)
{
    private readonly System.Buffers.ArrayBufferWriter<byte> _written = new();

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Spend(bytes.Length);
        bytes.CopyTo(_written.GetSpan(bytes.Length));
        _written.Advance(bytes.Length);
    }

    public void Fill(byte value, int count)
    {
        Spend(count);
        _written.GetSpan(count)[..count].Fill(value);
        _written.Advance(count);
    }

    public byte[] ToArray() => _written.WrittenSpan.ToArray();

    private void Spend(int count)
    {
        budget.SpendDecoded(count);
        budget.SpendTime(1 + (count >> 8));
        if (_written.WrittenCount + (long)count > budget.Limits.MaxDecodedStreamBytes)
        {
            throw new PdfFormatException(
                PdfProblem.TooLarge, $"a stream of more than {budget.Limits.MaxDecodedStreamBytes} bytes", nameof(PdfLimits.MaxDecodedStreamBytes));
        }
    }
}
