using System.Text;
using Seal.Documents.Impressions;

namespace Seal.Documents.Tests.Impressions;

public sealed class FontTests
{
    [Fact]
    public void The_song_font_gives_a_full_square_character()
    {
        var song = FontOutlines.FindSong();
        var glyph = song.Glyph(new Rune('国'));
        glyph.Advance.ShouldBe(song.UnitsPerEm);
        glyph.Path.Bounds().Height.ShouldBeInRange(0.75 * song.UnitsPerEm, song.UnitsPerEm);
        glyph.Path.Segments.Count(s => s.Kind == PathSegmentKind.Move).ShouldBeGreaterThan(2);
        song.Glyph(new Rune(' ')).Path.IsEmpty.ShouldBeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Lines_and_quadratic_curves_are_read(bool format12)
    {
        var glyph = FontOutlines.Parse(TinyFont.Build(format12)).Glyph(new Rune('A'));
        glyph.Advance.ShouldBe(TinyFont.TriangleAdvance);
        glyph.Path.Segments.Select(s => (s.Kind, s.Control1, s.End)).ShouldBe(
        [
            (PathSegmentKind.Move, default, new Point(0, 0)),
            (PathSegmentKind.Line, default, new Point(400, 0)),
            (PathSegmentKind.Quadratic, new Point(400, 400), new Point(200, 400)),
            (PathSegmentKind.Close, default, default),
        ]);
    }

    [Fact]
    public void A_composite_places_and_scales_its_parts()
    {
        var path = FontOutlines.Parse(TinyFont.Build()).Glyph(new Rune('B')).Path;
        path.Segments.Count.ShouldBe(8);
        path.Segments[5].End.ShouldBe(new Point(700, 100));
        path.Segments[6].End.ShouldBe(new Point(600, 300));
    }

    [Fact]
    public void Characters_beyond_the_basic_plane_are_found() =>
        FontOutlines.Parse(TinyFont.Build(format12: true)).Has(new Rune(0x20000)).ShouldBeTrue();

    [Fact]
    public void A_face_of_a_collection_is_read()
    {
        var collection = TinyFont.BuildCollection();
        FontOutlines.Parse(collection, face: 1).Has(new Rune('A')).ShouldBeTrue();
        Code(() => FontOutlines.Parse(collection, face: 2)).ShouldBe(ImpressionProblem.FontDamaged);
    }

    [Fact]
    public void A_composite_that_contains_itself_ends_in_an_error() =>
        Code(() => FontOutlines.Parse(TinyFont.Build(compositePart: 2)).Glyph(new Rune('B'))).ShouldBe(ImpressionProblem.FontDamaged);

    [Fact]
    public void A_character_outside_the_font_is_an_error_and_not_a_box() =>
        Code(() => FontOutlines.Parse(TinyFont.Build()).Glyph(new Rune('C'))).ShouldBe(ImpressionProblem.FontLacksCharacter);

    [Fact]
    public void A_font_that_is_not_there_is_told_by_its_path() =>
        Should.Throw<ImpressionException>(() => FontOutlines.FindSong("no/such/font.ttf")).Message.ShouldContain("no/such/font.ttf");

    [Fact]
    public void A_broken_font_never_fails_otherwise_than_as_damaged()
    {
        var random = new Random(20260101);
        byte[][] fonts = [TinyFont.Build(), TinyFont.Build(format12: true), TinyFont.BuildCollection()];
        for (var i = 0; i < 6_000; i++)
        {
            var bytes = fonts[i % 3].ToArray();
            for (var n = random.Next(1, 5); n > 0; n--)
            {
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(3) == 0 ? 0xFF : random.Next(256));
            }

            if (random.Next(4) == 0)
            {
                Array.Resize(ref bytes, random.Next(bytes.Length));
            }

            try
            {
                var font = FontOutlines.Parse(bytes);
                foreach (var character in (Rune[])[new('A'), new('B'), new(0x20000)])
                {
                    if (font.Has(character))
                    {
                        font.Glyph(character).Path.Segments.Count.ShouldBeLessThan(100_000);
                    }
                }
            }
            catch (ImpressionException e) when (e.Code == ImpressionProblem.FontDamaged)
            {
                // As documented.
            }
        }
    }

    private static string Code(Action act) => Should.Throw<ImpressionException>(act).Code;
}
