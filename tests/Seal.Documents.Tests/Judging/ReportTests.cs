using Seal.Documents.Impressions;
using Seal.Documents.Judging;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>The answer as a PDF for people, read back by other people's tools.</summary>
public sealed class ReportTests
{
    [Theory]
    [InlineData(true, "签章验证报告", "不通过 TOTAL_FAILED / HASH_FAILURE", "签署的内容已被篡改。", "第 1 页")]
    [InlineData(false, "Verification report", "Failed (TOTAL_FAILED) / HASH_FAILURE", "The signed content was altered.", "page 1 at")]
    public async Task It_says_what_was_found_in_the_language_chosen(bool isChinese, params string[] expected)
    {
        var file = await SignedSamples.Seal(await SignedSamples.Seal(new SamplePdf().Build()));
        var good = await SignedSamples.Judge(file);
        file[file.AsSpan().IndexOf("(Page 1)"u8) + 6] = (byte)'7';
        var bad = (await SignedSamples.Judge(file)) with { File = "合同\t(二).pdf" };
        var report = JudgementReport.Write([good, bad], isChinese, FontOutlines.FindSong(), SignedSamples.Now);

        using Tool tool = new();
        var path = tool.Save("report.pdf", report);
        (var exit, var complaint) = await tool.Run("qpdf", "--check", path);
        (exit, complaint.Contains("WARNING", StringComparison.Ordinal)).ShouldBe((0, false), complaint);
        (_, var text) = await tool.Run("pdftotext", "-layout", path, "-");
        foreach (var sentence in expected)
        {
            text.ShouldContain(sentence);
        }

        text.ShouldContain("合同 (二).pdf");
        text.ShouldContain("Example Company");
        text.ShouldContain(bad.Digest);
    }

    [Fact]
    public void A_document_without_signature_and_characters_without_outline_are_no_trouble()
    {
        Judgement none = new() { File = "\U0001F600.pdf", Digest = "sha256:00", Verdict = Verdict.Indeterminate, SubIndication = SubIndication.NoSignature, Signatures = [] };
        JudgementReport.Write([none], false, FontOutlines.FindSong(), SignedSamples.Now).AsSpan()[..5].SequenceEqual("%PDF-"u8).ShouldBeTrue();
    }
}
