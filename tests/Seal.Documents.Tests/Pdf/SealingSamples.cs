using System.Text;
using Seal.Documents.Pdf;

namespace Seal.Documents.Tests.Pdf;

/// <summary>A seal's picture and request as the tests use them.</summary>
public static class SealingSamples
{
    public const double PointsPerMm = 72 / 25.4;

    public static DateTimeOffset Time { get; } = new(2026, 11, 21, 8, 30, 0, TimeSpan.Zero);

    /// <summary>A red ring with a bar in the upper half, so that upside down and sideways can be told.</summary>
    public static byte[] Ring(double widthMm, double heightMm)
    {
        var w = widthMm * PointsPerMm;
        var h = heightMm * PointsPerMm;
        return Encoding.ASCII.GetBytes(FormattableString.Invariant(
            $"0.9 0 0.07 RG 0.9 0 0.07 rg 3 w 2 2 {w - 4:0.###} {h - 4:0.###} re S {w * 0.2:0.###} {h * 0.7:0.###} {w * 0.6:0.###} {h * 0.15:0.###} re f"));
    }

    public static SealRequest Request(int page = 1, double x = 20, double y = 30, double width = 40, double height = 40) => new()
    {
        Places = [new SealPlace.OnPage(page, x, y)],
        WidthMm = width,
        HeightMm = height,
        AppearanceContent = Ring(width, height),
        SigningTime = Time,
        Reason = "合同盖章",
        Name = "Example (Ltd)",
    };

    /// <summary>Prepares and completes with bytes that only have the length of a signature.</summary>
    public static async Task<byte[]> SealWithoutSigning(byte[] file, SealRequest request)
    {
        using MemoryStream source = new(file, writable: false);
        var prepared = PdfSealer.Prepare(source, request, TestContext.Current.CancellationToken);
        using MemoryStream sealedFile = new();
        await prepared.CompleteAsync(new byte[] { 0x30, 0x03, 0x02, 0x01, 0x05 }, sealedFile, TestContext.Current.CancellationToken);
        return sealedFile.ToArray();
    }
}
