using System.Text;
using Seal.Documents.Judging;
using Seal.Documents.Tests.Judging;

namespace Seal.Documents.Tests.Ofd;

/// <summary>
/// A document that uses all that an OFD can be made of: whatever of it is changed, taken away or left unprotected, it does not pass.
/// </summary>
public sealed class OfdContentAttackTests
{
    private const string Space = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
    private const string Picture = "Doc_0/Res/stamp.png";

    /// <summary>What the document consists of besides its two pages, and how it comes to be shown.</summary>
    private static readonly (string Name, string Content)[] Parts =
    [
        ("Doc_0/DocumentRes.xml", $"<ofd:Res {Space} BaseLoc=\"Res\"><ofd:MultiMedias><ofd:MultiMedia ID=\"501\" Type=\"Image\"><ofd:MediaFile>stamp.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"),
        (Picture, "a picture"),
        ("Doc_0/Res/song.ttf", "a typeface"),
        ("Doc_0/Tpls/Tpl_0/Content.xml", $"<ofd:Page {Space}><ofd:PageRes>PageRes.xml</ofd:PageRes><ofd:Content><ofd:Layer ID=\"511\"/></ofd:Content></ofd:Page>"),
        ("Doc_0/Tpls/Tpl_0/PageRes.xml", $"<ofd:Res {Space} BaseLoc=\"Res\"><ofd:ColorSpaces><ofd:ColorSpace ID=\"512\" Type=\"RGB\" Profile=\"rgb.icc\"/></ofd:ColorSpaces></ofd:Res>"),
        ("Doc_0/Tpls/Tpl_0/Res/rgb.icc", "a profile"),
        ("Doc_0/Annots/Annotations.xml", $"<ofd:Annotations {Space}><ofd:Page PageID=\"2\"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>"),
        ("Doc_0/Annots/Page_0/Annotation.xml", $"<ofd:PageAnnot {Space}><ofd:Annot ID=\"521\" Type=\"Stamp\" Creator=\"x\" LastModDate=\"2026-11-21\"><ofd:Appearance Boundary=\"10 10 20 20\"/></ofd:Annot></ofd:PageAnnot>"),
        ("Doc_0/Attachs/Attachments.xml", $"<ofd:Attachments {Space}><ofd:Attachment ID=\"531\" Name=\"offer\" Format=\"pdf\"><ofd:FileLoc>offer.pdf</ofd:FileLoc></ofd:Attachment></ofd:Attachments>"),
        ("Doc_0/Attachs/offer.pdf", "%PDF-1.7"),
        ("Doc_0/Tags/CustomTags.xml", $"<ofd:CustomTags {Space}><ofd:CustomTag NameSpace=\"x\"><ofd:SchemaLoc>x.xsd</ofd:SchemaLoc><ofd:FileLoc>CustomTag.xml</ofd:FileLoc></ofd:CustomTag></ofd:CustomTags>"),
        ("Doc_0/Tags/CustomTag.xml", "<invoice><total>1000.00</total></invoice>"),
        ("Doc_0/Tags/x.xsd", "<schema/>"),
        ("Doc_0/Extensions.xml", $"<ofd:Extensions {Space}><ofd:Extension AppName=\"x\" RefId=\"2\"><ofd:ExtendData>Ext/data.bin</ofd:ExtendData></ofd:Extension></ofd:Extensions>"),
        ("Doc_0/Ext/data.bin", "data"),
    ];

    public static TheoryData<string> Everything => [.. Parts.Select(part => part.Name), "OFD.xml", Package.Document, "Doc_0/PublicRes.xml", Package.Page, "Doc_0/Pages/Page_1/Content.xml"];

    public static TheoryData<string> AllParts => [.. Parts.Select(part => part.Name)];

    [Fact]
    public async Task As_it_was_sealed_it_passes()
    {
        var judgement = await OfdSamples.Judge(await Sealed());
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.Tell());
        judgement.Signatures[0].Row(CheckName.Coverage).Evidence["reachable"].ShouldBe($"{Parts.Length + 5}");
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task No_part_can_be_changed(string name)
    {
        Package package = new(await Sealed());
        package[name] = [.. package[name], (byte)'\n'];
        await Fails(package, SubIndication.HashFailure, "digest-differs");
    }

    [Theory]
    [MemberData(nameof(AllParts))]
    public async Task No_part_can_be_taken_away(string name) =>
        await Fails(new Package(await Sealed()).Remove(name), SubIndication.HashFailure, "digest-file-missing");

    [Theory]
    [MemberData(nameof(AllParts))]
    public async Task No_part_that_the_document_names_can_be_brought_in_later(string name)
    {
        // Named when it was sealed, and not there.
        var lacking = With().Remove(name).Zip();
        Package package = new(await OfdSamples.Seal(lacking));
        await Fails(package.Add(name, Parts.Single(part => part.Name == name).Content), SubIndication.FormatFailure);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task No_signer_can_leave_a_part_open(string name)
    {
        Package package = new(await Sealed());
        OfdAttackTests.DropReference(package, "/" + name);
        await Fails(package.SignAgain(), SubIndication.FormatFailure, "coverage-partial");
    }

    /// <summary>Each is a package that some reader takes for another one.</summary>
    [Theory]
    [InlineData("./Doc_0/Document.xml", "package-name-unsafe")]
    [InlineData("/Doc_0/Document.xml", "package-name-unsafe")]
    [InlineData("Doc_0\\Document.xml", "package-name-unsafe")]
    [InlineData("Doc_0//Document.xml", "package-name-unsafe")]
    [InlineData("Doc_0/../Doc_0/Document.xml", "package-name-unsafe")]
    [InlineData("../Doc_0/Document.xml", "package-name-unsafe")]
    [InlineData("C:/Doc_0/Document.xml", "package-name-unsafe")]
    [InlineData("Doc_0/Document.xml\0.txt", "package-name-unsafe")]
    [InlineData("doc_0/Document.xml", "package-entry-duplicate")]
    [InlineData("DOC_0/DOCUMENT.XML", "package-entry-duplicate")]
    [InlineData("ofd.xml", "package-entry-duplicate")]
    [InlineData("Doc_0/Document.xml", "package-entry-duplicate")]
    [InlineData("Doc_0/Document.xml/", "package-entry-duplicate")]
    public async Task No_second_file_can_have_nearly_the_same_name(string name, string code) =>
        await Fails(new Package(await Sealed()).Add(name, name.EndsWith('/') ? "" : $"<ofd:Document {Space}/>"), SubIndication.FormatFailure, code);

    public static TheoryData<string, SubIndication, string> Moves => new()
    {
        { "another page tree", SubIndication.FormatFailure, "coverage-partial" },
        { "the largest number", SubIndication.HashFailure, "digest-differs" },
        { "stamp on another page", SubIndication.HashFailure, "digest-signature-file-differs" },
        { "stamp at another place", SubIndication.HashFailure, "digest-signature-file-differs" },
        { "stamp clipped", SubIndication.HashFailure, "digest-signature-file-differs" },
        { "signature values swapped", SubIndication.FormatFailure, "signature-of-another-file" },
        { "signature files swapped", SubIndication.FormatFailure, "signature-of-another-file" },
        { "seals swapped", SubIndication.HashFailure, "digest-differs" },
        { "list lists one alone", SubIndication.FormatFailure, "changes-signature-removed" },
        { "list lists one twice", SubIndication.FormatFailure, "signature-listed-twice" },
        { "listed as a signature without a seal", SubIndication.FormatFailure, "signature-type-differs" },
    };

    [Theory]
    [MemberData(nameof(Moves))]
    public async Task Nothing_can_be_moved_or_swapped(string what, SubIndication sub, string code)
    {
        var other = OfdSamples.MakeSeal(OfdSamples.Company.Certificate, request => request with { Name = "财务专用章", SealId = "4403051234568" });
        Package package = new(await OfdSamples.Seal(await Sealed(), OfdSamples.Request() with { Seal = other }));
        Move(package, what);
        await Fails(package, sub, code);
    }

    private static void Move(Package package, string what)
    {
        const string First = Package.Signature;
        const string Second = "Doc_0/Signs/Sign_1/Signature.xml";
        _ = what switch
        {
            "another page tree" => package.Replace("OFD.xml", "Doc_0/Document.xml", "Doc_0/Other.xml").Add("Doc_0/Other.xml", package.Text(Package.Document)),
            "the largest number" => package.Replace(Package.Document, "<ofd:MaxUnitID>", "<ofd:MaxUnitID>9"),
            "stamp on another page" => package.Replace(First, " PageRef=\"", " PageRef=\"9"),
            "stamp at another place" => package.Replace(First, "Boundary=\"120 200 40 40\"", "Boundary=\"20 20 40 40\""),
            "stamp clipped" => package.Replace(First, "Boundary=\"120 200 40 40\"", "Boundary=\"120 200 40 40\" Clip=\"0 0 1 1\""),
            "signature values swapped" => Swap(package, Package.Value, "Doc_0/Signs/Sign_1/SignedValue.dat"),
            "signature files swapped" => Swap(package, First, Second),
            "seals swapped" => Swap(package, Package.SealFile, "Doc_0/Signs/Sign_1/Seal.esl"),
            "list lists one alone" => Drop(package, First),
            "list lists one twice" => package.Replace(Package.List, "/" + First, "/" + Second),
            _ => package.Replace(Package.List, "Type=\"Seal\"", "Type=\"Sign\""),
        };
    }

    private static Package Swap(Package package, string one, string other)
    {
        (package[one], package[other]) = (package[other], package[one]);
        return package;
    }

    private static Package Drop(Package package, string signature)
    {
        var text = package.Text(Package.List);
        var end = text.IndexOf("/>", text.IndexOf(signature, StringComparison.Ordinal), StringComparison.Ordinal) + 2;
        var start = text.LastIndexOf('<', end - 3);
        package[Package.List] = Encoding.UTF8.GetBytes(text[..start] + text[end..]);
        return package;
    }

    private static Package With()
    {
        var package = new Package(OfdSamples.Text().GetAwaiter().GetResult())
            .Replace(Package.Document, "</ofd:CommonData>", "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes><ofd:TemplatePage ID=\"510\" BaseLoc=\"Tpls/Tpl_0/Content.xml\"/></ofd:CommonData>")
            .Replace(
                Package.Document,
                "</ofd:Document>",
                "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations><ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments><ofd:Extensions>Extensions.xml</ofd:Extensions></ofd:Document>")
            .Replace("Doc_0/PublicRes.xml", "</ofd:Fonts>", "<ofd:Font ID=\"502\" FontName=\"Song\"><ofd:FontFile>song.ttf</ofd:FontFile></ofd:Font></ofd:Fonts>");
        foreach (var (name, content) in Parts)
        {
            package.Add(name, content);
        }

        return package;
    }

    private static async Task<byte[]> Sealed() => await OfdSamples.Seal(With().Zip());

    private static async Task Fails(Package package, SubIndication sub, string? code = null)
    {
        var judgement = await OfdSamples.Judge(package.Zip());
        (judgement.Verdict, judgement.SubIndication).ShouldBe((Verdict.TotalFailed, sub), judgement.Tell());
        if (code is not null)
        {
            judgement.Signatures.SelectMany(signature => signature.Checks).ShouldContain(check => check.Result == CheckResult.Failed && check.Reason.Code == code, judgement.Tell());
        }
    }
}
