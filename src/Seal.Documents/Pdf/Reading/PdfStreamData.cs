namespace Seal.Documents.Pdf;

/// <summary>The raw bytes of streams.</summary>
internal static class PdfStreamData
{
    /// <summary>Reads bytes that the file must have; no more is allocated than it has.</summary>
    public static byte[] ReadExactly(PdfBytes bytes, long start, long length, PdfBudget budget)
    {
        if (start < 0 || length < 0 || length > bytes.Length - start)
        {
            throw PdfFormatException.Damaged($"a stream of {length} bytes at {start} passes the end");
        }

        if (length > budget.Limits.MaxDecodedStreamBytes)
        {
            throw new PdfFormatException(PdfProblem.TooLarge, $"a cross-reference or object stream of {length} bytes", nameof(PdfLimits.MaxDecodedStreamBytes));
        }

        budget.SpendDecoded(length);
        var data = new byte[length];
        if (bytes.Read(start, data) < length)
        {
            throw new PdfFormatException(PdfProblem.Truncated, $"a stream at {start} ends early");
        }

        return data;
    }
}
