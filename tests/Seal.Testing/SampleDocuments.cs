using System.Globalization;
using System.Text;
using Seal.Documents.Ofd;

namespace Seal.Testing;

/// <summary>Small documents made on the spot.</summary>
public static class SampleDocuments
{
    /// <summary>An OFD of A4 pages with a line of text on each.</summary>
    public static byte[] Ofd(int pages = 1)
    {
        OfdTextDocument document = new()
        {
            CreatedOn = new DateOnly(2026, 1, 1),
            Pages = [.. Enumerable.Range(1, pages).Select(page => new[] { new OfdTextLine(25, 40, 6, $"采购合同 第 {page} 页") })],
        };
        MemoryStream stream = new();
        document.WriteAsync(stream, CancellationToken.None).GetAwaiter().GetResult();
        return stream.ToArray();
    }

    /// <summary>A PDF of A4 pages with a line of text on each.</summary>
    public static byte[] Pdf(int pages = 1)
    {
        List<string> objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Count {pages} /Kids [{string.Join(' ', Enumerable.Range(0, pages).Select(page => $"{4 + (2 * page)} 0 R"))}] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ];
        for (var page = 0; page < pages; page++)
        {
            var content = $"BT /F1 24 Tf 72 760 Td (Contract, page {page + 1}) Tj ET";
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + (2 * page)} 0 R >>");
            objects.Add($"<< /Length {content.Length} >>\nstream\n{content}\nendstream");
        }

        var file = new StringBuilder("%PDF-1.7\n");
        var offsets = new List<int>();
        foreach (var (number, body) in objects.Select((body, index) => (index + 1, body)))
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{body}\nendobj\n");
        }

        var start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        offsets.ForEach(offset => file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }
}
