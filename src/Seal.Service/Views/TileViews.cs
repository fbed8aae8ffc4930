using System.IO.Compression;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Seal.Domain.Deciding;
using Seal.Ledger;
using Seal.Ledger.Tiles;
using Seal.Service.OpenApi;
using Seal.Service.Problems;

namespace Seal.Service.Views;

/// <summary>
/// The log as static resources (C2SP tlog-tiles, prefix <c>/ledger</c>): hash tiles are public, entry bundles say what was
/// recorded and are for auditors.
/// </summary>
public static class TileViews
{
    private const string Binary = "application/octet-stream";

    // A tile or bundle of a given width never changes.
    private const string ForEver = "max-age=31536000, immutable";

    /// <summary>Maps the resources.</summary>
    public static void MapTiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ledger/tile/{**path}", TileAsync).AllowAnonymous().WithTags("ledger").WithName("LedgerTile")
            .WithSummary("A hash tile, C2SP tlog-tiles: L/N or L/N.p/W").MayRefuse(RequestProblems.InvalidTile).Produces<byte[]>(StatusCodes.Status200OK, Binary);
        routes.MapGet("/ledger/tile/entries/{**path}", EntriesAsync).RequireAuthorization().WithTags("ledger").WithName("LedgerEntries")
            .WithSummary("An entry bundle, C2SP tlog-tiles: N or N.p/W").MayRefuse(RequestProblems.InvalidTile).Produces<byte[]>(StatusCodes.Status200OK, Binary);
    }

    private static async Task<FileContentHttpResult> TileAsync(HttpContext http, string? path, EventLedger ledger)
    {
        var tile = await FindAsync(http, $"tile/{path}", entries: false, ledger);
        http.Response.Headers.CacheControl = $"public, {ForEver}";
        return TypedResults.Bytes(tile, Binary);
    }

    private static async Task<FileContentHttpResult> EntriesAsync(HttpContext http, string? path, EventLedger ledger)
    {
        ViewAccess.Require(http, Role.Auditor);
        var bundle = await FindAsync(http, $"tile/entries/{path}", entries: true, ledger);
        http.Response.Headers.CacheControl = $"private, {ForEver}";
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (!TakesGzip(http.Request))
        {
            return TypedResults.Bytes(bundle, Binary);
        }

        http.Response.Headers.ContentEncoding = "gzip";
        return TypedResults.Bytes(Compress(bundle), Binary);
    }

    /// <summary>Finds a resource; an address is for one kind, so that none is had by a way that asks for no right to it.</summary>
    private static async Task<byte[]> FindAsync(HttpContext http, string path, bool entries, EventLedger ledger) => TilePath.TryParse(path, out var tile) && tile.IsEntries == entries
        ? await ledger.Tiles.ReadAsync(tile, http.RequestAborted) ?? throw new ProblemException(RequestProblems.NothingHere)
        : throw new ProblemException(RequestProblems.InvalidTile);

    private static bool TakesGzip(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && encoding.Quality is null or > 0);

    private static byte[] Compress(byte[] bundle)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bundle);
        }

        return compressed.ToArray();
    }
}
