namespace Seal.Documents.Pdf;

/// <summary>A value of the PDF syntax (ISO 32000-1 §7.3). Immutable once read.</summary>
internal abstract class PdfObject;

/// <summary>The null object; also what a reference to nothing means (§7.3.10).</summary>
internal sealed class PdfNull : PdfObject
{
    public static readonly PdfNull Value = new();

    private PdfNull()
    {
    }
}

/// <summary>true or false.</summary>
internal sealed class PdfBoolean(bool value) : PdfObject
{
    public bool Value { get; } = value;
}

/// <summary>A number written without a decimal point.</summary>
internal sealed class PdfInteger(long value) : PdfObject
{
    public long Value { get; } = value;
}

/// <summary>A number with a decimal point; its text is kept so that rewriting an object does not change it.</summary>
internal sealed class PdfReal(double value, string text) : PdfObject
{
    public double Value { get; } = value;

    public string Text { get; } = text;
}

/// <summary>A name; each char is one byte of it after <c>#xx</c> is undone.</summary>
internal sealed class PdfName(string value) : PdfObject
{
    public string Value { get; } = value;
}

/// <summary>
/// A literal or hexadecimal string. <see cref="Start"/> and <see cref="End"/> are where it stands in the file,
/// delimiters included, or -1 when it does not stand there itself (made here, or inside an object stream).
/// </summary>
internal sealed class PdfString(byte[] value, bool isHexadecimal, long start = -1, long end = -1) : PdfObject
{
    public byte[] Value { get; } = value;

    public bool IsHexadecimal { get; } = isHexadecimal;

    public long Start { get; } = start;

    public long End { get; } = end;
}

/// <summary>An indirect reference, <c>12 0 R</c>.</summary>
internal sealed class PdfReference(int number, int generation) : PdfObject
{
    public int Number { get; } = number;

    public int Generation { get; } = generation;

    public override string ToString() => $"{Number} {Generation} R";
}

/// <summary>An array.</summary>
internal sealed class PdfArray(IReadOnlyList<PdfObject> items) : PdfObject
{
    public IReadOnlyList<PdfObject> Items { get; } = items;
}

/// <summary>A stream: its dictionary and where its bytes begin. The length is looked up when the bytes are wanted.</summary>
internal sealed class PdfStream(PdfDictionary dictionary, long dataStart, byte[]? madeHere = null) : PdfObject
{
    public PdfDictionary Dictionary { get; } = dictionary;

    public long DataStart { get; } = dataStart;

    /// <summary>The raw bytes of a stream that is about to be written; null for one that was read.</summary>
    public byte[]? MadeHere { get; } = madeHere;
}

/// <summary>A keyword such as <c>obj</c>, <c>endstream</c> or an unknown bare word.</summary>
internal sealed class PdfKeyword(string value) : PdfObject
{
    public string Value { get; } = value;
}
