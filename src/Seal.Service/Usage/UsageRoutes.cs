using Microsoft.Net.Http.Headers;
using Seal.Domain.Deciding;
using Seal.Domain.Inquiries;
using Seal.Domain.Signings;
using Seal.Ledger;
using Seal.Service.OpenApi;
using Seal.Service.Problems;
using Seal.Service.Projections;
using Seal.Service.Views;

namespace Seal.Service.Usage;

/// <summary>Uses of seals, counted by day.</summary>
/// <param name="Offset">Where the days begin: minutes east of UTC.</param>
/// <param name="Before">Everything recorded before this position of the ledger is counted.</param>
/// <param name="Days">The days on which there were any, in order.</param>
public sealed record UsageDays(int Offset, long Before, IReadOnlyList<UsageDay> Days);

/// <summary>The uses of one day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Uses">How many uses were asked for on it, at least 1.</param>
public sealed record UsageDay(DateOnly Day, long Uses);

/// <summary>The usage log 用章记录: every use and every refused use of a seal, in pages, whole, and counted.</summary>
public static class UsageRoutes
{
    private static readonly string[] Paging = ["limit", "cursor"];

    /// <summary>Maps the views.</summary>
    public static void MapUsage(this IEndpointRouteBuilder routes)
    {
        var usage = routes.MapGroup("/api/usage").RequireAuthorization().WithTags("signing");
        usage.MapGet("", UsageAsync).WithName("UsageLog")
            .WithSummary("Uses and refused uses of seals: in pages, newest first; as text/csv or application/x-ndjson all of them, oldest first")
            .Takes([.. UsageQuery.Names, .. Paging]).Produces<Page<View<Signing>>>(StatusCodes.Status200OK, "application/json", UsageExport.Csv, UsageExport.JsonLines).RecordsLooks();
        usage.MapGet("/days", DaysAsync).WithName("UsageDays").WithSummary("How many uses of seals were asked for on each day")
            .Takes([.. UsageQuery.Names, "offset", "after"]).Produces<UsageDays>().RecordsLooks();
    }

    private static async Task<IResult> UsageAsync(HttpContext http, ViewReader views, ViewAccess access)
    {
        var parameters = new QueryParameters(http.Request, [.. UsageQuery.Names, .. Paging]);
        var query = UsageQuery.Read(parameters);
        var page = views.Asked(parameters, SealProjections.Signings, query.Filters);
        var mediaType = UsageExport.WantedBy(http.Request);
        if (mediaType is not null && Paging.FirstOrDefault(http.Request.Query.ContainsKey) is { } paging)
        {
            throw new ProblemException(RequestProblems.InvalidParameter(paging));
        }

        await query.RequireAsync(http, access, InquirySubject.Usage);
        http.Response.Headers.Vary = HeaderNames.Accept;
        return mediaType is null
            ? TypedResults.Json(await views.QueryAsync<Signing>(page, http.RequestAborted), DomainJson.Options)
            : new UsageExport(views, query, mediaType);
    }

    private static async Task<IResult> DaysAsync(HttpContext http, UsageCounter counter, EventLedger ledger, ViewAccess access)
    {
        var parameters = new QueryParameters(http.Request, [.. UsageQuery.Names, "offset", "after"]);
        var query = UsageQuery.Read(parameters);
        var offset = parameters.Whole("offset", -12 * 60, 14 * 60) ?? 0;
        var after = parameters.Number("after") ?? -1;
        if (after >= 0 && after >= await ledger.SizeAsync(http.RequestAborted))
        {
            throw new ProblemException(RequestProblems.InvalidParameter("after"));
        }

        await query.RequireAsync(http, access, InquirySubject.UsageDays);
        return TypedResults.Json(await counter.CountAsync(query, offset, after, http.RequestAborted), DomainJson.Options);
    }
}
