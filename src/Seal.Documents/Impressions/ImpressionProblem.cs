namespace Seal.Documents.Impressions;

/// <summary>Stable codes of <see cref="ImpressionException"/>.</summary>
public static class ImpressionProblem
{
    /// <summary>A text the shape needs is missing or blank.</summary>
    public const string TextEmpty = "impression-text-empty";

    /// <summary>A text does not fit at the smallest width a character may be squeezed to.</summary>
    public const string TextTooLong = "impression-text-too-long";

    /// <summary>A text is not of the form its place asks for (a code of 13 digits, a name without control characters).</summary>
    public const string TextInvalid = "impression-text-invalid";

    /// <summary>A measure in millimetres (or a resolution) is outside its range.</summary>
    public const string SizeOutOfRange = "impression-size-out-of-range";

    /// <summary>The parts asked for cannot stand together on this shape.</summary>
    public const string PartsDisagree = "impression-parts-disagree";

    /// <summary>The font has no outline for a character; the message names it. Nothing is drawn in its place.</summary>
    public const string FontLacksCharacter = "font-lacks-character";

    /// <summary>No font file at the given path or in the usual folders.</summary>
    public const string FontNotFound = "font-not-found";

    /// <summary>The font file is not TrueType, or its tables contradict themselves.</summary>
    public const string FontDamaged = "font-damaged";

    /// <summary>The program that makes PNG images is not installed.</summary>
    public const string RendererMissing = "renderer-missing";

    /// <summary>The program that makes PNG images failed, or gave something that is not a PNG image.</summary>
    public const string RendererFailed = "renderer-failed";

    /// <summary>The program that makes PNG images did not end in time and was stopped.</summary>
    public const string RendererTimeout = "renderer-timeout";
}
