using Seal.Documents.Judging;
using Seal.Documents.Ofd;
using Seal.Documents.Pdf;

namespace Seal.Documents.Tests.Ofd;

/// <summary>Places by rule: one signature, wherever it shows.</summary>
public sealed class OfdPlacesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_signature_stands_on_words_on_all_pages_and_across_edges()
    {
        var places = await PlacesAsync(3, new SealPlace.AtText("第 2 页", PageRange.All), new SealPlace.OnPages(10, 250, new PageRange(2, null)), new SealPlace.AcrossEdges(PageEdge.Left, 150, PageRange.All));
        places.Select(place => place.Page).ShouldBe([2, 2, 3, 1, 2, 3]);

        // "采购合同 " is four squares and a half of 6 mm from 25 mm on; "第 2 页" is three squares, as it has two blanks and a digit.
        (places[0].XMm + 20).ShouldBe(25 + 27 + 10.5, 1.5);
        (places[0].YMm + 20).ShouldBe(37, 0.1);
        places.Skip(3).Select(place => (Math.Round(place.XMm + place.Slice![0], 2), Math.Round(place.Slice[0], 2))).ShouldBe([(0, 26.67), (0, 13.33), (0, 0)]);
    }

    [Theory]
    [InlineData(PageEdge.Top, 0)]
    [InlineData(PageEdge.Bottom, 277)]
    public async Task Upper_and_lower_edges_show_lying_slices(PageEdge edge, double y)
    {
        var places = await PlacesAsync(2, new SealPlace.AcrossEdges(edge, 100, PageRange.All));
        places.Select(place => (place.Page, place.XMm, place.YMm + place.Slice![1], place.Slice[3])).ShouldBe([(1, 80, y, 20), (2, 80, y, 20)]);
        places.Select(place => place.Slice![1]).ShouldBe(edge == PageEdge.Bottom ? [0, 20] : [20, 0]);
    }

    [Fact]
    public async Task Words_are_told_as_the_points_where_they_stand()
    {
        using MemoryStream source = new(await OfdSamples.Text(2));
        var request = Rules(new SealPlace.AtText("Amount", PageRange.All, Occurrence: -1), new SealPlace.OnPages(1, 2, PageRange.All));
        var settled = OfdSealer.Settle(source, request, Ct);
        settled[0].ShouldBeOfType<SealPlace.OnPage>().Page.ShouldBe(2);
        settled[1].ShouldBe(request.Rules[1]);
        var (told, found) = (await PlacesAsync(2, settled[0]), await PlacesAsync(2, request.Rules[0]));
        told.Select(place => (place.Page, place.XMm, place.YMm)).ShouldBe(found.Select(place => (place.Page, place.XMm, place.YMm)));
    }

    [Fact]
    public async Task A_matrix_and_runs_of_deltas_move_the_words()
    {
        using var source = await Showing("""<ofd:PageBlock ID="90"><ofd:TextObject ID="91" Font="3" Size="5" Boundary="100 100 80 20" CTM="2 0 0 2 1 1"><ofd:TextCode X="0" Y="5" DeltaX="g 3 5">甲方盖章</ofd:TextCode></ofd:TextObject></ofd:PageBlock>""");
        var found = OfdSealer.Settle(source, Rules(new SealPlace.AtText("甲方盖章", PageRange.All)), Ct)[0].ShouldBeOfType<SealPlace.OnPage>();

        // From 101 to 141 mm (four squares of 10 mm), base line at 111 mm, 10 mm high.
        (found.XMm + 20, found.YMm + 20).ShouldBe((121, 106));
    }

    [Fact]
    public async Task A_text_that_is_everywhere_is_refused_before_it_costs_much()
    {
        const int Count = 200_000;
        using var source = await Showing($"""<ofd:TextObject ID="91" Font="3" Size="5" Boundary="0 0 80 20"><ofd:TextCode X="0" Y="5" DeltaX="g {Count} 10">{new string('a', Count)}</ofd:TextCode></ofd:TextObject>""");
        var request = Rules(new SealPlace.AtText("a", PageRange.All)) with { Limits = OfdLimits.Default with { MaxTime = TimeSpan.FromMinutes(1) } };
        Should.Throw<OfdFormatException>(() => OfdSealer.Settle(source, request, Ct)).Code.ShouldBe(OfdProblem.TooManyEntries);

        request = Rules(new SealPlace.AtText("a", PageRange.All, Occurrence: -1)) with { Limits = OfdLimits.Default with { MaxTime = TimeSpan.FromSeconds(1) } };
        var refusal = Should.Throw<OfdFormatException>(() => OfdSealer.Settle(source, request, Ct));
        (refusal.Code, refusal.Limit).ShouldBe((OfdProblem.TooComplex, nameof(OfdLimits.MaxTime)));

        request = Rules(new SealPlace.AtText("b", PageRange.All)) with { Limits = OfdLimits.Default with { MaxCharacters = Count - 1 } };
        refusal = Should.Throw<OfdFormatException>(() => OfdSealer.Settle(source, request, Ct));
        (refusal.Code, refusal.Limit).ShouldBe((OfdProblem.TooComplex, nameof(OfdLimits.MaxCharacters)));
    }

    [Fact]
    public async Task Runs_of_deltas_are_made_no_longer_than_the_text()
    {
        var codes = string.Concat(Enumerable.Repeat("""<ofd:TextCode X="0" Y="5" DeltaX="g 100000 1" DeltaY="g 100000 0">a</ofd:TextCode>""", 1000));
        using var source = await Showing($"""<ofd:TextObject ID="91" Font="3" Size="5" Boundary="0 0 80 20">{codes}</ofd:TextObject>""");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<OfdFormatException>(() => OfdSealer.Settle(source, Rules(new SealPlace.AtText("b", PageRange.All)), Ct)).Code.ShouldBe(OfdProblem.TextNotFound);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000_000);
    }

    [Theory]
    [InlineData("甲方", null, OfdProblem.TextNotFound)]
    [InlineData("Amount", 3, OfdProblem.TextNotFound)]
    public async Task Words_that_are_not_there_are_refused(string text, int? occurrence, string code) =>
        (await Should.ThrowAsync<OfdFormatException>(() => PlacesAsync(2, new SealPlace.AtText(text, PageRange.All, occurrence)))).Code.ShouldBe(code);

    [Fact]
    public async Task What_an_OFD_does_not_have_is_refused_by_name()
    {
        (await Should.ThrowAsync<OfdFormatException>(() => PlacesAsync(1, new SealPlace.AcrossEdges(PageEdge.Right, 100, PageRange.All)))).Code.ShouldBe(OfdProblem.RidingNeedsPages);
        (await Should.ThrowAsync<OfdFormatException>(() => PlacesAsync(1, new SealPlace.InField("Buyer")))).Code.ShouldBe(OfdProblem.PlacingUnsupported);
        (await Should.ThrowAsync<OfdFormatException>(() => PlacesAsync(1, new SealPlace.OnPages(10, 10, new PageRange(1, 2))))).Code.ShouldBe(OfdProblem.PageNotFound);
    }

    /// <summary>A page with this content only.</summary>
    private static async Task<MemoryStream> Showing(string content)
    {
        var file = new Package(await OfdSamples.Text(1));
        var page = file.Text(Package.Page);
        var start = page.IndexOf("<ofd:TextObject", StringComparison.Ordinal);
        var end = page.LastIndexOf("</ofd:Layer>", StringComparison.Ordinal);
        file[Package.Page] = System.Text.Encoding.UTF8.GetBytes(page[..start] + content + page[end..]);
        return new MemoryStream(file.Zip());
    }

    private static OfdSealRequest Rules(params SealPlace[] rules) => OfdSamples.Request() with { Places = [], Rules = rules, WidthMm = 40, HeightMm = 40 };

    private static async Task<IReadOnlyList<StampPlace>> PlacesAsync(int pages, params SealPlace[] rules)
    {
        var judgement = await OfdSamples.Judge(await OfdSamples.Seal(await OfdSamples.Text(pages), Rules(rules)));
        judgement.Verdict.ShouldBe(Verdict.TotalPassed, judgement.Tell());
        return judgement.Signatures.ShouldHaveSingleItem().Places;
    }
}
