using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>What is tried on signed documents; names of the attacks as on pdf-insecurity.org.</summary>
public sealed class AttackTests
{
    // In SamplePdf: 1 catalog, 2 page tree, 3 font, 10 first page, 11 its content; sealing adds
    // 14 the signature, 15 the picture, 16 the field with its widget, 17 the form.
    private static readonly string Replaced = AppendedUpdate.Stream("BT /F1 24 Tf 72 700 Td (Pay more) Tj ET");

    private static Task<byte[]> Sealed(SampleForm form = SampleForm.Table) => SignedSamples.Seal(new SamplePdf { Form = form }.Build());

    [Fact]
    public async Task A_changed_byte_is_a_hash_failure()
    {
        var file = await Sealed();
        file[file.AsSpan().IndexOf("(Page 1)"u8) + 6] = (byte)'7';
        await Fails(file, SubIndication.HashFailure, CheckName.Digest, "digest-differs");
    }

    [Fact]
    public async Task A_changed_signature_value_is_a_crypto_failure()
    {
        var file = await Sealed();
        var contents = file.AsSpan().IndexOf("/Contents <"u8) + 11;
        var close = contents + file.AsSpan(contents).IndexOf((byte)'>');
        var last = contents + file.AsSpan(contents, close - contents).LastIndexOfAnyExcept((byte)'0');
        file[last - 6] = file[last - 6] == (byte)'1' ? (byte)'2' : (byte)'1';
        await Fails(file, SubIndication.SigCryptoFailure, CheckName.SignatureValue, "signature-invalid");
    }

    [Theory]
    [InlineData("0 {0} {2} {3}", "byte-range-hole")] // a gap larger than the signature (SWA)
    [InlineData("0 {4} {1} {3}", "byte-range-hole")]
    [InlineData("1 {0} {1} {3}", "byte-range-malformed")]
    [InlineData("0 {0} {1} -5", "byte-range-malformed")]
    [InlineData("0 -1 {1} {3}", "byte-range-malformed")]
    [InlineData("0 {0} {1}", "byte-range-malformed")]
    [InlineData("0 {0} {1} {3} 9", "byte-range-malformed")]
    [InlineData("0 {0} {1} 9999999999", "byte-range-not-a-revision")]
    [InlineData("0 {0} {1} 10", "byte-range-not-a-revision")]
    [InlineData("", "byte-range-malformed")]
    public async Task A_forged_byte_range_is_a_format_failure(string forged, string code)
    {
        var file = await Sealed();
        var start = file.AsSpan().IndexOf("/ByteRange ["u8) + 12;
        var end = start + file.AsSpan(start).IndexOf((byte)']');
        long[] range = [.. Encoding.ASCII.GetString(file, start, end - start).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];
        var text = string.Format(CultureInfo.InvariantCulture, forged, range[1], range[2], range[2] + 20, range[3], range[1] - 20);
        Encoding.ASCII.GetBytes(text.PadRight(end - start)).CopyTo(file, start);
        await Fails(file, SubIndication.FormatFailure, CheckName.Coverage, code);
    }

    [Theory]
    [InlineData("/Contents <", "/Contentz <", "container-missing")] // USF
    [InlineData("/ByteRange [", "/ByteRangf [", "container-ok")]
    [InlineData("/Name (", "/Type (", "dictionary-ambiguous")]
    public async Task A_signature_without_its_parts_is_a_format_failure(string found, string put, string structure)
    {
        var file = await Sealed();
        var at = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(found));
        Encoding.ASCII.GetBytes(put).CopyTo(file, at);
        await Fails(file, SubIndication.FormatFailure, CheckName.Structure, structure);
    }

    [Fact]
    public async Task Data_hidden_behind_the_signature_are_a_format_failure()
    {
        // Signatures by ECDSA differ in length; only the longest fill all the room there is.
        byte[] file;
        int end;
        do
        {
            file = await Sealed();
            var contents = file.AsSpan().IndexOf("/Contents <"u8);
            end = contents + file.AsSpan(contents).IndexOf((byte)'>');
        }
        while (!file.AsSpan(end - 4, 4).SequenceEqual("0000"u8));

        file[end - 1] = (byte)'7';
        await Fails(file, SubIndication.FormatFailure, CheckName.Structure, "container-padding");
    }

    [Theory]
    [InlineData(SampleForm.Table)]
    [InlineData(SampleForm.ObjectStreams)]
    public async Task A_page_whose_content_is_replaced_afterwards_is_a_format_failure(SampleForm form) =>
        await Fails(AppendedUpdate.To(await Sealed(form), (11, Replaced)), SubIndication.FormatFailure, CheckName.Changes, "changes-not-permitted");

    public static TheoryData<string, int, string> Updates => new()
    {
        { "a page added", 2, "<</Type /Pages /Count 3 /Kids [10 0 R 12 0 R 10 0 R] /MediaBox [0 0 595 842] /Resources <</Font <</F1 3 0 R>>>>>>" },
        { "another font", 3, "<</Type /Font /Subtype /Type1 /BaseFont /Symbol>>" },
        { "another catalog", 1, "<</Type /Catalog /Pages 2 0 R>>" },
        { "a script on opening", 1, "<</Type /Catalog /Pages 2 0 R /AcroForm 17 0 R /OpenAction <</S /JavaScript /JS (x)>>>>" },
        { "the seal's picture", 15, AppendedUpdate.Stream("1 0 0 rg") },
        { "the seal's place", 16, "<</Type /Annot /Subtype /Widget /FT /Sig /T (Seal1) /V 14 0 R /Rect [0 0 500 500]>>" },
        { "the signature", 14, "<</Type /Sig /ByteRange [0 1 2 3] /Contents <00>>>" },
        { "the page's rotation", 10, "<</Type /Page /Parent 2 0 R /Contents 11 0 R /Rotate 90>>" },
    };

    [Theory]
    [MemberData(nameof(Updates))]
    public async Task An_update_that_changes_what_was_signed_is_a_format_failure(string what, int number, string body)
    {
        var judgement = await SignedSamples.Judge(AppendedUpdate.To(await Sealed(), (number, body)));
        (judgement.Verdict, judgement.SubIndication).ShouldBe((Verdict.TotalFailed, SubIndication.FormatFailure), what + judgement.ToJson());
        judgement.Signatures[0].Row(CheckName.Changes).Result.ShouldBe(CheckResult.Failed, what);
    }

    [Fact]
    public async Task An_object_stream_that_is_overwritten_changes_what_it_held()
    {
        var original = new SamplePdf { Form = SampleForm.ObjectStreams }.Build();
        var opened = PdfFile.Open(new MemoryStream(original), PdfLimits.Default, TestContext.Current.CancellationToken);
        var container = (int)opened.Newest.Find(3).OffsetOrStream;
        var sealedFile = await SignedSamples.Seal(original);
        const string Held = "3 0 <</Type /Font /Subtype /Type1 /BaseFont /Symbol>>";
        var file = AppendedUpdate.To(sealedFile, (container, $"<</Type /ObjStm /N 1 /First 4 /Length {Held.Length}>>\nstream\n{Held}\nendstream"));
        var judgement = await SignedSamples.Judge(file);
        judgement.Signatures[0].Row(CheckName.Changes).Result.ShouldBe(CheckResult.Failed);
    }

    [Fact]
    public async Task A_shadow_that_was_prepared_before_signing_is_found_when_it_comes_to_life()
    {
        var sealedFile = await SignedSamples.Seal(new SamplePdf { PageExtra = "/Annots [99 0 R]" }.Build());
        var file = AppendedUpdate.To(sealedFile, (99, "<</Type /Annot /Subtype /Stamp /Rect [0 0 500 500]>>"));
        await Fails(file, SubIndication.FormatFailure, CheckName.Changes, "changes-not-permitted");
    }

    [Fact]
    public async Task A_second_field_cannot_borrow_the_signature_to_show_the_seal_elsewhere()
    {
        var file = AppendedUpdate.To(
            await Sealed(),
            (17, "<</Fields [16 0 R 30 0 R] /SigFlags 3>>"),
            (10, "<</Type /Page /Parent 2 0 R /Contents 11 0 R /Annots [16 0 R 30 0 R]>>"),
            (30, "<</Type /Annot /Subtype /Widget /FT /Sig /T (Seal9) /V 14 0 R /Rect [300 300 400 400] /AP <</N 15 0 R>>>>"));
        await Fails(file, SubIndication.FormatFailure, CheckName.Changes, "changes-not-permitted");
    }

    [Theory]
    [InlineData("5 0 obj\n<</Evil true>>\nendobj\n")]
    [InlineData("5 0 obj\n<</Evil true>>\nendobj\nstartxref\n77777\n%%EOF\n")]
    public async Task What_is_appended_without_a_readable_cross_reference_is_a_format_failure(string tail) // ISA
    {
        byte[] file = [.. await Sealed(), .. Encoding.ASCII.GetBytes(tail)];
        await Fails(file, SubIndication.FormatFailure, CheckName.Coverage, "unreadable-tail");
    }

    [Fact]
    public async Task An_update_that_leads_past_the_signed_revision_does_not_hide_it()
    {
        var original = new SamplePdf().Build();
        var sealedFile = await SignedSamples.Seal(original);
        var text = Encoding.Latin1.GetString(sealedFile);
        var signedXref = text[(text.LastIndexOf("startxref", StringComparison.Ordinal) + 10)..].Split('\n')[0];
        var firstXref = text[(text.IndexOf("startxref", StringComparison.Ordinal) + 10)..].Split('\n')[0];
        var file = AppendedUpdate.To(
            sealedFile,
            (1, "<</Type /Catalog /Pages 2 0 R /AcroForm 17 0 R>>"),
            (14, text[(text.IndexOf("14 0 obj\n", StringComparison.Ordinal) + 9)..].Split("\nendobj")[0]),
            (16, text[(text.IndexOf("16 0 obj\n", StringComparison.Ordinal) + 9)..].Split("\nendobj")[0]),
            (17, "<</Fields [16 0 R]>>"),
            (11, Replaced));
        file = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(file).Replace($"/Prev {signedXref}", $"/Prev {firstXref}", StringComparison.Ordinal));
        (await SignedSamples.Judge(file)).SubIndication.ShouldBe(SubIndication.FormatFailure);
    }

    [Theory]
    [InlineData(false, Verdict.Indeterminate, SubIndication.CryptoConstraintsFailureNoPoe)]
    [InlineData(true, Verdict.TotalFailed, SubIndication.HashFailure)]
    public async Task A_signature_on_sha1_proves_nothing_but_still_shows_a_forgery(bool changed, Verdict verdict, SubIndication sub)
    {
        var file = await WeaklySigned();
        if (changed)
        {
            file[file.AsSpan().IndexOf("(Page 1)"u8) + 6] = (byte)'7';
        }

        var signature = (await SignedSamples.Judge(file)).Signatures[0];
        (signature.Verdict, signature.SubIndication).ShouldBe((verdict, sub));
    }

    /// <summary>As signers did long ago: the base library still can.</summary>
    private static async Task<byte[]> WeaklySigned()
    {
        using MemoryStream source = new(new SamplePdf().Build());
        var prepared = PdfSealer.Prepare(source, SealingSamples.Request(), TestContext.Current.CancellationToken);
        using MemoryStream unsigned = new();
        await prepared.CompleteAsync(ReadOnlyMemory<byte>.Empty, unsigned, TestContext.Current.CancellationToken);
        var all = unsigned.ToArray();
        byte[] content = [.. all[..(int)prepared.ByteRange[1]], .. all[(int)prepared.ByteRange[2]..]];

        var company = SignedSamples.Company;
        using var plain = X509CertificateLoader.LoadCertificate(company.Certificate.RawData.Span);
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(company.Key.ExportPkcs8(), out _);
        using var withKey = plain.CopyWithPrivateKey(key);
        SignedCms cms = new(new ContentInfo(content), detached: true);
        cms.ComputeSignature(new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, withKey) { DigestAlgorithm = new Oid("1.3.14.3.2.26"), IncludeOption = X509IncludeOption.EndCertOnly });
        using MemoryStream destination = new();
        await prepared.CompleteAsync(cms.Encode(), destination, TestContext.Current.CancellationToken);
        return destination.ToArray();
    }

    private static async Task Fails(byte[] file, SubIndication sub, CheckName check, string code)
    {
        var judgement = await SignedSamples.Judge(file);
        (judgement.Verdict, judgement.SubIndication).ShouldBe((Verdict.TotalFailed, sub), judgement.ToJson());
        judgement.Signatures[0].Row(check).Reason.Code.ShouldBe(code, judgement.ToJson());
    }
}
