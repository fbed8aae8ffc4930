using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Seal.Documents.Tests.Pdf;

public enum SampleForm
{
    Table,
    XrefStream,
    ObjectStreams,
    Hybrid,
}

/// <summary>Writes small PDFs byte by byte, so that the reader is not tested against the product's own writer.</summary>
public sealed record SamplePdf
{
    public SampleForm Form { get; init; } = SampleForm.Table;

    public int Pages { get; init; } = 2;

    public string MediaBox { get; init; } = "[0 0 595 842]";

    public string PageExtra { get; init; } = "";

    public string CatalogExtra { get; init; } = "";

    public string TrailerExtra { get; init; } = "";

    /// <summary>The DocMDP level of a certification that stands in object 9; 0 for none.</summary>
    public int Certification { get; init; }

    /// <summary>Further objects from number 10 on.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    public byte[] Build()
    {
        SortedDictionary<int, string> objects = new()
        {
            [1] = $"<</Type /Catalog /Pages 2 0 R {CatalogExtra}>>",
            [3] = "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
        };
        if (Certification > 0)
        {
            objects[9] = $"<</Type /Sig /Reference [<</TransformMethod /DocMDP /TransformParams <</P {Certification}>>>>]>>";
        }

        for (var i = 0; i < More.Count; i++)
        {
            objects[10 + i] = More[i];
        }

        var first = 10 + More.Count;
        List<int> kids = [];
        for (var page = 0; page < Pages; page++)
        {
            var number = first + (2 * page);
            var content = $"BT /F1 24 Tf 72 700 Td (Page {page + 1}) Tj ET 0.8 w 20 20 100 50 re S";
            kids.Add(number);
            objects[number] = $"<</Type /Page /Parent 2 0 R /Contents {number + 1} 0 R {PageExtra}>>";
            objects[number + 1] = $"<</Length {content.Length}>>\nstream\n{content}\nendstream";
        }

        objects[2] = $"<</Type /Pages /Count {Pages} /Kids [{string.Join(' ', kids.Select(kid => $"{kid} 0 R"))}] /MediaBox {MediaBox} /Resources <</Font <</F1 3 0 R>>>>>>";
        return Form switch
        {
            SampleForm.Table => WithTable(objects),
            SampleForm.XrefStream => WithStreams(objects, [], false),
            SampleForm.ObjectStreams => WithStreams(objects, [.. objects.Where(o => !o.Value.Contains("stream", StringComparison.Ordinal)).Select(o => o.Key)], false),
            _ => WithStreams(objects, [3], true),
        };
    }

    private byte[] WithTable(SortedDictionary<int, string> objects)
    {
        Output output = new();
        output.Text("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        foreach ((var number, var body) in objects)
        {
            output.Object(number, body);
        }

        var start = output.Position;
        output.Table(objects.Keys.Max());
        output.Text($"trailer\n<</Size {objects.Keys.Max() + 1} /Root 1 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] {TrailerExtra}>>\nstartxref\n{start}\n%%EOF\n");
        return output.ToArray();
    }

    /// <summary>Cross-reference stream with PNG prediction; the packed objects go into one compressed object stream.</summary>
    private byte[] WithStreams(SortedDictionary<int, string> objects, List<int> packed, bool hybrid)
    {
        Output output = new();
        output.Text("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        foreach ((var number, var body) in objects.Where(o => !packed.Contains(o.Key)))
        {
            output.Object(number, body);
        }

        var container = objects.Keys.Max() + 1;
        var xref = container + 1;
        if (packed.Count > 0)
        {
            StringBuilder index = new();
            StringBuilder bodies = new();
            foreach (var number in packed)
            {
                index.Append(CultureInfo.InvariantCulture, $"{number} {bodies.Length} ");
                bodies.Append(objects[number]).Append('\n');
            }

            var data = Deflate(Encoding.Latin1.GetBytes(index.ToString() + bodies));
            output.Stream(container, $"/Type /ObjStm /N {packed.Count} /First {index.Length} /Filter /FlateDecode", data);
        }

        output.Offsets[xref] = output.Position;
        var xrefStart = output.Position;
        List<byte> rows = [];
        var above = new byte[5];
        for (var number = 0; number <= xref; number++)
        {
            byte[] row = packed.Contains(number) ? [2, .. BigEndian(container), (byte)packed.IndexOf(number)]
                : output.Offsets.TryGetValue(number, out var offset) ? [1, .. BigEndian((int)offset), 0]
                : [0, 0, 0, 0, 0];
            rows.Add(2); // PNG "up"
            for (var i = 0; i < row.Length; i++)
            {
                rows.Add((byte)(row[i] - above[i]));
            }

            above = row;
        }

        var trailer = $"/Size {xref + 1} /Root 1 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] {TrailerExtra}";
        output.Stream(xref, $"/Type /XRef /W [1 3 1] {trailer} /Filter /FlateDecode /DecodeParms <</Predictor 12 /Columns 5>>", Deflate([.. rows]));
        if (!hybrid)
        {
            output.Text($"startxref\n{xrefStart}\n%%EOF\n");
            return output.ToArray();
        }

        var table = output.Position;
        output.Table(xref);
        output.Text($"trailer\n<<{trailer} /XRefStm {xrefStart}>>\nstartxref\n{table}\n%%EOF\n");
        return output.ToArray();
    }

    private static byte[] BigEndian(int value) => [(byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Deflate(byte[] data)
    {
        using MemoryStream result = new();
        using (ZLibStream deflater = new(result, CompressionLevel.Optimal))
        {
            deflater.Write(data);
        }

        return result.ToArray();
    }

    private sealed class Output
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();

        public SortedDictionary<int, long> Offsets { get; } = [];

        public long Position => _bytes.WrittenCount;

        public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

        public void Text(string text) => _bytes.Write(Encoding.Latin1.GetBytes(text));

        public void Object(int number, string body)
        {
            Offsets[number] = Position;
            Text($"{number} 0 obj\n{body}\nendobj\n");
        }

        public void Stream(int number, string entries, byte[] data)
        {
            Offsets[number] = Position;
            Text($"{number} 0 obj\n<<{entries} /Length {data.Length}>>\nstream\n");
            _bytes.Write(data);
            Text("\nendstream\nendobj\n");
        }

        public void Table(int last)
        {
            Text($"xref\n0 {last + 1}\n");
            for (var number = 0; number <= last; number++)
            {
                Text(Offsets.TryGetValue(number, out var offset) ? $"{offset:D10} 00000 n \n" : "0000000000 65535 f \n");
            }
        }
    }
}
