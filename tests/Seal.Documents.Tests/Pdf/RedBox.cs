using System.Globalization;
using System.Text;

namespace Seal.Documents.Tests.Pdf;

/// <summary>Where the red ink is in a rendered page (binary PPM), in mm.</summary>
public sealed record RedBox(double Left, double Top, double Width, double Height, int InkInUpperHalf, int InkInLowerHalf)
{
    public static RedBox Read(byte[] ppm, double pixelsPerMm)
    {
        var header = Encoding.ASCII.GetString(ppm, 0, Math.Min(64, ppm.Length)).Split((char[])[' ', '\n'], 5);
        header[0].ShouldBe("P6");
        var width = int.Parse(header[1], CultureInfo.InvariantCulture);
        var height = int.Parse(header[2], CultureInfo.InvariantCulture);
        var start = ppm.Length - (3 * width * height);
        List<(int X, int Y)> red = [];
        for (var i = 0; i < width * height; i++)
        {
            ReadOnlySpan<byte> pixel = ppm.AsSpan(start + (3 * i), 3);
            if (pixel[0] > 150 && pixel[1] < 120 && pixel[2] < 120)
            {
                red.Add((i % width, i / width));
            }
        }

        red.ShouldNotBeEmpty("nothing red on the page");
        var left = red.Min(p => p.X);
        var right = red.Max(p => p.X);
        var top = red.Min(p => p.Y);
        var bottom = red.Max(p => p.Y);
        var middle = (top + bottom) / 2.0;
        return new RedBox(
            left / pixelsPerMm,
            top / pixelsPerMm,
            (right - left + 1) / pixelsPerMm,
            (bottom - top + 1) / pixelsPerMm,
            red.Count(p => p.Y < middle),
            red.Count(p => p.Y > middle));
    }
}
