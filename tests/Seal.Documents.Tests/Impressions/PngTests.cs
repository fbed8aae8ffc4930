using System.Diagnostics;
using Seal.Documents.Impressions;

namespace Seal.Documents.Tests.Impressions;

public sealed class PngTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seal-png").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_png_has_the_right_size_a_transparent_ground_and_the_official_red()
    {
        var raster = await RenderAsync(Samples.LegalName, 254);
        (raster.Width, raster.Height).ShouldBe((400, 400));
        raster[2, 2].Alpha.ShouldBe((byte)0);
        raster[200, 200].ShouldBe(((byte)0xE6, (byte)0x00, (byte)0x12, (byte)0xFF));
        raster.InkShare(254, (_, _) => true).ShouldBeInRange(0.18, 0.32);
    }

    [Fact]
    public async Task The_border_is_an_unbroken_ring_and_the_ground_beside_it_is_bare()
    {
        var raster = await RenderAsync(Samples.LegalName, 254);
        raster.InkShare(254, Ring(18.9, 19.9)).ShouldBe(1);
        raster.InkShare(254, Ring(20.1, 28)).ShouldBe(0);
        raster.InkShare(254, Ring(18.45, 18.7)).ShouldBe(0);
    }

    [Fact]
    public async Task The_name_fills_the_upper_arc_evenly_and_leaves_the_foot_free()
    {
        var raster = await RenderAsync(ImpressionKinds.LegalName("中中中中中中中中中中"), 254);
        var slices = Enumerable.Range(0, 10).Select(i => raster.InkShare(254, Arc(-102.8 + i * 20.57, -82.3 + i * 20.57))).ToList();
        slices.Min().ShouldBeGreaterThan(0.15);
        (slices.Max() - slices.Min()).ShouldBeLessThan(0.05, "each character has the same slice of the arc");
        raster.InkShare(254, Arc(110, 250)).ShouldBe(0);

        static Func<double, double, bool> Arc(double from, double to) => (x, y) =>
        {
            var angle = Math.Atan2(x - 20, 20 - y) * 180 / Math.PI;
            if (angle < from)
            {
                angle += 360;
            }

            return angle >= from && angle < to && Ring(11.5, 18)(x, y);
        };
    }

    [Theory]
    [MemberData(nameof(Samples.All), MemberType = typeof(Samples))]
    public async Task No_part_of_an_impression_touches_another(string name, ImpressionDesign design)
    {
        var picture = design.Draw();
        var parts = await Task.WhenAll(picture.Figures.Select(async figure => Raster.FromPng(
            await (picture with { Figures = [figure] }).ToPngAsync(200, TestContext.Current.CancellationToken))));
        for (var y = 0; y < parts[0].Height; y++)
        {
            for (var x = 0; x < parts[0].Width; x++)
            {
                parts.Count(part => part.IsInk(x, y)).ShouldBeLessThan(2, $"{name} at ({x}, {y})");
            }
        }
    }

    [Fact]
    public async Task A_pdf_form_shows_what_the_png_shows()
    {
        var picture = Samples.Invoice.Draw();
        var png = Raster.FromPng(await picture.ToPngAsync(100, TestContext.Current.CancellationToken));
        var pdf = await OnePagePdf.RenderAsync(_folder, picture, 100, TestContext.Current.CancellationToken);
        var differing = 0;
        for (var y = 2; y < png.Height - 2; y++)
        {
            for (var x = 2; x < png.Width - 2; x++)
            {
                // On white, the green channel says how much ink there is.
                var expected = 255 - png[x, y].Alpha;
                if (Math.Abs(expected - pdf.Green(x, y)) > 128)
                {
                    differing++;
                }
            }
        }

        differing.ShouldBeLessThan(png.Width * png.Height / 100);
    }

    [Fact]
    public async Task A_missing_renderer_is_told_with_the_command_that_installs_it()
    {
        var renderer = new PngRenderer { Program = Path.Combine(_folder, "no-such-program") };
        var e = await Should.ThrowAsync<ImpressionException>(() => renderer.RenderAsync(Samples.Invoice.Draw(), 100, TestContext.Current.CancellationToken));
        e.Code.ShouldBe(ImpressionProblem.RendererMissing);
        e.Message.ShouldContain("apt-get install librsvg2-bin");
    }

    [Fact]
    public async Task A_renderer_that_hangs_is_stopped()
    {
        var renderer = new PngRenderer { Program = Script("exec sleep 600"), Timeout = TimeSpan.FromMilliseconds(300) };
        var started = Stopwatch.GetTimestamp();
        var e = await Should.ThrowAsync<ImpressionException>(() => renderer.RenderAsync(Samples.Invoice.Draw(), 100, TestContext.Current.CancellationToken));
        e.Code.ShouldBe(ImpressionProblem.RendererTimeout);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_renderer_that_fails_is_quoted()
    {
        var renderer = new PngRenderer { Program = Script("echo 'out of paint' >&2; exit 3") };
        var e = await Should.ThrowAsync<ImpressionException>(() => renderer.RenderAsync(Samples.Invoice.Draw(), 100, TestContext.Current.CancellationToken));
        e.Code.ShouldBe(ImpressionProblem.RendererFailed);
        e.Message.ShouldContain("out of paint");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(35)]
    [InlineData(1201)]
    public async Task A_resolution_out_of_range_is_refused(int dpi)
    {
        var e = await Should.ThrowAsync<ImpressionException>(() => Samples.Invoice.Draw().ToPngAsync(dpi, TestContext.Current.CancellationToken));
        e.Code.ShouldBe(ImpressionProblem.SizeOutOfRange);
    }

    [Fact]
    public async Task Giving_up_stops_the_renderer()
    {
        using var given = new CancellationTokenSource();
        var rendering = new PngRenderer { Program = Script("exec sleep 600") }.RenderAsync(Samples.Invoice.Draw(), 100, given.Token);
        await given.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => rendering);
    }

    private static Func<double, double, bool> Ring(double from, double to) => (x, y) =>
    {
        var radius = Math.Sqrt((x - 20) * (x - 20) + (y - 20) * (y - 20));
        return radius >= from && radius < to;
    };

    private static async Task<Raster> RenderAsync(ImpressionDesign design, int dpi) =>
        Raster.FromPng(await design.Draw().ToPngAsync(dpi, TestContext.Current.CancellationToken));

    private string Script(string body)
    {
        var path = Path.Combine(_folder, "renderer");
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
