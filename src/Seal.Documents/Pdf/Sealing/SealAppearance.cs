using System.Text;

namespace Seal.Documents.Pdf;

/// <summary>The pictures of one sealing: the seal once, and around it a frame for each part of it and each rotation that is shown.</summary>
internal sealed class SealAppearance(IncrementalUpdate update, SealRequest request)
{
    private const double PointsPerMm = 72 / 25.4;

    private readonly Dictionary<(PdfRectangle Box, int Rotation), PdfReference> _frames = [];
    private readonly double _width = request.WidthMm * PointsPerMm;
    private readonly double _height = request.HeightMm * PointsPerMm;
    private PdfReference? _picture;

    /// <summary>The appearance stream for a placement.</summary>
    public PdfReference Of(SealPlacement placement)
    {
        if (!_frames.TryGetValue((placement.Box, placement.Rotation), out var frame))
        {
            var isWhole = placement.Rotation == 0 && placement.Box == new PdfRectangle(0, 0, _width, _height);
            frame = isWhole ? Picture() : update.Add(Form(placement.Box, placement.Matrix, "/Seal Do"u8, Picture()));
            _frames.Add((placement.Box, placement.Rotation), frame);
        }

        return frame;
    }

    /// <summary>The appearance stream of a field that has its size already: the seal in its middle, made smaller where it does not fit.</summary>
    public PdfReference Within(double widthPt, double heightPt, int rotation)
    {
        (var width, var height) = rotation is 90 or 270 ? (heightPt, widthPt) : (widthPt, heightPt);
        var scale = Math.Min(1, Math.Min(width / _width, height / _height));
        SealPlacement placement = new(null!, default, new PdfRectangle(0, 0, width, height), rotation);
        var content = Encoding.ASCII.GetBytes(FormattableString.Invariant(
            $"q {scale:0.#####} 0 0 {scale:0.#####} {(width - (scale * _width)) / 2:0.###} {(height - (scale * _height)) / 2:0.###} cm /Seal Do Q"));
        return update.Add(Form(placement.Box, placement.Matrix, content, Picture()));
    }

    private PdfReference Picture() => _picture ??= update.Add(Form(new PdfRectangle(0, 0, _width, _height), [1, 0, 0, 1, 0, 0], request.AppearanceContent.Span, null));

    private static PdfStream Form(PdfRectangle box, double[] matrix, ReadOnlySpan<byte> content, PdfReference? seal)
    {
        var resources = seal is null ? PdfDictionary.Empty : PdfDictionary.Empty.With("XObject", PdfDictionary.Empty.With("Seal", seal));
        return new PdfStream(
            PdfDictionary.Empty
                .With("Type", new PdfName("XObject"))
                .With("Subtype", new PdfName("Form"))
                .With("BBox", PdfSyntaxWriter.Numbers(box.Left, box.Bottom, box.Right, box.Top))
                .With("Matrix", PdfSyntaxWriter.Numbers(matrix))
                .With("Resources", resources),
            -1,
            content.ToArray());
    }
}
