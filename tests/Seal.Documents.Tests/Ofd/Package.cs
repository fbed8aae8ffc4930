using System.IO.Compression;
using System.Text;
using Seal.Cryptography.Algorithms;
using Seal.Documents.Ses;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Ofd;

/// <summary>A package taken apart with the base library, changed, and put together again.</summary>
public sealed class Package
{
    public const string Signature = "Doc_0/Signs/Sign_0/Signature.xml";
    public const string Value = "Doc_0/Signs/Sign_0/SignedValue.dat";
    public const string SealFile = "Doc_0/Signs/Sign_0/Seal.esl";
    public const string List = "Doc_0/Signs/Signatures.xml";
    public const string Document = "Doc_0/Document.xml";
    public const string Page = "Doc_0/Pages/Page_0/Content.xml";

    public Package(byte[] file)
    {
        using ZipArchive archive = new(new MemoryStream(file));
        foreach (var entry in archive.Entries)
        {
            using MemoryStream content = new();
            using var stream = entry.Open();
            stream.CopyTo(content);
            Files.Add((entry.FullName, content.ToArray()));
        }
    }

    public List<(string Name, byte[] Content)> Files { get; } = [];

    public byte[] this[string name]
    {
        get => Files.Single(file => file.Name == name).Content;
        set => Files[Files.FindIndex(file => file.Name == name)] = (name, value);
    }

    public string Text(string name) => Encoding.UTF8.GetString(this[name]);

    public Package Add(string name, string content)
    {
        Files.Add((name, Encoding.UTF8.GetBytes(content)));
        return this;
    }

    public Package Remove(string name)
    {
        Files.RemoveAll(file => file.Name == name).ShouldBe(1);
        return this;
    }

    public Package Replace(string name, string old, string with)
    {
        Text(name).ShouldContain(old);
        this[name] = Encoding.UTF8.GetBytes(Text(name).Replace(old, with, StringComparison.Ordinal));
        return this;
    }

    /// <summary>Signs the first signature's Signature.xml as it is now: a signer who means no good.</summary>
    public Package SignAgain(SesSealData? seal = null, byte[]? digest = null)
    {
        var request = new SesSignatureRequest
        {
            SealData = seal ?? OfdSamples.CompanySeal,
            SignedAt = SealingSamples.Time,
            DataHash = digest ?? Sm3.HashData(this[Signature]),
            PropertyInfo = "/" + Signature,
        };
        this[Value] = SesSignature.Create(request, OfdSamples.Company.Certificate, OfdSamples.Company.Key).RawData.ToArray();
        return this;
    }

    public byte[] Zip(Action<ZipArchive>? further = null)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in Files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }

            further?.Invoke(archive);
        }

        return stream.ToArray();
    }
}
