using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>
/// How broad the lines of a content stream come out: the line width in force where something is stroked, scaled as the current
/// transformation scales it (ISO 32000-1 §8.4.3.2). Widths come from <c>w</c> and from the dictionaries that <c>gs</c> names.
/// </summary>
internal sealed class StrokeWidths(PdfView view, PdfDictionary? resources, double width, double scale)
{
    // More than readers have to put up with (ISO 32000-1 annex C); from what goes deeper on, every line counts as broad.
    private const int DeepestStates = 64;

    private readonly Stack<(Linear Transformation, double Width)> _kept = new();
    private Linear _transformation = new(scale, 0, 0, scale);
    private double _width = width;
    private bool _isLost;

    /// <summary>The width a form starts with that is drawn by what was read: the broadest in force at any <c>Do</c>; 0 if none is drawn.</summary>
    public double AtForms { get; private set; }

    /// <summary>The scale a form starts with: the largest in force at any <c>Do</c>; 0 if none is drawn.</summary>
    public double ScaleAtForms { get; private set; }

    /// <summary>The largest scale of a matrix; 1 of what is none.</summary>
    public static double ScaleOf(PdfView view, PdfObject? matrix) =>
        Read(view, matrix).Norm;

    /// <summary>The size of a box that a matrix has turned and scaled.</summary>
    public static (double Width, double Height) SizeUnder(PdfView view, PdfObject? matrix, PdfRectangle box)
    {
        var by = Read(view, matrix);
        return ((Math.Abs(by.A) * box.Width) + (Math.Abs(by.C) * box.Height), (Math.Abs(by.B) * box.Width) + (Math.Abs(by.D) * box.Height));
    }

    /// <summary>Takes an operator with its operands.</summary>
    /// <returns>How broad the line is that it strokes, in units of what the stream is shown in; 0 if it strokes none, no number where the transformation has none.</returns>
    public double Take(string operation, IReadOnlyList<PdfObject> operands)
    {
        switch (operation)
        {
            case "q" when _kept.Count == DeepestStates:
                _isLost = true;
                break;
            case "q":
                _kept.Push((_transformation, _width));
                break;
            case "Q" when _kept.TryPop(out var kept):
                (_transformation, _width) = kept;
                break;
            case "cm" when operands.Count >= 6 && Linear.Of([.. operands.TakeLast(6).Take(4).Select(view.Number)]) is { } linear:
                _transformation = linear.Then(_transformation);
                break;
            case "w" when operands is [.., var last]:
                _width = Math.Abs(view.Number(last) ?? double.MaxValue);
                break;
            case "gs" when operands is [.., PdfName name]:
                _width = Math.Abs(view.Number(view.Dictionary(view.Dictionary(resources?["ExtGState"])?[name.Value])?["LW"]) ?? _width);
                break;
            case "Do":
                (AtForms, ScaleAtForms) = (Math.Max(AtForms, _isLost ? double.MaxValue : _width), Math.Max(ScaleAtForms, _transformation.Norm));
                break;
            case "S" or "s" or "B" or "B*" or "b" or "b*":
                return _isLost ? double.MaxValue : _width * _transformation.Norm;
        }

        return 0;
    }

    private static Linear Read(PdfView view, PdfObject? matrix) =>
        view.Array(matrix) is { Items: { Count: 6 } items } && Linear.Of([.. items.Take(4).Select(view.Number)]) is { } linear ? linear : new Linear(1, 0, 0, 1);

    /// <summary>The part of a transformation that turns and scales: x' = A·x + C·y, y' = B·x + D·y.</summary>
    private readonly record struct Linear(double A, double B, double C, double D)
    {
        /// <summary>How much longer the longest direction becomes (the largest singular value).</summary>
        public double Norm
        {
            get
            {
                var (first, second) = ((A * A) + (B * B), (C * C) + (D * D));
                var mixed = (A * C) + (B * D);
                return Math.Sqrt((first + second + Math.Sqrt(((first - second) * (first - second)) + (4 * mixed * mixed))) / 2);
            }
        }

        public static Linear? Of(IReadOnlyList<double?> numbers) =>
            numbers is [{ } a, { } b, { } c, { } d] ? new Linear(a, b, c, d) : null;

        /// <summary>This one first, then the other.</summary>
        public Linear Then(Linear next) => new(
            (A * next.A) + (B * next.C), (A * next.B) + (B * next.D), (C * next.A) + (D * next.C), (C * next.B) + (D * next.D));
    }
}
