namespace Seal.Documents.Pdf;

/// <summary>
/// Parses objects where they stand and keeps them: views of several revisions share them, and the same place always
/// gives the same instance. Their memory is bounded by <see cref="PdfLimits.MaxValues"/>.
/// </summary>
internal sealed class PdfObjectReader(PdfBytes bytes, PdfBudget budget)
{
    private readonly Dictionary<long, (int Number, int Generation, PdfObject Value)?> _atOffset = [];
    private readonly Dictionary<long, ObjectStream> _objectStreams = [];

    /// <summary>The object at an offset, if it is the one expected there.</summary>
    public PdfObject ReadAt(long offset, int number, int generation)
    {
        var found = Read(offset);
        return found is { } value && value.Number == number && value.Generation == generation
            ? value.Value
            : throw PdfFormatException.Damaged($"object {number} {generation} is not at {offset}, where the cross-reference says it is");
    }

    /// <summary>Whether the object expected at an offset is there.</summary>
    public bool IsAt(long offset, int number, int generation)
    {
        try
        {
            return Read(offset) is { } value && value.Number == number && value.Generation == generation;
        }
        catch (PdfFormatException error) when (error.Code == PdfProblem.Damaged)
        {
            return false; // and no other object either
        }
    }

    /// <summary>The object with this number in an object stream, which itself stands at <paramref name="offset"/>.</summary>
    public PdfObject ReadFromStream(long offset, PdfStream stream, long length, int number, int index)
    {
        if (!_objectStreams.TryGetValue(offset, out var contents))
        {
            var raw = PdfStreamData.ReadExactly(bytes, stream.DataStart, length, budget);
            contents = ObjectStream.Read(PdfFilters.Decode(raw, stream.Dictionary, budget), stream.Dictionary, budget);
            _objectStreams[offset] = contents;
        }

        return contents.Read(number, index);
    }

    private (int Number, int Generation, PdfObject Value)? Read(long offset)
    {
        if (!_atOffset.TryGetValue(offset, out var found))
        {
            found = offset < bytes.Length ? new PdfParser(bytes, budget, offset).ReadIndirect() : null;
            _atOffset[offset] = found;
        }

        return found;
    }
}
