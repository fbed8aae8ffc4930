using System.Text;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Inquiries;
using Seal.Domain.Organisations;
using Seal.Domain.Seals;
using Seal.Ledger;
using Seal.Service.Effects;
using Seal.Service.OpenApi;
using Seal.Service.Projections;
using Seal.Service.SignIn;

namespace Seal.Service.Views;

/// <summary>Looking at seals: now, as of a version or a time, their history and their impression.</summary>
public static class SealViews
{
    private const Role Staff = Role.Reviewer | Role.Maker | Role.CertificateOfficer | Role.Authority | Role.Auditor | Role.Regulator | Role.Administrator;

    // Who may read what became of a seal.
    private const Role Readers = Role.OwnerSide | Role.Auditor | Role.Regulator | Role.Authority | Role.Administrator;

    /// <summary>Maps the views.</summary>
    public static void MapSeals(this IEndpointRouteBuilder routes)
    {
        var seals = routes.MapGroup("/api/seals").RequireAuthorization().WithTags("seal").RecordsLooks();
        seals.MapGet("", ListAsync).WithName("ListSeals").WithSummary("Seals, by organisation and status").Takes("organisation", "status", "limit", "cursor")
            .Produces<Page<View<ElectronicSeal>>>();
        seals.MapGet("/{id}", GetAsync).WithName("SealNow").WithSummary("A seal now, or as of a version or a time").Takes("version", "at")
            .Produces<View<ElectronicSeal>>();
        seals.MapGet("/{id}/history", HistoryAsync).WithName("SealHistory").WithSummary("Everything that happened to a seal, with who, why and the proof").Takes("version", "at")
            .Produces<Page<HistoryEntry>>();
        seals.MapGet("/{id}/difference", DifferenceAsync).WithName("SealDifference").WithSummary("What changed in a seal between two versions or times, and by which events")
            .Takes("from", "to").Produces<Difference>();
        seals.MapGet("/{id}/impression.svg", ImpressionAsync).WithName("SealImpression").WithSummary("The seal's impression as a vector picture")
            .Produces<string>(StatusCodes.Status200OK, "image/svg+xml");
        seals.MapGet("/{id}/impression.png", PngAsync).WithName("SealImpressionPng").WithSummary("The seal's impression at 300 dpi")
            .Produces<byte[]>(StatusCodes.Status200OK, "image/png");
        seals.MapGet("/{id}/data", DataAsync).WithName("SealData").WithSummary("The seal's current GB/T 38540 seal data file (DER)")
            .Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream");
    }

    private static async Task<IResult> ListAsync(HttpContext http, ViewReader views, ViewAccess access)
    {
        var query = new QueryParameters(http.Request, "organisation", "status", "limit", "cursor");
        List<ProjectionFilter> filters = [];
        if (query.Text("status") is { } status)
        {
            filters.Add(new ProjectionFilter.Is("state.status", status));
        }

        var organisation = query.Text("organisation");
        if (organisation is not null)
        {
            filters.Add(new ProjectionFilter.Is("state.organisation", organisation));
        }

        // Read before the look is recorded: what cannot be answered is no look.
        var page = views.Asked(query, SealProjections.Seals, filters);
        if (organisation is not null)
        {
            await access.RequireAsync(http, Role.OwnerSide | Staff, OrganisationId.From(organisation), inquiry: new(InquirySubject.Seals, Organisation: OrganisationId.From(organisation)));
        }
        else
        {
            await access.RequireAsync(http, Staff, default, inquiry: new(InquirySubject.Seals));
        }

        return TypedResults.Json(await views.QueryAsync<ElectronicSeal>(page, http.RequestAborted), DomainJson.Options);
    }

    private static async Task<IResult> GetAsync(HttpContext http, string id, ViewReader views, ViewAccess access)
    {
        var query = new QueryParameters(http.Request, "version", "at");
        var until = query.Until();
        var seal = await AllowedAsync(http, id, views, access, Role.OwnerSide | Role.Holder | Staff, InquirySubject.Seal);
        if (until != ReadUntil.All)
        {
            seal = await views.AsOfAsync<ElectronicSeal>(SealId.From(id).Stream, until, http.RequestAborted);
        }

        http.Response.Headers.ETag = $"\"{seal.Version}\"";
        return TypedResults.Json(seal, DomainJson.Options);
    }

    private static async Task<IResult> HistoryAsync(HttpContext http, string id, ViewReader views, ViewAccess access, HistoryReader history)
    {
        var until = new QueryParameters(http.Request, "version", "at").Until();
        await AllowedAsync(http, id, views, access, Readers, InquirySubject.SealHistory);
        return TypedResults.Json(await history.ReadAsync(SealId.From(id).Stream, until, http.RequestAborted), DomainJson.Options);
    }

    private static async Task<IResult> DifferenceAsync(HttpContext http, string id, ViewReader views, ViewAccess access, DifferenceReader differences)
    {
        var span = Span.Read(new QueryParameters(http.Request, "from", "to"));
        await AllowedAsync(http, id, views, access, Readers, InquirySubject.SealHistory);
        return TypedResults.Json(await differences.ReadAsync<ElectronicSeal>(SealId.From(id).Stream, span, http.RequestAborted), DomainJson.Options);
    }

    private static async Task<IResult> ImpressionAsync(HttpContext http, string id, ViewReader views, ViewAccess access, ImpressionStore impressions)
    {
        await MadeAsync(http, id, views, access);
        return TypedResults.Text((await impressions.GetAsync(SealId.From(id), http.RequestAborted)).Svg, "image/svg+xml", Encoding.UTF8);
    }

    private static async Task<IResult> PngAsync(HttpContext http, string id, ViewReader views, ViewAccess access, ImpressionStore impressions)
    {
        await MadeAsync(http, id, views, access);
        return TypedResults.Bytes((await impressions.GetAsync(SealId.From(id), http.RequestAborted)).Png, "image/png");
    }

    private static async Task<IResult> DataAsync(HttpContext http, string id, ViewReader views, ViewAccess access, Keys.Editions editions)
    {
        var seal = await MadeAsync(http, id, views, access);
        return seal.State.Edition == 0
            ? throw new Problems.ProblemException(Problems.RequestProblems.NothingHere)
            : TypedResults.Bytes(await editions.GetAsync(SealId.From(id), seal.State.Edition, http.RequestAborted), "application/octet-stream", $"{id}-{seal.State.Edition}.esl");
    }

    private static async Task<View<ElectronicSeal>> MadeAsync(HttpContext http, string id, ViewReader views, ViewAccess access)
    {
        var seal = await AllowedAsync(http, id, views, access, Role.OwnerSide | Role.Holder | Staff, InquirySubject.Seal);
        return seal.State.ImpressionDigest.Length > 0 ? seal : throw new Problems.ProblemException(Problems.RequestProblems.NothingHere);
    }

    private static async Task<View<ElectronicSeal>> AllowedAsync(HttpContext http, string id, ViewReader views, ViewAccess access, Role allowed, InquirySubject what)
    {
        var seal = await views.GetAsync<ElectronicSeal>(SealProjections.Seals, id, http.RequestAborted);
        var holding = HoldingId.Of(SealId.From(id), http.User.ToActor().Person).Stream;
        await access.RequireAsync(http, allowed, seal.State.Organisation, [holding], new(what, Seal: SealId.From(id)));
        return seal;
    }
}
