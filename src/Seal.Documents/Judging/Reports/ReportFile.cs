using System.Globalization;
using System.IO.Compression;
using System.Text;
using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>A new PDF, object by object.</summary>
internal sealed class ReportFile
{
    private readonly List<byte[]?> _objects = [];

    /// <summary>Adds an object by its text.</summary>
    public PdfReference Add(string body) => Add(Encoding.Latin1.GetBytes(body));

    /// <summary>Keeps a number for an object that is put in later.</summary>
    public PdfReference Reserve()
    {
        _objects.Add(null);
        return new PdfReference(_objects.Count, 0);
    }

    /// <summary>Puts an object at a number that was kept.</summary>
    public void Put(PdfReference place, string body) => _objects[place.Number - 1] = Encoding.Latin1.GetBytes(body);

    /// <summary>Adds a stream, compressed.</summary>
    public PdfReference AddStream(string entries, byte[] data)
    {
        using MemoryStream packed = new();
        using (ZLibStream deflater = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflater.Write(data);
        }

        var header = string.Create(CultureInfo.InvariantCulture, $"<<{entries} /Filter /FlateDecode /Length {packed.Length}>>\nstream\n");
        return Add([.. Encoding.Latin1.GetBytes(header), .. packed.ToArray(), .. "\nendstream"u8]);
    }

    /// <summary>The whole file.</summary>
    public byte[] Write(PdfReference catalog, PdfReference information)
    {
        using MemoryStream output = new();
        Text("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        List<long> offsets = [];
        for (var number = 1; number <= _objects.Count; number++)
        {
            offsets.Add(output.Position);
            Text($"{number} 0 obj\n");
            output.Write(_objects[number - 1] ?? throw new InvalidOperationException($"Object {number} was kept and never put in."));
            Text("\nendobj\n");
        }

        var start = output.Position;
        Text(string.Create(CultureInfo.InvariantCulture, $"xref\n0 {_objects.Count + 1}\n0000000000 65535 f \n"));
        foreach (var offset in offsets)
        {
            Text(string.Create(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        }

        Text(string.Create(CultureInfo.InvariantCulture, $"trailer\n<</Size {_objects.Count + 1} /Root {catalog} /Info {information}>>\nstartxref\n{start}\n%%EOF\n"));
        return output.ToArray();

        void Text(string text) => output.Write(Encoding.Latin1.GetBytes(text));
    }

    private PdfReference Add(byte[] body)
    {
        _objects.Add(body);
        return new PdfReference(_objects.Count, 0);
    }
}
