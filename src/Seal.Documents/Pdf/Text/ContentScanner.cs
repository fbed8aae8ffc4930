namespace Seal.Documents.Pdf;

/// <summary>Reads operands and operators of content streams one by one (ISO 32000-1 §7.8.2).</summary>
internal static class ContentScanner
{
    /// <summary>The next operand, or (a keyword) operator; null at the end.</summary>
    public static PdfObject? Next(PdfParser parser, PdfBytes bytes)
    {
        parser.SkipWhiteSpace();
        return parser.Position >= bytes.Length ? null : parser.ReadValue();
    }

    /// <summary>Passes over the data of an inline image: from behind <c>ID</c> to behind <c>EI</c>.</summary>
    public static void SkipInlineImage(PdfParser parser, PdfBytes bytes)
    {
        for (var at = parser.Position; at < bytes.Length; at++)
        {
            if (bytes.At(at) == 'E' && bytes.At(at + 1) == 'I' && PdfScanner.IsWhiteSpace(bytes.At(at - 1)) && !PdfScanner.IsRegular(bytes.At(at + 2)))
            {
                parser.Position = at + 2;
                return;
            }
        }

        parser.Position = bytes.Length;
    }
}
