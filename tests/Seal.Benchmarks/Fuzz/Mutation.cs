namespace Seal.Benchmarks.Fuzz;

/// <summary>Changes a file in one to four places: bits, bytes, pieces cut out, doubled or moved, and words that mean something to readers.</summary>
internal static class Mutation
{
    private const int LongestPiece = 200;

    private static readonly byte[][] Words =
    [
        .. ((string[])["<<", ">>", "[", "]", "(", ")", "0 R", "endobj", "endstream", "stream\n", "-1", "99999999999999999999", "/Prev 0", "/Kids", "/Length", "null", "/W [0 0 0]", "startxref", "%%EOF", "/ByteRange", "<", "xref\n", "trailer", "/Contents", "/Encrypt 1 0 R", "PK\u0003\u0004", "PK\u0001\u0002", "PK\u0005\u0006", "<!DOCTYPE a>", "&a;", "../"])
            .Select(System.Text.Encoding.Latin1.GetBytes),
        [0x30, 0x80],
        [0xA0, 0x84, 0xFF, 0xFF, 0xFF, 0xFF],
        [0, 0, 0, 0],
    ];

    public static byte[] Of(byte[] file, Random random)
    {
        List<byte> bytes = [.. file];
        for (var change = random.Next(1, 5); change > 0 && bytes.Count > 1; change--)
        {
            Change(bytes, random);
        }

        return [.. bytes];
    }

    private static void Change(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
        var length = Math.Min(random.Next(1, LongestPiece), bytes.Count - at);
        switch (random.Next(8))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes[at] = (byte)('0' + random.Next(10));
                break;
            case 5:
                bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                break;
            case 6:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                var word = Words[random.Next(Words.Length)];
                bytes.RemoveRange(at, Math.Min(word.Length, bytes.Count - at));
                bytes.InsertRange(at, word);
                break;
        }
    }
}
