using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using Seal.Documents.Judging;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>Documents as other programs write them.</summary>
public sealed class OtherWritersTests
{
    [Theory]
    [InlineData("--linearize")]
    [InlineData("--object-streams=generate")]
    [InlineData("--object-streams=generate --linearize")]
    [InlineData("--qdf")]
    public async Task What_qpdf_writes_is_sealed_twice_and_passes(string options)
    {
        using Tool tool = new();
        var plain = tool.Save("plain.pdf", new SamplePdf { Pages = 5 }.Build());
        await tool.Run("qpdf", [.. options.Split(' '), plain, tool.Path("written.pdf")]);
        await SealsTwice(tool, await File.ReadAllBytesAsync(tool.Path("written.pdf"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_PDFsharp_writes_is_sealed_twice_and_passes()
    {
        // The library asks which of its licences is chosen; this project is under the AGPL as it is.
        PdfSharpLicense.SetAgplLicense();
        using PdfDocument document = new();
        for (var number = 0; number < 3; number++)
        {
            var page = document.AddPage();
            using var graphics = XGraphics.FromPdfPage(page);
            graphics.DrawRectangle(XPens.Navy, 50, 50, 300, 200 + number);
            graphics.DrawLine(XPens.Black, 50, 300, 500, 300);
        }

        using MemoryStream written = new();
        document.Save(written, false);
        using Tool tool = new();
        await SealsTwice(tool, written.ToArray());
    }

    private static async Task SealsTwice(Tool tool, byte[] original)
    {
        var once = await SignedSamples.Seal(original, request: SealingSamples.Request(page: 1));
        var twice = await SignedSamples.Seal(once, request: SealingSamples.Request(page: 2));
        twice.AsSpan(0, original.Length).SequenceEqual(original).ShouldBeTrue();
        var judgement = await SignedSamples.Judge(twice);
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.ToJson());
        (_, var output) = await tool.Run("pdfsig", "-nocert", tool.Save("sealed.pdf", twice));
        output.Split("Signature is Valid.").Length.ShouldBe(3, output);

        // A writer's own oddities stay (qpdf then exits with 3); sealing adds none.
        (var before, _) = await tool.Run("qpdf", "--check", tool.Save("original.pdf", original));
        (await tool.Run("qpdf", "--check", tool.Path("sealed.pdf"))).ExitCode.ShouldBe(before);
    }
}
