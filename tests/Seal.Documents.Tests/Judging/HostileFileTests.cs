using System.Diagnostics;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>Whatever a file is: an answer or a refusal with a code, soon, and never "passed" for changed bytes.</summary>
public sealed class HostileFileTests
{
    private static readonly HashSet<string> Codes =
        [.. typeof(PdfProblem).GetFields().Select(field => (string)field.GetValue(null)!)];

    [Theory]
    [InlineData(SampleForm.Table)]
    [InlineData(SampleForm.XrefStream)]
    [InlineData(SampleForm.ObjectStreams)]
    [InlineData(SampleForm.Hybrid)]
    public async Task Mutations_of_a_signed_file_never_pass_and_never_break_the_judge(SampleForm form)
    {
        var file = await Small(form);
        Random random = new((int)form + 1);
        for (var round = 0; round < 1500; round++)
        {
            var mutated = Mutate(file, random);
            if (await Judge(mutated) is { Verdict: Verdict.TotalPassed } judgement)
            {
                var hole = file.AsSpan().IndexOf("/Contents <"u8) + 10;
                var end = hole + file.AsSpan(hole).IndexOf((byte)'>') + 1;
                judgement.Signatures[0].SignedLength.ShouldBe(file.Length); // white space may follow
                mutated.AsSpan(0, hole).SequenceEqual(file.AsSpan(0, hole)).ShouldBeTrue($"round {round}");
                mutated.AsSpan(end, file.Length - end).SequenceEqual(file.AsSpan(end)).ShouldBeTrue($"round {round}");
            }
        }
    }

    [Fact]
    public async Task A_signed_file_cut_off_anywhere_does_not_pass()
    {
        var file = await Small(SampleForm.Table);
        for (var length = 0; length < file.Length; length++)
        {
            var judgement = await Judge(file[..length]);
            judgement?.Verdict.ShouldNotBe(Verdict.TotalPassed, $"{length} of {file.Length} bytes");
        }
    }

    [Fact]
    public async Task Random_bytes_behind_a_header_are_refused()
    {
        Random random = new(7);
        for (var round = 0; round < 300; round++)
        {
            var noise = new byte[random.Next(4096)];
            random.NextBytes(noise);
            (await Judge([.. "%PDF-1.7\n"u8, .. noise, .. "\nstartxref\n9\n%%EOF\n"u8])).ShouldBeNull();
        }
    }

    public static TheoryData<string, string> Bombs => new()
    {
        { "a form whose fields hold each other", "<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [90 0 R]>>>>" },
        { "a length that refers to itself", "<</Type /Catalog /Pages 2 0 R /AcroForm 91 0 R>>" },
        { "references in a circle", "<</Type /Catalog /Pages 92 0 R /AcroForm 92 0 R>>" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task What_refers_to_itself_ends(string what, string catalog)
    {
        var file = AppendedUpdate.To(
            await Small(SampleForm.Table),
            (1, catalog),
            (90, "<</T (x) /Kids [90 0 R 90 0 R 1 0 R 2 0 R]>>"),
            (91, "<</Length 91 0 R>>\nstream\n\nendstream"),
            (92, "92 0 R"));
        var clock = Stopwatch.StartNew();
        (await Judge(file))?.Verdict.ShouldNotBe(Verdict.TotalPassed, what);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5), what);
    }

    [Fact]
    public async Task A_file_that_takes_too_long_is_given_up()
    {
        var file = await SignedSamples.Seal(new SamplePdf { Pages = 3000 }.Build());
        var options = SignedSamples.Options() with { Limits = new PdfLimits { MaxTime = TimeSpan.Zero } };
        var refusal = await Should.ThrowAsync<PdfFormatException>(() => SignedSamples.Judge(file, options));
        (refusal.Code, refusal.Limit).ShouldBe((PdfProblem.TooComplex, nameof(PdfLimits.MaxTime)));
    }

    [Fact]
    public async Task Sealing_survives_what_judging_survives()
    {
        var file = await Small(SampleForm.ObjectStreams);
        Random random = new(11);
        for (var round = 0; round < 500; round++)
        {
            try
            {
                using MemoryStream source = new(Mutate(file, random));
                PdfSealer.Prepare(source, SealingSamples.Request(), TestContext.Current.CancellationToken);
            }
            catch (PdfFormatException refusal)
            {
                Codes.ShouldContain(refusal.Code);
            }
        }
    }

    private static Task<byte[]> Small(SampleForm form) => SignedSamples.Seal(
        new SamplePdf { Form = form }.Build(),
        request: SealingSamples.Request() with { SignatureCapacity = 2200 });

    private static async Task<Judgement?> Judge(byte[] file)
    {
        try
        {
            return await SignedSamples.Judge(file);
        }
        catch (PdfFormatException refusal)
        {
            Codes.ShouldContain(refusal.Code);
            return null;
        }
    }

    /// <summary>Flips, overwrites, cuts out, doubles or swaps in the words that matter.</summary>
    private static byte[] Mutate(byte[] file, Random random)
    {
        List<byte> bytes = [.. file];
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 4:
                    bytes[at] = (byte)('0' + random.Next(10));
                    break;
                default:
                    var word = Words[random.Next(Words.Length)];
                    bytes.RemoveRange(at, Math.Min(word.Length, bytes.Count - at));
                    bytes.InsertRange(at, word);
                    break;
            }
        }

        return [.. bytes];
    }

    private static readonly byte[][] Words =
    [
        .. ((string[])["<<", ">>", "[", "]", "(", ")", "0 R", "endobj", "stream", "-1", "99999999999999999999", "/Prev 0", "/Kids", "/Length", "null", "/W [0 0 0]", "startxref", "%%EOF", "/ByteRange", "<"])
            .Select(System.Text.Encoding.ASCII.GetBytes),
        [],
    ];
}
