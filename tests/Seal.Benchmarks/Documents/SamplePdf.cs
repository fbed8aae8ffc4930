using System.Globalization;
using System.Text;

namespace Seal.Benchmarks.Documents;

/// <summary>PDFs of a wanted size: pages of text, and an image that does not compress.</summary>
internal static class SamplePdf
{
    /// <summary>Writes one.</summary>
    /// <param name="stream">Gets the file.</param>
    /// <param name="bytes">Its size, nearly.</param>
    public static void Write(Stream stream, long bytes)
    {
        var pages = (int)Math.Clamp(bytes / 10_000, 1, 100);
        List<long> offsets = [];
        var at = 0L;
        Text("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        var kids = string.Join(' ', Enumerable.Range(0, pages).Select(page => $"{5 + (2 * page)} 0 R"));
        Begin("<</Type /Catalog /Pages 2 0 R>>");
        Begin($"<</Type /Pages /Count {pages} /Kids [{kids}] /MediaBox [0 0 595 842] /Resources <</Font <</F1 3 0 R>> /XObject <</Im 4 0 R>>>>>>");
        Begin("<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>");
        var image = Math.Max(0, bytes - (pages * 1_500L) - 1_000);
        offsets.Add(at);
        Text(string.Create(CultureInfo.InvariantCulture, $"4 0 obj\n<</Type /XObject /Subtype /Image /Width {Math.Max(1, image / 100)} /Height 100 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length {image}>>\nstream\n"));
        Noise(image);
        Text("\nendstream\nendobj\n");
        for (var page = 0; page < pages; page++)
        {
            Begin($"<</Type /Page /Parent 2 0 R /Contents {6 + (2 * page)} 0 R>>");
            var content = string.Concat(Enumerable.Range(0, 30).Select(line => $"BT /F1 11 Tf 60 {780 - (24 * line)} Td (Clause {line}) Tj ET\n"));
            Begin($"<</Length {content.Length}>>\nstream\n{content}\nendstream");
        }

        var start = at;
        Text($"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n" + string.Concat(offsets.Select(offset => $"{offset:D10} 00000 n \n")));
        Text($"trailer\n<</Size {offsets.Count + 1} /Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");

        void Begin(string body)
        {
            offsets.Add(at);
            Text($"{offsets.Count} 0 obj\n{body}\nendobj\n");
        }

        void Text(string text) => Raw(Encoding.Latin1.GetBytes(text));

        void Raw(ReadOnlySpan<byte> part)
        {
            stream.Write(part);
            at += part.Length;
        }

        // A linear congruential sequence: no run of it is repeated, and each run of the benchmark has the same bytes.
        void Noise(long length)
        {
            var buffer = new byte[64 * 1024];
            var state = 12345u;
            for (var left = length; left > 0; left -= buffer.Length)
            {
                for (var i = 0; i < buffer.Length; i++)
                {
                    state = unchecked((state * 1664525u) + 1013904223u);
                    buffer[i] = (byte)(state >> 24);
                }

                Raw(buffer.AsSpan(0, (int)Math.Min(buffer.Length, left)));
            }
        }
    }

    /// <summary>One in memory.</summary>
    public static byte[] Of(long bytes)
    {
        using MemoryStream stream = new();
        Write(stream, bytes);
        return stream.ToArray();
    }
}
