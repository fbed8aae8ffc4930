using System.IO.Compression;
using System.Text;
using Seal.Testing;

namespace Seal.EventModel.Tests.Http;

/// <summary>OFD documents that the reader refuses, each for its own reason.</summary>
internal static class OfdFiles
{
    // What the reader takes by default: see OfdLimits.
    private const int MostEntries = 20_000;
    private const int DeepestNesting = 128;
    private const int LargestFreely = 1024 * 1024;

    private const string Space = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";

    /// <summary>A file as its name says; <c>null</c> for one that nobody uploads.</summary>
    public static byte[]? Named(string name) => name switch
    {
        "folder.zip" => Zip(archive => Add(archive, "readme.txt", "hello")),
        "truncated.ofd" => SampleDocuments.Ofd()[..^200],
        "encrypted.ofd" => With(archive => Add(archive, "OFD.xml", $"<ofd:OFD {Space}><ofd:Encryptions>/Encryptions.xml</ofd:Encryptions></ofd:OFD>"), without: "OFD.xml"),
        "ambiguous.ofd" => With(archive => Add(archive, "doc_0/document.xml", "<a/>")),
        "large.ofd" => With(archive => Add(archive, "Doc_0/Document.xml", $"<a>{new string(' ', LargestFreely * 4)}</a>"), without: "Doc_0/Document.xml"),
        "crowded.ofd" => With(archive => Enumerable.Range(0, MostEntries).ToList().ForEach(number => archive.CreateEntry($"Doc_0/{number}"))),
        "tangled.ofd" => With(archive => Add(archive, "Doc_0/Document.xml", Repeat("<a>") + Repeat("</a>")), without: "Doc_0/Document.xml"),
        "closed.ofd" => With(
            archive =>
            {
                Add(archive, "OFD.xml", $"<ofd:OFD {Space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>");
                Add(archive, "Doc_0/Signs/Signatures.xml", $"<ofd:Signatures {Space}><ofd:Signature ID=\"s001\" BaseLoc=\"Sign_0/Signature.xml\"/></ofd:Signatures>");
                Add(archive, "Doc_0/Signs/Sign_0/Signature.xml", $"<ofd:Signature {Space}><ofd:SignedInfo><ofd:References><ofd:Reference FileRef=\"/Doc_0/Signs/Signatures.xml\"/></ofd:References></ofd:SignedInfo></ofd:Signature>");
            },
            without: "OFD.xml"),
        _ => null,
    };

    private static string Repeat(string element) => string.Concat(Enumerable.Repeat(element, DeepestNesting + 2));

    private static byte[] With(Action<ZipArchive> further, string without = "") => Zip(archive =>
    {
        using ZipArchive good = new(new MemoryStream(SampleDocuments.Ofd()));
        foreach (var entry in good.Entries.Where(entry => entry.FullName != without))
        {
            using var from = entry.Open();
            using var to = archive.CreateEntry(entry.FullName).Open();
            from.CopyTo(to);
        }

        further(archive);
    });

    private static byte[] Zip(Action<ZipArchive> fill)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            fill(archive);
        }

        return stream.ToArray();
    }

    private static void Add(ZipArchive archive, string name, string content)
    {
        using var entry = archive.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(content));
    }
}
