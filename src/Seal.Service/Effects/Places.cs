using Seal.Documents.Pdf;
using Seal.Domain.Signings;
using SealPlace = Seal.Documents.Pdf.SealPlace;

namespace Seal.Service.Effects;

/// <summary>What is asked of the sealer: a seal at its places.</summary>
internal static class Places
{
    /// <summary>Most further places that one request may name; each may still be many by its rule.</summary>
    private const int Most = 100;

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
