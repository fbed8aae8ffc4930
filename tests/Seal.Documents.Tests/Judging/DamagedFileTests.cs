using System.Text;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Documents.Tests.Pdf;

namespace Seal.Documents.Tests.Judging;

/// <summary>Signed files that are damaged in ways which readers repair without a word, by honest writers and by others.</summary>
public sealed class DamagedFileTests
{
    private const string Evil = "BT /F1 24 Tf 72 700 Td (Pay more) Tj ET";

    private static readonly Dictionary<string, (string Quirk, Func<string, string> Damage)> Honest = new(StringComparer.Ordinal)
    {
        ["startxref three too large"] = ("start-xref-wrong", text => OneRevision.StartXref(text, 3)),
        ["startxref two too small"] = ("start-xref-wrong", text => OneRevision.StartXref(text, -2)),
        ["startxref 0"] = ("start-xref-wrong", text => OneRevision.StartXref(text, -1_000_000)),
        ["startxref behind the end"] = ("start-xref-wrong", text => OneRevision.StartXref(text, 1_000_000)),
        ["startxref without number"] = ("start-xref-wrong", text => text[..(text.LastIndexOf("startxref", StringComparison.Ordinal) + 10)] + "%%EOF\n"),
        ["no startxref"] = ("start-xref-missing", text => text[..text.LastIndexOf("startxref", StringComparison.Ordinal)] + "%%EOF\n"),
        ["nothing after the trailer"] = ("start-xref-missing", text => text[..text.LastIndexOf("startxref", StringComparison.Ordinal)]),
        ["no %%EOF"] = ("end-marker-missing", text => text[..text.LastIndexOf("%%EOF", StringComparison.Ordinal)]),
        ["offsets one too large"] = ("offsets-wrong", text => OneRevision.Offsets(text, 1)),
        ["offsets seven too small"] = ("offsets-wrong", text => OneRevision.Offsets(text, -7)),
        ["one offset wrong, of a page's content"] = ("offsets-wrong", text => OneRevision.Offsets(text, 5, only: 13)),
        ["table numbered from one"] = ("numbered-from-one", text => text.Replace("xref\n0 ", "xref\n1 ", StringComparison.Ordinal)),
        ["junk before, offsets from the header"] = ("offsets-from-header", text => "HTTP/1.1 200 OK\r\n\r\n" + text),
        ["junk before, offsets from the beginning"] = ("header-not-at-start", text => OneRevision.StartXref(OneRevision.Offsets("from: me\n" + text, 9), 9)),
        ["bytes after the end"] = ("bytes-after-end", text => text + "\u001a\u001a page generated in 0.3 s"),
        ["/Prev 0"] = ("previous-wrong", text => text.Replace("/Root 1 0 R", "/Prev 0 /Root 1 0 R", StringComparison.Ordinal)),
        ["no table"] = ("cross-reference-missing", text => text[..text.LastIndexOf("xref\n0", StringComparison.Ordinal)] + text[text.LastIndexOf("trailer", StringComparison.Ordinal)..]),
    };

    public static TheoryData<string> HonestNames => [.. Honest.Keys];

    [Theory]
    [MemberData(nameof(HonestNames))]
    public async Task Damage_with_one_reading_passes_and_is_told(string what)
    {
        var file = OneRevision.Signed(Honest[what].Damage);
        var judgement = await SignedSamples.Judge(file);
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.ToJson());
        var coverage = judgement.Signatures.ShouldHaveSingleItem().Row(CheckName.Coverage);
        (coverage.Reason.Code, coverage.Evidence["repaired"].Split(' ').Contains(Honest[what].Quirk)).ShouldBe(("coverage-repaired", true), judgement.ToJson());

        var changed = (byte[])file.Clone();
        changed[changed.AsSpan().IndexOf("(Page 1)"u8) + 6] = (byte)'7';
        (await SignedSamples.Judge(changed)).SubIndication.ShouldBe(SubIndication.HashFailure);
    }

    [Fact]
    public async Task A_file_in_order_and_one_without_endobj_are_read_as_they_are()
    {
        foreach (var damage in (Func<string, string>[])[text => text, text => text.Replace("endobj", "      ", StringComparison.Ordinal)])
        {
            var judgement = await SignedSamples.Judge(OneRevision.Signed(damage));
            judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.ToJson());
            judgement.Signatures[0].Row(CheckName.Coverage).Reason.Code.ShouldBe("coverage-whole-revision");
        }
    }

    [Theory]
    [InlineData(SampleForm.XrefStream)]
    [InlineData(SampleForm.Hybrid)]
    public async Task A_cross_reference_stream_is_found_again(SampleForm form)
    {
        var judgement = await SignedSamples.Judge(OneRevision.Signed(text => OneRevision.StartXref(text, 4), OneRevision.Sample with { Form = form }));
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.ToJson());
    }

    [Theory]
    [MemberData(nameof(HonestNames))]
    public async Task Damage_does_not_open_a_file_to_updates(string what)
    {
        var file = OneRevision.Signed(Honest[what].Damage);
        var start = Encoding.Latin1.GetString(file).LastIndexOf("\nxref", StringComparison.Ordinal) + 1;
        foreach (var update in (string[])[
            Hidden(""),
            Hidden("13 0 obj\n" + AppendedUpdate.Stream(Evil) + "\nendobj\n"),
            "13 0 obj\n" + AppendedUpdate.Stream(Evil) + "\nendobj\n"])
        {
            var judgement = await SignedSamples.Judge([.. file, .. Encoding.Latin1.GetBytes(update)]);
            if (update.Contains(Evil, StringComparison.Ordinal))
            {
                (judgement.Verdict, judgement.SubIndication).ShouldBe((Verdict.TotalFailed, SubIndication.FormatFailure), update + judgement.ToJson());
            }
        }

        string Hidden(string objects) => $"{objects}xref\n0 0\ntrailer\n<</Size 40 /Root 1 0 R /Prev {start}>>\nstartxref\n{file.Length + objects.Length}\n%%EOF\n";
    }

    private static readonly Dictionary<string, Func<string, string>> TwoReadings = new(StringComparer.Ordinal)
    {
        ["an object twice"] = text => OneRevision.StartXref(Before(text, "trailer", Object(13)), 4),
        ["an object twice, the table right"] = text => OneRevision.StartXref(Before(text, "xref\n0", Object(13)), -4),
        ["an object again inside a stream"] = text => OneRevision.Offsets(Before(text, "xref\n0", $"40 0 obj\n{AppendedUpdate.Stream(Object(13))}\nendobj\n"), 1),
        ["an object only inside a stream"] = text => OneRevision.Offsets(
            Before(text.Replace("\n13 0 obj", "\n93 0 obj", StringComparison.Ordinal), "xref\n0", $"40 0 obj\n{AppendedUpdate.Stream(Object(13))}\nendobj\n"), 1),
        ["an object again inside a stream without length"] = text => OneRevision.Offsets(Before(text, "xref\n0", Carrier("", "%%EOF\n" + Object(13))), 1),
        ["an object only inside a stream of length 0"] = text => OneRevision.Offsets(
            Before(text.Replace("\n13 0 obj", "\n93 0 obj", StringComparison.Ordinal), "xref\n0", Carrier("/Length 0", Object(13))), 1),
        ["an object only inside a stream whose length is nowhere"] = text => OneRevision.Offsets(
            Before(text.Replace("\n13 0 obj", "\n93 0 obj", StringComparison.Ordinal), "xref\n0", Carrier("/Length 99 0 R", Object(13))), 1),
        ["an object only in a comment after a stream"] = text => OneRevision.Offsets(
            Before(text.Replace("\n13 0 obj", "\n93 0 obj", StringComparison.Ordinal), "xref\n0", Carrier("/Length 0", $"%{new string('-', 200)}{Object(13).Replace('\n', ' ')}")), 1),
        ["an object only inside a string"] = text => OneRevision.Offsets(
            Before(text.Replace("\n13 0 obj", "\n93 0 obj", StringComparison.Ordinal), "xref\n0", $"40 0 obj\n(\n{Object(13)})\nendobj\n"), 1),
        ["an object in an object stream whose length is nowhere"] = text => OneRevision.Offsets(Before(text, "xref\n0", Carrier("/Type /ObjStm /N 1 /First 5 /Length 99 0 R", "13 0 (evil)")), 1),
        ["an object in something that cannot be read"] = text => OneRevision.Offsets(Before(text, "xref\n0", Carrier("/Type /ObjStm /N 1 /First 5 /Length 11 /X ] ", "13 0 (evil)")), 1),
        ["another catalog in a cross-reference stream whose length is nowhere"] = text => OneRevision.Offsets(Before(text, "xref\n0", Carrier("/Type /XRef /Root 42 0 R /Length 99 0 R", "0")), 1),
        ["another trailer that cannot be read"] = text => OneRevision.StartXref(text.Replace("\n1 0 obj", "\ntrailer\n<</Root 42 0 R /X ]>>\n1 0 obj", StringComparison.Ordinal), 1),
        ["an object behind a comment"] = text => OneRevision.Offsets(Before(text, "xref\n0", Object(13).Replace("13 0", "13 % 99 \n0", StringComparison.Ordinal)), 1),
        ["an object behind a long comment"] = text => OneRevision.Offsets(
            Before(text, "xref\n0", Object(13).Replace("13 0", $"13 % 99{new string('-', 300)}\n0", StringComparison.Ordinal)), 1),
        ["an object again in a long comment of a later part"] = text => OneRevision.Offsets(
            Before(text, "xref\n0", $"%%EOF\n%{new string('-', 20_000)} {Object(13).Replace('\n', ' ')}\n"), 1),
        ["an object whose header is as wide as a page"] = text => OneRevision.Offsets(
            Before(text, "xref\n0", $"%%EOF\n{Object(13).Replace("13 0", $"13 {new string(' ', 3000)}0", StringComparison.Ordinal)}"), 1),
        ["an object of a later generation"] = text => OneRevision.Offsets(text.Replace("\n1 0 obj", $"\n{Object(13).Replace("13 0", "13 7", StringComparison.Ordinal)}1 0 obj", StringComparison.Ordinal), 1),
        ["an object that is free"] = text => OneRevision.StartXref(text.Replace("/Type /Catalog", "/Type /Catalog /Lang 41 0 R", StringComparison.Ordinal).Replace("xref\n0", "41 0 obj\n(en)\nendobj\nxref\n0", StringComparison.Ordinal), 2),
        ["another trailer"] = text => OneRevision.StartXref(text.Replace("\n1 0 obj", "\ntrailer\n<</Root 42 0 R>>\n1 0 obj", StringComparison.Ordinal), 1),
        ["an object after the end"] = text => text + Object(13),
        ["two beginnings"] = text =>
        {
            const string Junk = "twelve bytes";
            var at = text.LastIndexOf("xref\n0", StringComparison.Ordinal);
            var second = $"xref\n0 0\ntrailer\n<</Root 1 0 R>>\n".PadRight(60);
            return OneRevision.StartXref(Junk + text[..at] + second + text[at..], second.Length - Junk.Length);
        },
    };

    public static TheoryData<string> TwoReadingsNames => [.. TwoReadings.Keys];

    [Theory]
    [MemberData(nameof(TwoReadingsNames))]
    public async Task A_signed_file_with_two_readings_never_passes(string what)
    {
        try
        {
            var judgement = await SignedSamples.Judge(OneRevision.Signed(TwoReadings[what]));
            (judgement.Verdict, judgement.SubIndication).ShouldBe((Verdict.TotalFailed, SubIndication.FormatFailure), judgement.ToJson());
        }
        catch (PdfFormatException refusal)
        {
            refusal.Code.ShouldBe(PdfProblem.Damaged);
        }
    }

    [Theory]
    [InlineData("/X 14 0 R", true)]
    [InlineData("/Type /ObjStm /N 1 /First 5", false)]
    [InlineData("/Type 14 0 R /N 1 /First 5", false)]
    [InlineData("/Type /XRef /Root 42 0 R", false)]
    public async Task A_length_that_stands_elsewhere_hides_nothing_and_is_no_fault_by_itself(string dictionary, bool passes)
    {
        // Numbers of pages follow those of further objects: 15 is the first page.
        var sample = OneRevision.Sample with { More = [.. OneRevision.Sample.More, $"<<{dictionary} /Length 13 0 R>>\nstream\n15 0 (evil)\nendstream", "11", "/ObjStm"] };
        var judgement = await SignedSamples.Judge(OneRevision.Signed(text => OneRevision.Offsets(text, 1), sample));
        judgement.Verdict.ShouldBe(passes ? Verdict.TotalPassed : Verdict.TotalFailed, judgement.ToJson());
    }

    [Fact]
    public async Task What_stands_around_the_signed_bytes_is_not_signed()
    {
        var file = OneRevision.Signed(text => text);
        (await SignedSamples.Judge([.. file, .. "page generated in 0.3 s"u8])).SubIndication.ShouldBe(SubIndication.FormatFailure);
        (await SignedSamples.Judge([.. "HTTP/1.1 200 OK\r\n\r\n"u8, .. file])).SubIndication.ShouldBe(SubIndication.FormatFailure);
        (await SignedSamples.Judge([.. file, .. "\r\n\0\0 "u8])).Verdict.ShouldBe(Verdict.TotalPassed);
    }

    [Fact]
    public async Task An_update_that_hides_objects_from_its_own_table_is_a_format_failure()
    {
        var file = await SignedSamples.Seal(new SamplePdf().Build());
        var start = Encoding.Latin1.GetString(file).LastIndexOf("startxref\n", StringComparison.Ordinal) + 10;
        var previous = Encoding.Latin1.GetString(file)[start..].Split('\n')[0];
        var evil = "11 0 obj\n" + AppendedUpdate.Stream(Evil) + "\nendobj\n";
        foreach (var listed in (string[])["0 0\n", "400 1\n9999999999 00000 n \n"])
        {
            var update = $"{evil}xref\n{listed}trailer\n<</Size 500 /Root 1 0 R /Prev {previous}>>\nstartxref\n{file.Length + evil.Length}\n%%EOF\n";
            var judgement = await SignedSamples.Judge([.. file, .. Encoding.Latin1.GetBytes(update)]);
            (judgement.Verdict, judgement.SubIndication).ShouldBe((Verdict.TotalFailed, SubIndication.FormatFailure), judgement.ToJson());
        }
    }

    [Fact]
    public void Sealing_refuses_what_it_would_have_to_repair()
    {
        foreach (var what in (string[])["startxref three too large", "no startxref", "no %%EOF", "junk before, offsets from the header"])
        {
            using MemoryStream source = new(OneRevision.Signed(Honest[what].Damage));
            Should.Throw<PdfFormatException>(() => PdfSealer.Prepare(source, SealingSamples.Request(), TestContext.Current.CancellationToken), what)
                .Code.ShouldBeOneOf(PdfProblem.Damaged, PdfProblem.Truncated);
        }
    }

    private static string Object(int number) => $"{number} 0 obj\n{AppendedUpdate.Stream(Evil)}\nendobj\n";

    private static string Carrier(string dictionary, string data) => $"40 0 obj\n<<{dictionary}>>\nstream\n{data}\nendstream\nendobj\n";

    private static string Before(string text, string word, string inserted)
    {
        var at = text.LastIndexOf(word, StringComparison.Ordinal);
        return text[..at] + inserted + text[at..];
    }
}
