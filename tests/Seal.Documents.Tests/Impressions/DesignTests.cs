using Seal.Documents.Impressions;

namespace Seal.Documents.Tests.Impressions;

public sealed class DesignTests
{
    [Fact]
    public void A_blank_name_is_refused() =>
        Refused(Samples.LegalName with { ArcText = " 　" }, ImpressionProblem.TextEmpty, "ArcText");

    [Fact]
    public void A_missing_name_is_refused() =>
        Refused(Samples.LegalName with { ArcText = null }, ImpressionProblem.TextEmpty, "ArcText");

    [Fact]
    public void A_name_seal_without_a_name_is_refused() =>
        Refused(ImpressionKinds.PersonalName("王芳") with { CentreText = null }, ImpressionProblem.TextEmpty, "CentreText");

    [Fact]
    public void A_name_that_would_be_squeezed_into_blots_is_refused_with_the_number_that_fits()
    {
        var e = Refused(Samples.LegalName with { ArcText = new string('国', 55) }, ImpressionProblem.TextTooLong, "ArcText");
        var fits = int.Parse(e.Message.Split("about ")[1].Split(' ')[0], null);
        fits.ShouldBeGreaterThanOrEqualTo(35);
        (Samples.LegalName with { ArcText = new string('国', fits) }).Draw().Figures.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(61)]
    [InlineData(100_000)]
    public void An_absurdly_long_name_is_refused_before_it_is_measured(int length) =>
        Refused(Samples.LegalName with { ArcText = new string('国', length) }, ImpressionProblem.TextTooLong, "ArcText");

    [Fact]
    public void A_bottom_line_that_does_not_fit_is_refused() =>
        Refused(Samples.LegalName with { BottomText = new string('章', 20) }, ImpressionProblem.TextTooLong, "BottomText");

    [Fact]
    public void A_personal_name_of_thirteen_characters_is_refused() =>
        Refused(ImpressionKinds.PersonalName(new string('王', 13)), ImpressionProblem.TextTooLong, "CentreText");

    [Theory]
    [InlineData("公\u0007司")]
    [InlineData("公\u202E司")]
    [InlineData("公\uD800司")]
    public void A_name_with_characters_that_cannot_be_printed_is_refused(string name) =>
        Refused(Samples.LegalName with { ArcText = name }, ImpressionProblem.TextInvalid, "ArcText");

    [Fact]
    public void A_character_the_font_lacks_is_named()
    {
        var e = Refused(Samples.LegalName with { ArcText = "李喆公司" }, ImpressionProblem.FontLacksCharacter, "ArcText");
        e.Message.ShouldContain("喆");
        e.Message.ShouldContain("U+5586");
    }

    [Theory]
    [InlineData("440305123456")]
    [InlineData("44030512345678")]
    [InlineData("44030512345６7")]
    public void A_code_is_13_digits(string code) => Refused(Samples.LegalName with { Code = code }, ImpressionProblem.TextInvalid, "Code");

    [Theory]
    [InlineData(9.9, "WidthMm")]
    [InlineData(60.1, "WidthMm")]
    [InlineData(double.NaN, "WidthMm")]
    [InlineData(double.PositiveInfinity, "WidthMm")]
    public void A_size_out_of_range_is_refused(double diameter, string field) =>
        Refused(ImpressionKinds.LegalName("海天公司", diameterMm: diameter), ImpressionProblem.SizeOutOfRange, field);

    [Fact]
    public void A_circle_is_as_high_as_wide() =>
        Refused(Samples.LegalName with { HeightMm = 39 }, ImpressionProblem.SizeOutOfRange, "HeightMm");

    [Fact]
    public void A_border_wider_than_the_seal_bears_is_refused() =>
        Refused(Samples.LegalName with { BorderMm = 3 }, ImpressionProblem.SizeOutOfRange, "BorderMm");

    [Fact]
    public void A_star_that_would_touch_the_name_is_refused() =>
        Refused(Samples.LegalName with { StarMm = 17 }, ImpressionProblem.SizeOutOfRange, "StarMm");

    [Fact]
    public void A_star_and_a_line_cannot_share_the_centre() =>
        Refused(Samples.LegalName with { CentreText = "123" }, ImpressionProblem.PartsDisagree, "CentreText");

    [Fact]
    public void A_square_has_no_arc() =>
        Refused(ImpressionKinds.PersonalName("王芳") with { ArcText = "海天公司" }, ImpressionProblem.PartsDisagree, "ArcText");

    [Fact]
    public void An_oval_has_no_star() =>
        Refused(Samples.Invoice with { CentreMark = CentreMark.FivePointStar, CentreText = null }, ImpressionProblem.PartsDisagree, "CentreMark");

    [Fact]
    public void A_longer_name_spans_more_of_the_arc_with_narrower_characters()
    {
        var (four, ten, thirty) = (Name(4), Name(10), Name(30));
        ten.Width.ShouldBeGreaterThan(four.Width);
        thirty.MaxY.ShouldBeGreaterThan(ten.MaxY);

        static Bounds Name(int length) => ImpressionKinds.LegalName(new string('国', length)).Draw().Figures[1].Path.Bounds();
    }

    [Fact]
    public void A_name_of_three_is_completed_and_read_in_columns_from_the_right()
    {
        var drawn = ImpressionKinds.LegalRepresentative("一国国").Draw().Figures[1].Path;
        // 一 is a single thin stroke, so the upper right cell has little ink and the other three have much.
        var points = drawn.Segments.Where(s => s.Kind != PathSegmentKind.Close).Select(s => s.End).ToList();
        var upperRight = points.Count(p => p.X > 10 && p.Y < 10);
        upperRight.ShouldBeInRange(1, 40);
        foreach (var (x, y) in new[] { (true, false), (false, true), (false, false) })
        {
            points.Count(p => p.X > 10 == x && p.Y < 10 == y).ShouldBeGreaterThan(upperRight);
        }
    }

    [Theory]
    [InlineData("王芳", "王芳之印")]
    [InlineData("李建国", "李建国印")]
    [InlineData("欧阳修建国", "欧阳修建国印")]
    [InlineData("阿卜杜拉买买提江山", "阿卜杜拉买买提江山")]
    [InlineData("阿卜杜拉买买提江山永", "阿卜杜拉买买提江山永之印")]
    public void A_name_leaves_no_cell_of_its_square_empty(string name, string cut) =>
        ImpressionKinds.PersonalName(name).Draw().ToSvg().ShouldBe(ImpressionKinds.PersonalName(cut).Draw().ToSvg());

    private static ImpressionException Refused(ImpressionDesign design, string code, string field)
    {
        var e = Should.Throw<ImpressionException>(() => design.Draw());
        (e.Code, e.Field).ShouldBe((code, field));
        return e;
    }
}
