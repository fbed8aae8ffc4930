using Seal.Documents.Impressions;

namespace Seal.Documents.Pdf;

/// <summary>As much of the graphics state as says where text stands (ISO 32000-1 §9.3, §9.4).</summary>
internal sealed record TextState
{
    public static TextState Initial { get; } = new();

    public TextFont? Font { get; init; }

    public double Size { get; init; }

    public double LetterSpacing { get; init; }

    public double WordSpacing { get; init; }

    public double Leading { get; init; }

    private double Scaling { get; init; } = 1;

    private double Rise { get; init; }

    private Affine Matrix { get; init; } = Affine.Identity;

    private Affine Line { get; init; } = Affine.Identity;

    private Affine Text { get; init; } = Affine.Identity;

    /// <summary>Where a point of text space, seen from the current place, is in user space.</summary>
    public Point At(double x, double y) => Text.Then(Matrix).Apply(new Point(x, y + Rise));

    /// <summary>The state in which a form's content begins.</summary>
    public TextState Inside(Affine matrix) => this with { Matrix = matrix.Then(Matrix) };

    /// <summary>After a glyph: both in units of text space before scaling, along the font's direction of writing.</summary>
    public TextState Advance(double glyph, double spacing)
    {
        var by = Font is { IsVertical: true } ? Affine.Translation(0, -(glyph + spacing)) : Affine.Translation((glyph + spacing) * Scaling, 0);
        return this with { Text = by.Then(Text) };
    }

    public TextState NextLine(double x, double y)
    {
        var line = Affine.Translation(x, y).Then(Line);
        return this with { Line = line, Text = line };
    }

    /// <summary>The operators that take only numbers.</summary>
    public TextState Apply(string word, double[] numbers) => (word, numbers) switch
    {
        ("cm", [var a, var b, var c, var d, var e, var f]) => this with { Matrix = new Affine(a, b, c, d, e, f).Then(Matrix) },
        ("BT", _) => this with { Line = Affine.Identity, Text = Affine.Identity },
        ("Tm", [var a, var b, var c, var d, var e, var f]) => this with { Line = new Affine(a, b, c, d, e, f), Text = new Affine(a, b, c, d, e, f) },
        ("Td", [var x, var y]) => NextLine(x, y),
        ("TD", [var x, var y]) => (this with { Leading = -y }).NextLine(x, y),
        ("T*", _) => NextLine(0, -Leading),
        ("Tc", [var spacing]) => this with { LetterSpacing = spacing },
        ("Tw", [var spacing]) => this with { WordSpacing = spacing },
        ("Tz", [var percent]) => this with { Scaling = percent / 100 },
        ("TL", [var leading]) => this with { Leading = leading },
        ("Ts", [var rise]) => this with { Rise = rise },
        _ => this,
    };
}
