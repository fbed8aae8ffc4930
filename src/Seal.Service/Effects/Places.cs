using Seal.Documents.Pdf;
using Seal.Domain.Signings;
using SealPlace = Seal.Documents.Pdf.SealPlace;

namespace Seal.Service.Effects;

/// <summary>What is asked of the sealer: a seal at its places.</summary>
internal static class Places
{
    /// <summary>Most further places that one request may name; each may still be many by its rule.</summary>
    private const int Most = 100;

    /// <summary>Most places that are kept between two steps: an event has 65,535 bytes.</summary>
    private const int MostKept = 300;

    /// <summary>The request for a seal, its impression and what is written beside it.</summary>
    /// <exception cref="PdfFormatException"><see cref="PdfProblem.PlacingIncomplete"/>.</exception>
    public static SealRequest Request(Impression impression, IReadOnlyList<SealPlace> places, int certify, DateTimeOffset now, string? name = null) => new()
    {
        Places = places,
        WidthMm = impression.WidthMm,
        HeightMm = impression.HeightMm,
        AppearanceContent = impression.PdfContent,
        Certification = certify is >= 0 and <= 3 ? (CertificationLevel)certify : throw Incomplete("certify is 1, 2 or 3"),
        SigningTime = now,
        Name = name,
    };

    /// <summary>The place by its page, unless that is 0, and the further ones.</summary>
    public static IReadOnlyList<SealPlace> Of(int page, decimal xMm, decimal yMm, IReadOnlyList<Placing>? further)
    {
        if (further is { Count: > Most })
        {
            throw Incomplete($"{further.Count} places");
        }

        List<SealPlace> places = [.. (further ?? []).Select(Of)];
        if (page != 0 || places.Count == 0)
        {
            places.Insert(0, new SealPlace.OnPage(page, (double)xMm, (double)yMm));
        }

        return places.Count > 1 && places.OfType<SealPlace.InField>().Any() ? throw Incomplete("a field is signed by itself") : places;
    }

    /// <summary>The places as they are kept between two steps: without words, which may say too much.</summary>
    /// <param name="settled">All places, the one by its page first, unless that is 0; none of them by words.</param>
    /// <param name="page">That page.</param>
    /// <exception cref="PdfFormatException"><see cref="PdfProblem.PlacingIncomplete"/>: they are too many to be kept.</exception>
    public static IReadOnlyList<Placing> Kept(IReadOnlyList<SealPlace> settled, int page)
    {
        Placing[] kept = [.. settled.Skip(page == 0 ? 0 : 1).Select(Kept)];
        return kept.Length <= MostKept ? kept : throw Incomplete($"the words stand at {kept.Length} places: say which occurrence");
    }

    private static Placing Kept(SealPlace place) => place switch
    {
        SealPlace.OnPage point => new Placing(PlacingKind.Point, point.Page, Millimetres(point.XMm), Millimetres(point.YMm)),
        SealPlace.OnPages several => new Placing(PlacingKind.Pages, XMm: Millimetres(several.XMm), YMm: Millimetres(several.YMm), FirstPage: several.Pages.First, LastPage: several.Pages.Last),
        SealPlace.AcrossEdges across => new Placing(PlacingKind.Edges, Edge: EdgeOf(across.Edge), CentreMm: Millimetres(across.CentreMm), FirstPage: across.Pages.First, LastPage: across.Pages.Last),
        SealPlace.InField one => new Placing(PlacingKind.Field, Field: one.Name),
        _ => throw new InvalidOperationException("Words are settled before they are kept."),
    };

    private static decimal Millimetres(double value) => Math.Round((decimal)value, 3);

    private static PlacingEdge EdgeOf(PageEdge edge) => edge switch
    {
        PageEdge.Right => PlacingEdge.Right,
        PageEdge.Left => PlacingEdge.Left,
        PageEdge.Top => PlacingEdge.Top,
        _ => PlacingEdge.Bottom,
    };

    private static SealPlace Of(Placing? placing)
    {
        if (placing is null)
        {
            throw Incomplete("an empty place"); // the serialiser lets null through inside lists
        }

        PageRange pages = new(placing.FirstPage ?? 1, placing.LastPage);
        return placing switch
        {
            { Kind: PlacingKind.Point, Page: { } page, XMm: { } x, YMm: { } y } => new SealPlace.OnPage(page, (double)x, (double)y),
            { Kind: PlacingKind.Pages, XMm: { } x, YMm: { } y } => new SealPlace.OnPages((double)x, (double)y, pages),
            { Kind: PlacingKind.Text, Text: { Length: > 0 } text } =>
                new SealPlace.AtText(text, pages, placing.Occurrence, (double)(placing.RightMm ?? 0), (double)(placing.DownMm ?? 0)),
            { Kind: PlacingKind.Edges, Edge: { } edge, CentreMm: { } centre } => new SealPlace.AcrossEdges(EdgeOf(edge), (double)centre, pages),
            { Kind: PlacingKind.Field, Field: { Length: > 0 } field } => new SealPlace.InField(field),
            { Kind: PlacingKind.Unseen } => throw new PdfFormatException(PdfProblem.PlacingUnsupported, "a seal on a PDF shows"),
            _ => throw Incomplete($"a place of kind {placing.Kind} lacks what it needs"),
        };
    }

    private static PageEdge EdgeOf(PlacingEdge edge) => edge switch
    {
        PlacingEdge.Right => PageEdge.Right,
        PlacingEdge.Left => PageEdge.Left,
        PlacingEdge.Top => PageEdge.Top,
        _ => PageEdge.Bottom,
    };

    private static PdfFormatException Incomplete(string what) => new(PdfProblem.PlacingIncomplete, what);
}
