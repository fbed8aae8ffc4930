using System.Buffers.Binary;
using System.IO.Compression;

namespace Seal.Documents.Tests.Impressions;

/// <summary>Pixels of an 8-bit RGBA PNG without interlace, which is what the renderer gives; enough to look at it.</summary>
internal sealed class Raster
{
    private readonly byte[] _pixels;

    private Raster(int width, int height, byte[] pixels) => (Width, Height, _pixels) = (width, height, pixels);

    public int Width { get; }

    public int Height { get; }

    public (byte Red, byte Green, byte Blue, byte Alpha) this[int x, int y]
    {
        get
        {
            var at = 4 * (y * Width + x);
            return (_pixels[at], _pixels[at + 1], _pixels[at + 2], _pixels[at + 3]);
        }
    }

    public bool IsInk(int x, int y) => this[x, y].Alpha > 127;

    /// <summary>The share of a region, given in mm, that is inked.</summary>
    public double InkShare(double dpi, Func<double, double, bool> region)
    {
        int inside = 0, ink = 0;
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                if (!region((x + 0.5) * 25.4 / dpi, (y + 0.5) * 25.4 / dpi))
                {
                    continue;
                }

                inside++;
                if (IsInk(x, y))
                {
                    ink++;
                }
            }
        }

        inside.ShouldBeGreaterThan(0);
        return (double)ink / inside;
    }

    public static Raster FromPng(byte[] png)
    {
        int width = 0, height = 0;
        using var packed = new MemoryStream();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var kind = System.Text.Encoding.ASCII.GetString(png, at + 4, 4);
            var data = png.AsSpan(at + 8, length);
            if (kind == "IHDR")
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
                data[8..].ToArray().ShouldBe([8, 6, 0, 0, 0], "8 bits, RGBA, no interlace");
            }

            if (kind == "IDAT")
            {
                packed.Write(data);
            }

            at += 12 + length;
        }

        packed.Position = 0;
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        var stride = 4 * width;
        byte[] pixels = new byte[stride * height], row = new byte[stride + 1];
        for (var y = 0; y < height; y++)
        {
            zlib.ReadExactly(row);
            for (var i = 0; i < stride; i++)
            {
                var left = i >= 4 ? pixels[y * stride + i - 4] : 0;
                var up = y > 0 ? pixels[(y - 1) * stride + i] : 0;
                var corner = i >= 4 && y > 0 ? pixels[(y - 1) * stride + i - 4] : 0;
                var predicted = row[0] switch { 1 => left, 2 => up, 3 => (left + up) / 2, 4 => Paeth(left, up, corner), _ => 0 };
                pixels[y * stride + i] = (byte)(row[i + 1] + predicted);
            }
        }

        return new Raster(width, height, pixels);
    }

    private static int Paeth(int left, int up, int corner)
    {
        int p = left + up - corner, a = Math.Abs(p - left), b = Math.Abs(p - up), c = Math.Abs(p - corner);
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }
}
