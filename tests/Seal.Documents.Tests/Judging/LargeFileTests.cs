using System.Diagnostics;
using System.Globalization;
using System.Text;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>Files with more of something than anybody needs: judged, or refused by name, and soon.</summary>
public sealed class LargeFileTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30); // the machine may be busy; the judge's own limit is five

    [Fact]
    public async Task Two_hundred_signatures_are_judged()
    {
        var file = new SamplePdf().Build();
        HandMadeCms cms = new(SignedSamples.Company);
        for (var number = 0; number < 200; number++)
        {
            file = AppendedSignature.To(file, "/Type /Sig /SubFilter /ETSI.CAdES.detached", cms.Over, $"Field{number}", capacity: 1500);
        }

        var judgement = await Soon(file);
        judgement!.Verdict.ShouldBe(Verdict.TotalPassed);
        judgement.Signatures.Count.ShouldBe(200);
    }

    [Fact]
    public async Task Five_hundred_revisions_are_judged()
    {
        var file = await SignedSamples.Seal(new SamplePdf { TrailerExtra = "/Info 4 0 R" }.Build());
        for (var number = 0; number < 500; number++)
        {
            file = AppendedUpdate.To(file, (77, $"(nobody reads number {number})"));
        }

        var judgement = await Soon(file);
        judgement!.Verdict.ShouldBe(Verdict.TotalPassed);
        judgement.Signatures[0].LaterChanges.Count.ShouldBe(500);
    }

    [Fact]
    public async Task Ten_thousand_signatures_are_refused_by_name()
    {
        var numbers = Enumerable.Range(100, 10_000).ToArray();
        var file = new SamplePdf { CatalogExtra = $"/AcroForm <</Fields [{string.Join(' ', numbers.Select(number => $"{number} 0 R"))}]>>" }.Build();
        file = AppendedUpdate.To(file, [.. numbers.Select(number => (number, $"<</FT /Sig /T (f{number}) /V <</Type /Sig /ByteRange [0 1 2 3] /Contents <3000>>>>>"))]);
        var refusal = await Should.ThrowAsync<PdfFormatException>(() => SignedSamples.Judge(file));
        (refusal.Code, refusal.Limit).ShouldBe((PdfProblem.TooManyObjects, nameof(PdfLimits.MaxSignatures)));
    }

    public static TheoryData<string, string> Bombs => new()
    {
        { "deeply nested arrays", string.Concat(Enumerable.Repeat("[", 200_000)) },
        { "deeply nested dictionaries", string.Concat(Enumerable.Repeat("<</A ", 200_000)) },
        { "a stream said to be a gigabyte long", "<</Type /ObjStm /N 1 /First 4 /Length 1073741824>>\nstream\n5 0 " },
        { "an object stream of a billion objects", "<</Type /ObjStm /N 1000000000 /First 4 /Length 10>>\nstream\n5 0 (a)   \nendstream" },
        { "a string without end", "(" + new string('(', 300_000) },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task An_update_with(string what, string body)
    {
        var file = await SignedSamples.Seal(new SamplePdf().Build());
        var judgement = await Soon(AppendedUpdate.To(file, (1, body)));
        judgement?.Verdict.ShouldNotBe(Verdict.TotalPassed, what);
    }

    [Fact]
    public async Task A_compressed_bomb_is_refused_before_it_unfolds()
    {
        using MemoryStream packed = new();
        await using (System.IO.Compression.ZLibStream deflater = new(packed, System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1024 * 1024];
            for (var megabyte = 0; megabyte < 256; megabyte++)
            {
                await deflater.WriteAsync(zeros, TestContext.Current.CancellationToken);
            }
        }

        var original = new SamplePdf().Build();
        var header = Encoding.Latin1.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"90 0 obj\n<</Type /XRef /W [1 3 1] /Size 100000000 /Root 1 0 R /Filter /FlateDecode /Length {packed.Length}>>\nstream\n"));
        byte[] file = [.. original, .. header, .. packed.ToArray(), .. Encoding.Latin1.GetBytes($"\nendstream\nendobj\nstartxref\n{original.Length}\n%%EOF\n")];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refusal = Should.Throw<PdfFormatException>(() => PdfFile.Open(new MemoryStream(file), PdfLimits.Default, TestContext.Current.CancellationToken));
        (refusal.Code, refusal.Limit).ShouldBe((PdfProblem.TooLarge, nameof(PdfLimits.MaxDecodedStreamBytes)));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(160 * 1024 * 1024);
    }

    private static async Task<Judgement?> Soon(byte[] file)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            return await SignedSamples.Judge(file, SignedSamples.Options() with { Limits = new PdfLimits { MaxTime = Patience } });
        }
        catch (PdfFormatException refusal)
        {
            refusal.Code.ShouldNotBeNullOrEmpty();
            return null;
        }
        finally
        {
            clock.Elapsed.ShouldBeLessThan(Patience);
        }
    }
}
