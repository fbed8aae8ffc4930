namespace Seal.Documents.Impressions;

/// <summary>A path in ink.</summary>
/// <param name="Path">Millimetres from the top left of the picture, y downwards; filled by the non-zero winding rule.</param>
/// <param name="Filled">Whether the inside is inked.</param>
/// <param name="StrokeMm">Width of the line drawn along the path, centred on it; 0 for none.</param>
public sealed record Figure(VectorPath Path, bool Filled, double StrokeMm);

/// <summary>
/// An impression as vector graphics: figures of one ink on a transparent ground, in millimetres. From the same
/// picture every output is the same byte for byte.
/// </summary>
/// <param name="WidthMm">Width.</param>
/// <param name="HeightMm">Height.</param>
/// <param name="Ink">The one colour.</param>
/// <param name="Figures">What is drawn, in order.</param>
public sealed record Picture(double WidthMm, double HeightMm, InkColour Ink, IReadOnlyList<Figure> Figures)
{
    /// <summary>As SVG 1.1 with sizes in mm and a viewBox in mm. Only paths: no fonts, text, links or scripts.</summary>
    public string ToSvg() => SvgWriter.Write(this);

    /// <summary>
    /// As the content stream of a PDF form XObject with <c>/BBox [0 0 w h]</c>, w and h being the picture's size in points
    /// (1 mm = 72/25.4 pt), y upwards. Only path and colour operators inside <c>q … Q</c>: needs no resources. ASCII.
    /// </summary>
    public byte[] ToPdfContent() => PdfContentWriter.Write(this);

    /// <summary>As a PNG image with transparent ground, by the program rsvg-convert.</summary>
    /// <param name="dpi">Pixels to the inch, 36–1200.</param>
    /// <param name="cancellationToken">Stops the program.</param>
    /// <exception cref="ImpressionException"><c>renderer-missing</c>, <c>renderer-failed</c>, <c>renderer-timeout</c>, <c>impression-size-out-of-range</c>.</exception>
    public Task<byte[]> ToPngAsync(int dpi, CancellationToken cancellationToken) =>
        new PngRenderer().RenderAsync(this, dpi, cancellationToken);
}
