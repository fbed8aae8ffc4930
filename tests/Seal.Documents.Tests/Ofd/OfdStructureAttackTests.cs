using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Seal.Documents.Judging;
using Seal.Documents.Ofd;

namespace Seal.Documents.Tests.Ofd;

/// <summary>What a stranger tries on a sealed package: other structure around the same files, or the same names for other files.</summary>
public sealed class OfdStructureAttackTests
{
    private const string Space = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
    private const string Evil = $"<ofd:Page {Space}><ofd:Content/></ofd:Page>";

    private static readonly Dictionary<string, Action<Package>> Attacks = new(StringComparer.Ordinal)
    {
        ["page added"] = package => package
            .Replace(Package.Document, "</ofd:Pages>", "<ofd:Page ID=\"900\" BaseLoc=\"Pages/Page_9/Content.xml\"/></ofd:Pages>").Add("Doc_0/Pages/Page_9/Content.xml", Evil),
        ["page of the same number"] = package => package
            .Replace(Package.Document, "</ofd:Pages>", "<ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_9/Content.xml\"/></ofd:Pages>").Add("Doc_0/Pages/Page_9/Content.xml", Evil),
        ["template added"] = package => package
            .Replace(Package.Document, "</ofd:CommonData>", "<ofd:TemplatePage ID=\"901\" BaseLoc=\"Tpls/Tpl_0/Content.xml\"/></ofd:CommonData>").Add("Doc_0/Tpls/Tpl_0/Content.xml", Evil),
        ["annotation file beside the document"] = package => package.Add("Doc_0/Annots/Page_0/Annotation.xml", $"<ofd:PageAnnot {Space}/>"),
        ["attachments added"] = package => package
            .Replace(Package.Document, "</ofd:Document>", "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments></ofd:Document>").Add("Doc_0/Attachs/Attachments.xml", $"<ofd:Attachments {Space}/>"),
        ["resources replaced"] = package => package.Replace("Doc_0/PublicRes.xml", "FontName=\"", "FontName=\"Evil "),
        ["resources added"] = package => package
            .Replace(Package.Document, "</ofd:CommonData>", "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData>").Add("Doc_0/DocumentRes.xml", $"<ofd:Res {Space}/>"),
        ["actions added"] = package => package
            .Replace(Package.Document, "</ofd:Document>", "<ofd:Actions><ofd:Action Event=\"DO\"><ofd:URI URI=\"http://x\"/></ofd:Action></ofd:Actions></ofd:Document>"),
        ["two document roots"] = package => package.Replace("OFD.xml", "<ofd:DocRoot>", "<ofd:DocRoot>Doc_0/Other.xml</ofd:DocRoot><ofd:DocRoot>").Add("Doc_0/Other.xml", package.Text(Package.Document)),
        ["two lists of signatures"] = package => package
            .Replace("OFD.xml", "<ofd:Signatures>", "<ofd:Signatures>/Doc_0/Other.xml</ofd:Signatures><ofd:Signatures>").Add("Doc_0/Other.xml", $"<ofd:Signatures {Space}/>"),
        ["list of signatures moved"] = package => package
            .Replace("OFD.xml", "Signs/Signatures.xml", "Signs/Other.xml").Add("Doc_0/Signs/Other.xml", package.Text(Package.List)),
        ["list emptied"] = package => package[Package.List] = Encoding.UTF8.GetBytes($"<ofd:Signatures {Space}/>"),
        ["list no longer named"] = package => package["OFD.xml"] = Encoding.UTF8.GetBytes(System.Text.RegularExpressions.Regex.Replace(package.Text("OFD.xml"), "<ofd:Signatures>.*?</ofd:Signatures>", "")),
        ["two signatures of one number"] = package => package
            .Replace(Package.List, "</ofd:Signatures>", "<ofd:Signature ID=\"s001\" BaseLoc=\"/Doc_0/Signs/Sign_7/Signature.xml\"/></ofd:Signatures>").Add("Doc_0/Signs/Sign_7/Signature.xml", package.Text(Package.Signature)),
        ["type of the signature changed"] = package => package.Replace(Package.List, "<ofd:Signature ", "<ofd:Signature Relative=\"s999\" ").Replace(Package.Signature, "<ofd:SignedInfo>", "<ofd:SignedInfo><!-- -->"),
        ["file of another case"] = package => package.Add("Doc_0/document.xml", Evil),
        ["file of the same name in another form"] = package => package.Add("Doc_0/P\u0061\u0301ges.xml", Evil),
        ["file in an empty folder's place"] = package => package.Add("Doc_0/Pages", Evil),
        ["file behind a trailing dot"] = package => package.Add("Doc_0/Document.xml.", Evil),
        ["file behind a space"] = package => package.Add("Doc_0/Document.xml ", Evil),
        ["another mark of the byte order"] = package => package[Package.Page] = [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Evil)],
    };

    public static TheoryData<string> Names => [.. Attacks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_never_passes(string attack)
    {
        Package package = new(await OfdSamples.Seal(await OfdSamples.Text()));
        Attacks[attack](package);
        var clock = Stopwatch.StartNew();
        if (attack.StartsWith("two ", StringComparison.Ordinal) && attack != "two signatures of one number")
        {
            // What stands there twice where it may stand once is no OFD that can be read.
            (await Should.ThrowAsync<OfdFormatException>(() => OfdSamples.Judge(package.Zip()))).Code.ShouldBe(OfdProblem.Damaged);
            return;
        }

        var judgement = await OfdSamples.Judge(package.Zip());
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        var isUnsigned = attack is "list emptied" or "list no longer named";
        judgement.Verdict.ShouldBe(isUnsigned ? judgement.Verdict : Verdict.TotalFailed, judgement.Tell());
        judgement.Verdict.ShouldNotBe(Verdict.TotalPassed, judgement.Tell());
        judgement.SubIndication.ShouldBeOneOf(isUnsigned ? [SubIndication.NoSignature, SubIndication.FormatFailure] : [SubIndication.FormatFailure, SubIndication.HashFailure], judgement.Tell());
    }

    [Theory]
    [InlineData(8, 2048, "package-headers-differ")] // flags: UTF-8 in the directory alone
    [InlineData(10, 99, "")] // method
    [InlineData(42, 1, "package-headers-differ")] // offset of the local header
    [InlineData(20, 5, "package-headers-differ")] // compressed size
    public async Task A_directory_that_contradicts_its_files_never_passes(int field, int changed, string code)
    {
        var file = await OfdSamples.Seal(await OfdSamples.Text());
        var record = file.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        var value = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(record + field));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(record + field), (ushort)(value ^ changed));
        try
        {
            var judgement = await OfdSamples.Judge(file);
            judgement.Verdict.ShouldBe(Verdict.TotalFailed, judgement.Tell());
            judgement.SubIndication.ShouldBe(SubIndication.FormatFailure, judgement.Tell());
            judgement.Signatures[0].Checks.ShouldContain(check => code.Length == 0 || check.Reason.Code == code, judgement.Tell());
        }
        catch (OfdFormatException refusal)
        {
            refusal.Code.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task Data_descriptors_of_honest_writers_pass_and_false_ones_do_not()
    {
        Package package = new(await OfdSamples.Seal(await OfdSamples.Text()));
        using MemoryStream unseekable = new();
        await using (Unseekable target = new(unseekable))
        {
            await using System.IO.Compression.ZipArchive archive = new(target, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true);
            foreach ((var name, var content) in package.Files)
            {
                await using var entry = await archive.CreateEntry(name).OpenAsync(TestContext.Current.CancellationToken);
                await entry.WriteAsync(content, TestContext.Current.CancellationToken);
            }
        }

        var file = unseekable.ToArray();
        var descriptor = file.AsSpan().IndexOf("PK\u0007\u0008"u8);
        descriptor.ShouldBeGreaterThan(0);
        (await OfdSamples.Judge(file)).Verdict.ShouldBe(Verdict.TotalPassed);
        file[descriptor + 5] ^= 1;
        var judgement = await OfdSamples.Judge(file);
        judgement.Verdict.ShouldBe(Verdict.TotalFailed, judgement.Tell());
    }

    /// <summary>What is written to a pipe: the writer cannot go back and puts sizes behind the data.</summary>
    private sealed class Unseekable(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => inner.Position;
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}
