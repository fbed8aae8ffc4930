using System.Diagnostics;
using System.Globalization;
using System.Text;
using Seal.Documents.Impressions;

namespace Seal.Documents.Tests.Impressions;

/// <summary>A PDF of one page that shows a picture as a form XObject, rendered by poppler's pdftoppm.</summary>
internal sealed class OnePagePdf
{
    private readonly byte[] _pixels;
    private readonly int _width;

    private OnePagePdf(byte[] ppm)
    {
        var header = Encoding.ASCII.GetString(ppm, 0, 32).Split('\n');
        header[0].ShouldBe("P6");
        _width = int.Parse(header[1].Split(' ')[0], CultureInfo.InvariantCulture);
        _pixels = ppm[(header[0].Length + header[1].Length + header[2].Length + 3)..];
    }

    public byte Green(int x, int y) => _pixels[3 * (y * _width + x) + 1];

    public static async Task<OnePagePdf> RenderAsync(string folder, Picture picture, int dpi, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, "page.pdf");
        await File.WriteAllBytesAsync(path, Write(picture), cancellationToken);
        var resolution = dpi.ToString(CultureInfo.InvariantCulture);
        using var child = Process.Start(new ProcessStartInfo("pdftoppm", ["-r", resolution, "-singlefile", path, Path.Combine(folder, "page")]))!;
        await child.WaitForExitAsync(cancellationToken);
        child.ExitCode.ShouldBe(0);
        return new OnePagePdf(await File.ReadAllBytesAsync(Path.Combine(folder, "page.ppm"), cancellationToken));
    }

    private static byte[] Write(Picture picture)
    {
        var box = string.Create(CultureInfo.InvariantCulture, $"[0 0 {picture.WidthMm * 72 / 25.4:0.###} {picture.HeightMm * 72 / 25.4:0.###}]");
        var form = Encoding.ASCII.GetString(picture.ToPdfContent());
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            $"<</Type/Page/Parent 2 0 R/MediaBox{box}/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
            "<</Length 5>>stream\n/F Do\nendstream",
            $"<</Type/XObject/Subtype/Form/BBox{box}/Length {form.Length}>>stream\n{form}\nendstream",
        ];
        var pdf = new StringBuilder("%PDF-1.7\n");
        var offsets = new List<int>();
        foreach (var body in objects)
        {
            offsets.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{offsets.Count} 0 obj\n{body}\nendobj\n");
        }

        var xref = pdf.Length;
        pdf.Append("xref\n0 6\n0000000000 65535 f \n");
        foreach (var offset in offsets)
        {
            pdf.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        }

        pdf.Append(CultureInfo.InvariantCulture, $"trailer<</Size 6/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(pdf.ToString());
    }
}
