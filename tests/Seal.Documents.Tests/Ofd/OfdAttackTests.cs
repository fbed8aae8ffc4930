using Seal.Documents.Judging;
using Seal.Documents.Ofd;
using Seal.Documents.Tests.Judging;

namespace Seal.Documents.Tests.Ofd;

/// <summary>What was done to a sealed document by someone who has no key, or by a signer who means no good.</summary>
public sealed class OfdAttackTests
{
    private const string Extra = "<ofd:Page xmlns:ofd=\"http://www.ofdspec.org/2016\"/>";

    public static TheoryData<string, SubIndication, string> Changes => new()
    {
        { "page altered", SubIndication.HashFailure, "digest-differs" },
        { "page removed", SubIndication.HashFailure, "digest-file-missing" },
        { "page removed from the document", SubIndication.HashFailure, "digest-differs" },
        { "file smuggled in", SubIndication.FormatFailure, "coverage-smuggled" },
        { "annotations added", SubIndication.FormatFailure, "coverage-partial" },
        { "second document added", SubIndication.FormatFailure, "coverage-partial" },
        { "version added", SubIndication.FormatFailure, "coverage-partial" },
        { "document root changed", SubIndication.FormatFailure, "coverage-partial" },
        { "stamp added", SubIndication.HashFailure, "digest-signature-file-differs" },
        { "reference dropped", SubIndication.FormatFailure, "digest-signature-file-differs" },
        { "seal file replaced", SubIndication.HashFailure, "digest-differs" },
        { "seal file removed", SubIndication.HashFailure, "digest-file-missing" },
        { "signature value broken", SubIndication.FormatFailure, "container-broken" },
        { "signature value removed", SubIndication.FormatFailure, "container-missing" },
        { "signature value empty", SubIndication.FormatFailure, "container-missing" },
        { "signature file removed", SubIndication.FormatFailure, "signature-file-missing" },
        { "listed twice", SubIndication.FormatFailure, "signature-listed-twice" },
        { "entities in a page", SubIndication.FormatFailure, "xml-unreadable" },
        { "entities in the signature", SubIndication.FormatFailure, "signature-file-broken" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task What_was_changed_without_a_key_never_passes(string change, SubIndication sub, string reason)
    {
        Package package = new(await OfdSamples.Seal(await OfdSamples.Text()));
        Apply(package, change);
        var judgement = await OfdSamples.Judge(package.Zip());
        (judgement.Verdict, judgement.SubIndication).ShouldBe((Verdict.TotalFailed, sub), judgement.Tell());
        judgement.Signatures.SelectMany(signature => signature.Checks).ShouldContain(check => check.Result == CheckResult.Failed && check.Reason.Code == reason, judgement.Tell());
    }

    private static void Apply(Package package, string change) => _ = change switch
    {
        "page altered" => package.Replace(Package.Page, "1,000.00", "9,000.00"),
        "page removed" => package.Remove(Package.Page),
        "page removed from the document" => package.Replace(Package.Document, "Pages/Page_0/Content.xml", "Pages/Page_1/Content.xml"),
        "file smuggled in" => package.Add("Doc_0/Pages/Page_9/Content.xml", Extra),
        "annotations added" => package.Replace(Package.Document, "</ofd:Document>", "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>")
            .Add("Doc_0/Annots/Annotations.xml", "<ofd:Annotations xmlns:ofd=\"http://www.ofdspec.org/2016\"/>"),
        "second document added" => package.Replace("OFD.xml", "</ofd:OFD>", "<ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>").Add("Doc_1/Document.xml", package.Text(Package.Document)),
        "version added" => package.Replace("OFD.xml", "<ofd:DocRoot>", "<ofd:Versions><ofd:Version ID=\"1\" Index=\"1\" Current=\"true\" BaseLoc=\"/Doc_0/Versions/V.xml\"/></ofd:Versions><ofd:DocRoot>").Add("Doc_0/Versions/V.xml", Extra),
        "document root changed" => package.Replace("OFD.xml", "Doc_0/Document.xml", "Doc_0/Other.xml").Add("Doc_0/Other.xml", package.Text(Package.Document)),
        "stamp added" => package.Replace(Package.Signature, "</ofd:References>", "</ofd:References><ofd:StampAnnot ID=\"s9\" PageRef=\"2\" Boundary=\"0 0 40 40\"/>"),
        "reference dropped" => package.Replace(Package.Signature, "/Doc_0/PublicRes.xml", "/OFD.xml"),
        "seal file replaced" => Replace(package, Package.SealFile, OfdSamples.MakeSeal(OfdSamples.Company.Certificate, request => request with { Name = "另一家公司" }).RawData.ToArray()),
        "seal file removed" => package.Remove(Package.SealFile),
        "signature value broken" => Replace(package, Package.Value, package[Package.Value][..^10]),
        "signature value removed" => package.Remove(Package.Value),
        "signature value empty" => Replace(package, Package.Value, []),
        "signature file removed" => package.Remove(Package.Signature),
        "listed twice" => package.Replace(Package.List, "</ofd:Signatures>", "<ofd:Signature ID=\"s7\" BaseLoc=\"/Doc_0/Signs/Sign_0/Signature.xml\"/></ofd:Signatures>"),
        "entities in a page" => package.Replace(Package.Page, "<ofd:Page ", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><ofd:Page "),
        "entities in the signature" => package.Replace(Package.Signature, "<ofd:Signature ", "<!DOCTYPE x [<!ENTITY e \"e\">]><ofd:Signature "),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
    };

    public static TheoryData<string, string, Verdict, SubIndication, string> Signers => new()
    {
        { "CheckMethod=\"1.2.156.10197.1.401\"", "CheckMethod=\"MD5\"", Verdict.Indeterminate, SubIndication.CryptoConstraintsFailureNoPoe, "algorithm-not-accepted" },
        { "CheckMethod=\"1.2.156.10197.1.401\"", "", Verdict.Indeterminate, SubIndication.CryptoConstraintsFailureNoPoe, "algorithm-not-accepted" },
        { "CheckMethod=\"1.2.156.10197.1.401\"", "CheckMethod=\"SHA1\"", Verdict.TotalFailed, SubIndication.HashFailure, "digest-differs" },
        { "CheckMethod=\"1.2.156.10197.1.401\"", "CheckMethod=\"SHA256\"", Verdict.TotalFailed, SubIndication.HashFailure, "digest-differs" },
        { "/Doc_0/PublicRes.xml", "/Doc_0/Document.xml", Verdict.TotalFailed, SubIndication.FormatFailure, "coverage-partial" },
        { "/OFD.xml", "/Doc_0/Document.xml", Verdict.TotalFailed, SubIndication.FormatFailure, "coverage-partial" },
        { "/Doc_0/PublicRes.xml", "../../../../Doc_0/PublicRes.xml", Verdict.TotalFailed, SubIndication.FormatFailure, "coverage-partial" },
        { "/Doc_0/PublicRes.xml", "/Doc_0/Nowhere.xml", Verdict.TotalFailed, SubIndication.FormatFailure, "coverage-partial" },
        { "/Doc_0/PublicRes.xml", "http://example.org/PublicRes.xml", Verdict.TotalFailed, SubIndication.FormatFailure, "coverage-partial" },
        { "<ofd:SignedInfo>", "<ofd:SignedInfo><ofd:References CheckMethod=\"SM3\"/>", Verdict.TotalFailed, SubIndication.FormatFailure, "signature-file-broken" },
    };

    [Theory]
    [MemberData(nameof(Signers))]
    public async Task What_a_signer_leaves_open_never_passes(string old, string with, Verdict verdict, SubIndication sub, string reason)
    {
        var package = new Package(await OfdSamples.Seal(await OfdSamples.Text())).Replace(Package.Signature, old, with).SignAgain();
        var judgement = await OfdSamples.Judge(package.Zip());
        (judgement.Verdict, judgement.SubIndication).ShouldBe((verdict, sub), judgement.Tell());
        judgement.Signatures[0].Checks.ShouldContain(check => check.Reason.Code == reason, judgement.Tell());
    }

    [Fact]
    public async Task A_signature_that_protects_nothing_does_not_pass()
    {
        Package package = new(await OfdSamples.Seal(await OfdSamples.Text()));
        var text = package.Text(Package.Signature);
        var start = text.IndexOf("<ofd:Reference ", StringComparison.Ordinal);
        package.Replace(Package.Signature, text[start..text.IndexOf("</ofd:References>", StringComparison.Ordinal)], "").SignAgain();
        var judgement = await OfdSamples.Judge(package.Zip());
        (judgement.SubIndication, judgement.Signatures[0].Row(CheckName.Coverage).Reason.Code).ShouldBe((SubIndication.FormatFailure, "coverage-nothing"));
    }

    [Fact]
    public async Task A_seal_beside_the_signature_that_is_not_the_one_inside_fails()
    {
        var other = OfdSamples.MakeSeal(OfdSamples.Company.Certificate, request => request with { Name = "另一家公司" });
        Package package = new(await OfdSamples.Seal(await OfdSamples.Text()));
        Replace(package, Package.SealFile, other.RawData.ToArray());
        DropReference(package, "/" + Package.SealFile);
        var judgement = await OfdSamples.Judge(package.SignAgain().Zip());
        (judgement.Verdict, judgement.SubIndication).ShouldBe((Verdict.TotalFailed, SubIndication.SigConstraintsFailure), judgement.Tell());
        judgement.Signatures[0].Row(CheckName.SealData).Reason.Code.ShouldBe("seal-file-differs");
    }

    [Fact]
    public async Task A_file_that_the_document_names_but_lacks_cannot_be_added_later()
    {
        // As in honest files: the document names a resource file that was never there.
        var bare = new Package(await OfdSamples.Text()).Remove("Doc_0/PublicRes.xml").Zip();
        var file = await OfdSamples.Seal(bare);
        (await OfdSamples.Judge(file)).Verdict.ShouldBe(Verdict.TotalPassed);
        var judgement = await OfdSamples.Judge(new Package(file).Add("Doc_0/PublicRes.xml", "<ofd:Res xmlns:ofd=\"http://www.ofdspec.org/2016\"/>").Zip());
        (judgement.Verdict, judgement.SubIndication).ShouldBe((Verdict.TotalFailed, SubIndication.FormatFailure), judgement.Tell());
    }

    [Fact]
    public async Task The_integrity_list_of_GMT_0099_is_nothing_smuggled_and_brings_nothing_in()
    {
        const string entries = "<ofd:DocEntries xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:SignedValueLoc>/{0}</ofd:SignedValueLoc></ofd:DocEntries>";
        var bare = new Package(await OfdSamples.Text()).Remove("Doc_0/PublicRes.xml").Zip();
        var file = await OfdSamples.Seal(bare);
        var listed = new Package(file).Add("OFDEntries.xml", entries.Replace("{0}", "entries.dat", StringComparison.Ordinal)).Add("entries.dat", "value");
        var judgement = await OfdSamples.Judge(listed.Zip());
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.Tell());

        var misused = new Package(file).Add("OFDEntries.xml", entries.Replace("{0}", "Doc_0/PublicRes.xml", StringComparison.Ordinal)).Add("Doc_0/PublicRes.xml", "<a/>");
        (await OfdSamples.Judge(misused.Zip())).SubIndication.ShouldBe(SubIndication.FormatFailure);
    }

    [Fact]
    public async Task A_further_signature_is_no_way_to_bring_in_content()
    {
        // The second signer's own file stands where the document looks for its resources.
        var bare = new Package(await OfdSamples.Text()).Remove("Doc_0/PublicRes.xml").Zip();
        Package package = new(await OfdSamples.Seal(await OfdSamples.Seal(bare)));
        const string second = "Doc_0/Signs/Sign_1/Signature.xml";
        package.Add("Doc_0/PublicRes.xml", package.Text(second)).Remove(second).Replace(Package.List, "/" + second, "/Doc_0/PublicRes.xml");
        var judgement = await OfdSamples.Judge(package.Zip());
        judgement.Signatures.ShouldAllBe(signature => signature.Verdict == Verdict.TotalFailed && signature.SubIndication == SubIndication.FormatFailure);
    }

    [Fact]
    public async Task A_signature_that_a_later_one_protects_cannot_be_taken_from_the_list()
    {
        Package package = new(await OfdSamples.Seal(await OfdSamples.Seal(await OfdSamples.Text())));
        package.Replace(Package.List, "ID=\"s001\" Type=\"Seal\" BaseLoc=\"/Doc_0/Signs/Sign_0/Signature.xml\"", "ID=\"s001\" Type=\"Seal\" BaseLoc=\"/Doc_0/Signs/Sign_1/Signature.xml\"");
        package.Replace(Package.List, "<ofd:Signature ID=\"s001\" Type=\"Seal\" BaseLoc=\"/Doc_0/Signs/Sign_1/Signature.xml\" />", "");
        var judgement = await OfdSamples.Judge(package.Zip());
        (judgement.Verdict, judgement.SubIndication).ShouldBe((Verdict.TotalFailed, SubIndication.FormatFailure), judgement.Tell());
        judgement.Signatures.ShouldHaveSingleItem().Row(CheckName.Changes).Reason.Code.ShouldBe("changes-signature-removed");
    }

    [Fact]
    public async Task The_last_signature_taken_out_cleanly_cannot_be_missed_and_the_answer_says_so()
    {
        var once = await OfdSamples.Seal(await OfdSamples.Text());
        var judgement = await OfdSamples.Judge(once);
        judgement.Signatures[0].Row(CheckName.Coverage).Evidence["signatureList"].ShouldStartWith("open");

        // Its files left behind, the list without it: that is seen.
        Package package = new(await OfdSamples.Seal(once));
        package[Package.List] = new Package(once)[Package.List];
        (await OfdSamples.Judge(package.Zip())).SubIndication.ShouldBe(SubIndication.FormatFailure);
    }

    [Fact]
    public async Task A_signature_added_to_a_protected_list_breaks_it()
    {
        Package open = new(await OfdSamples.Seal(await OfdSamples.Seal(await OfdSamples.Text())));
        Package last = new(await OfdSamples.Seal(await OfdSamples.Text(), OfdSamples.Request() with { IsLast = true }));
        last[Package.List] = open[Package.List];
        foreach (var (name, content) in open.Files.Where(file => file.Name.Contains("Sign_1", StringComparison.Ordinal)))
        {
            last.Files.Add((name, content));
        }

        var judgement = await OfdSamples.Judge(last.Zip());
        judgement.Signatures.Single(signature => signature.Id == "s001").ShouldSatisfyAllConditions(
            signature => signature.SubIndication.ShouldBe(SubIndication.HashFailure),
            signature => signature.Row(CheckName.Digest).Reason.Code.ShouldBe("digest-list-changed"));
    }

    [Fact]
    public async Task A_signature_of_another_document_does_not_fit()
    {
        Package package = new(await OfdSamples.Seal(await OfdSamples.Text()));
        Replace(package, Package.Value, new Package(await OfdSamples.Seal(await OfdSamples.Text(pages: 3)))[Package.Value]);
        (await OfdSamples.Judge(package.Zip())).SubIndication.ShouldBe(SubIndication.HashFailure);
    }

    [Fact]
    public async Task A_list_that_is_not_there_does_not_make_the_document_unsigned()
    {
        var package = new Package(await OfdSamples.Seal(await OfdSamples.Text())).Remove(Package.List);
        (await Should.ThrowAsync<OfdFormatException>(() => OfdSamples.Judge(package.Zip()))).Code.ShouldBe(OfdProblem.Damaged);
    }

    [Fact]
    public async Task A_document_without_signatures_is_indeterminate()
    {
        var judgement = await OfdSamples.Judge(await OfdSamples.Text());
        (judgement.Verdict, judgement.SubIndication).ShouldBe((Verdict.Indeterminate, SubIndication.NoSignature));
    }

    internal static Package Replace(Package package, string name, byte[] content)
    {
        package[name] = content;
        return package;
    }

    internal static Package DropReference(Package package, string path)
    {
        var text = package.Text(Package.Signature);
        var start = text.IndexOf($"<ofd:Reference FileRef=\"{path}\"", StringComparison.Ordinal);
        return package.Replace(Package.Signature, text[start..(text.IndexOf("</ofd:Reference>", start, StringComparison.Ordinal) + "</ofd:Reference>".Length)], "");
    }
}
