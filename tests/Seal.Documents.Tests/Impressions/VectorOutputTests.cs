using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Seal.Documents.Impressions;

namespace Seal.Documents.Tests.Impressions;

public sealed partial class VectorOutputTests
{
    [Theory]
    [MemberData(nameof(Samples.All), MemberType = typeof(Samples))]
    public void An_svg_is_paths_only_and_sized_in_millimetres(string name, ImpressionDesign design)
    {
        var root = XDocument.Parse(design.Draw().ToSvg()).Root!;
        root.Name.LocalName.ShouldBe("svg", name);
        root.Attribute("width")!.Value.ShouldBe($"{design.WidthMm}mm");
        root.Attribute("viewBox")!.Value.ShouldBe($"0 0 {design.WidthMm} {design.HeightMm}");
        root.Descendants().Select(e => e.Name.LocalName).Distinct().ShouldBe(["path"]);
        root.Value.Trim().ShouldBeEmpty();
        root.Descendants().Attributes("d").ShouldAllBe(d => SvgPath().IsMatch(d.Value));
    }

    [Theory]
    [MemberData(nameof(Samples.All), MemberType = typeof(Samples))]
    public void Pdf_content_has_only_path_and_colour_operators(string name, ImpressionDesign design)
    {
        var content = Encoding.ASCII.GetString(design.Draw().ToPdfContent());
        content.ShouldStartWith("q\n0.902 0 0.071 rg\n", Case.Sensitive, name);
        content.ShouldEndWith("Q\n");
        foreach (var line in content.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            PdfLine().IsMatch(line).ShouldBeTrue(line);
        }
    }

    [Theory]
    [MemberData(nameof(Samples.All), MemberType = typeof(Samples))]
    public void All_ink_lies_inside_the_border(string name, ImpressionDesign design)
    {
        foreach (var figure in design.Draw().Figures.Skip(1))
        {
            var box = figure.Path.Bounds();
            box.MinX.ShouldBeGreaterThan(design.BorderMm, name);
            box.MinY.ShouldBeGreaterThan(design.BorderMm, name);
            box.MaxX.ShouldBeLessThan(design.WidthMm - design.BorderMm, name);
            box.MaxY.ShouldBeLessThan(design.HeightMm - design.BorderMm, name);
            if (design.Shape != ImpressionShape.Circle)
            {
                continue;
            }

            var inner = design.WidthMm / 2 - design.BorderMm - figure.StrokeMm / 2;
            foreach (var s in figure.Path.Segments.Where(s => s.Kind != PathSegmentKind.Close))
            {
                Math.Sqrt(Math.Pow(s.End.X - design.WidthMm / 2, 2) + Math.Pow(s.End.Y - design.HeightMm / 2, 2)).ShouldBeLessThan(inner, name);
            }
        }
    }

    [Fact]
    public void Names_of_any_length_stay_inside_round_seals_of_any_size_or_are_refused()
    {
        var drawn = 0;
        foreach (var (width, height) in new[] { (20.0, 20.0), (40, 40), (60, 60), (40, 20), (40, 30), (60, 30), (60, 59) })
        {
            var design = new ImpressionDesign
            {
                Shape = width == height ? ImpressionShape.Circle : ImpressionShape.Oval,
                WidthMm = width,
                HeightMm = height,
                BorderMm = 1,
            };
            for (var length = 1; length <= 42; length++)
            {
                try
                {
                    var name = (design with { ArcText = new string('国', length) }).Draw().Figures[1].Path;
                    name.Segments.All(s => s.Kind == PathSegmentKind.Close || IsInside(s.End, width, height)).ShouldBeTrue($"{length} on {width} × {height}");
                    drawn++;
                }
                catch (ImpressionException e) when (e.Code == ImpressionProblem.TextTooLong)
                {
                    length.ShouldBeGreaterThan(20);
                }
            }
        }

        drawn.ShouldBeGreaterThan(200);

        static bool IsInside(Point p, double width, double height) =>
            Math.Pow((p.X - width / 2) / (width / 2 - 1), 2) + Math.Pow((p.Y - height / 2) / (height / 2 - 1), 2) < 1;
    }

    [Fact]
    public void The_same_design_gives_the_same_bytes()
    {
        var (first, second) = (Samples.LegalName.Draw(FontOutlines.FindSong()), Samples.LegalName.Draw());
        second.ToSvg().ShouldBe(first.ToSvg());
        second.ToPdfContent().ShouldBe(first.ToPdfContent());
    }

    [Fact]
    public void Another_ink_changes_the_colour_and_nothing_else()
    {
        var red = Samples.LegalName.Draw().ToSvg();
        (Samples.LegalName with { Ink = new InkColour(0, 0, 0x80) }).Draw().ToSvg().ShouldBe(red.Replace("#E60012", "#000080", StringComparison.Ordinal));
    }

    [Fact]
    public void The_star_has_the_size_asked_for_and_one_point_up()
    {
        var star = Samples.LegalName.Draw().Figures.Single(f => f.Filled && f.StrokeMm == 0).Path;
        star.Segments.Count(s => s.Kind is PathSegmentKind.Move or PathSegmentKind.Line).ShouldBe(10);
        star.Segments[0].End.ShouldBe(new Point(20, 13));
        star.Bounds().Width.ShouldBe(14 * Math.Cos(Math.PI / 10), 1e-9);
    }

    [GeneratedRegex(@"^([MLQCZ]|-?\d+(\.\d{1,3})?|\s)+$")]
    private static partial Regex SvgPath();

    [GeneratedRegex(@"^((-?\d+(\.\d{1,3})? )+(m|l|c|w|j|rg|RG)|h|f|S|B|q|Q)$")]
    private static partial Regex PdfLine();
}
