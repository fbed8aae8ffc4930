using System.Globalization;
using System.IO.Compression;
using System.Text;
using Seal.Testing;

namespace Seal.EventModel.Tests.Http;

/// <summary>The documents that scenarios name, as files: a good one, and others that the reader refuses, each for its own reason.</summary>
public static class DocumentFiles
{
    // What the reader takes by default: see PdfLimits.
    private const int MostEntries = 1_000_000;
    private const int LargestStream = 32 * 1024 * 1024;
    private const int DeepestNesting = 64;

    private const string Catalog = "/Type /Catalog /Pages 2 0 R";

    /// <summary>The name of a good document that somebody else than the one who hands in papers uploaded.</summary>
    public const string OfAnother = "of-another.pdf";

    /// <summary>A file as its name says; <c>null</c> for one that nobody uploads.</summary>
    public static byte[]? Named(string name) => name switch
    {
        "contract.pdf" => SampleDocuments.Pdf(2),
        "contract.ofd" => SampleDocuments.Ofd(2),
        "picture.png" => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13],
        "truncated.pdf" => SampleDocuments.Pdf(2)[..^200],
        "encrypted.pdf" => Replace("/Root 1 0 R", "/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (0123456789abcdef0123456789abcdef) /U (0123456789abcdef0123456789abcdef) >>"),
        "damaged.pdf" => Replace("startxref\n", "startxref\n9"),
        "large.pdf" => WithEntries(count: 1, unpacked: LargestStream + 1),
        "crowded.pdf" => WithEntries(MostEntries + 1, unpacked: 3 * (MostEntries + 1)),
        "tangled.pdf" => WithCatalog($"<< {Catalog} /Dests {new string('[', DeepestNesting)}{new string(']', DeepestNesting)} >>"),
        "certified.pdf" => WithCatalog(
            $"<< {Catalog} /AcroForm << /SigFlags 3 /Fields [<< /FT /Sig /T (author) /V {Certification} >>] >> /Perms << /DocMDP {Certification} >> >>"),
        _ => OfdFiles.Named(name),
    };

    // ISO 32000-1 §12.8.2.2: a certification with P 1 lets nothing be changed any more, not even by a further signature.
    private const string Certification =
        "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 10 20 10] /Contents <00> "
        + "/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /V /1.2 /P 1 >> >>] >>";

    /// <summary>The good document with an update that gives it another catalog.</summary>
    private static byte[] WithCatalog(string catalog)
    {
        var file = Encoding.ASCII.GetString(SampleDocuments.Pdf(2));
        var section = $"1 0 obj\n{catalog}\nendobj\n";
        return Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{file}{section}xref\n1 1\n{file.Length:D10} 00000 n \ntrailer\n<< /Size 8 /Root 1 0 R /Prev {StartOf(file)} >>\nstartxref\n{file.Length + section.Length}\n%%EOF\n"));
    }

    /// <summary>The good document with an update whose cross-reference stream (§7.5.8) is a few kilobytes and unpacks to many.</summary>
    private static byte[] WithEntries(int count, int unpacked)
    {
        var file = Encoding.ASCII.GetString(SampleDocuments.Pdf(2));
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(new byte[unpacked]);
        }

        return
        [
            .. Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"{file}8 0 obj\n<< /Type /XRef /Size {count} /W [1 1 1] /Root 1 0 R /Prev {StartOf(file)} /Filter /FlateDecode /Length {packed.Length} >>\nstream\n")),
            .. packed.ToArray(),
            .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\nendstream\nendobj\nstartxref\n{file.Length}\n%%EOF\n")),
        ];
    }

    private static string StartOf(string file) => file[(file.LastIndexOf("startxref\n", StringComparison.Ordinal) + 10)..file.LastIndexOf("\n%%EOF", StringComparison.Ordinal)];

    private static byte[] Replace(string old, string now) =>
        Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(SampleDocuments.Pdf(2)).Replace(old, now, StringComparison.Ordinal));
}
