using Microsoft.AspNetCore.Http.HttpResults;
using Seal.Domain.Applications;
using Seal.Domain.Apps;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Inquiries;
using Seal.Domain.Organisations;
using Seal.Ledger;
using Seal.Service.OpenApi;
using Seal.Service.Projections;
using Seal.Service.SignIn;
using ApplicationId = Seal.Domain.Applications.ApplicationId;

namespace Seal.Service.Views;

/// <summary>Looking at organisations, applications and holdings.</summary>
public static class OrganisationViews
{
    // Who may read what became of an organisation or of its application.
    private const Role Readers = Role.OwnerSide | Role.Reviewer | Role.Auditor | Role.Regulator | Role.Administrator;

    private const Role Staff = Role.Registry | Role.Reviewer | Role.Maker | Role.CertificateOfficer | Role.Authority | Role.Auditor | Role.Regulator | Role.Administrator;

    /// <summary>Maps the views.</summary>
    public static void MapOrganisations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/organisations/{id}", OrganisationAsync).RequireAuthorization().WithTags("organisation").WithName("OrganisationNow")
            .WithSummary("An organisation now, or as of a version or a time").Takes("version", "at").Produces<View<Organisation>>();
        routes.MapGet("/api/organisations/{id}/history", OrganisationHistoryAsync).RequireAuthorization().WithTags("organisation").WithName("OrganisationHistory")
            .WithSummary("Everything that happened to an organisation").Takes("version", "at").Produces<Page<HistoryEntry>>().RecordsLooks();
        routes.MapGet("/api/organisations/{id}/difference", OrganisationDifferenceAsync).RequireAuthorization().WithTags("organisation").WithName("OrganisationDifference")
            .WithSummary("What changed in an organisation between two versions or times, and by which events").Takes("from", "to").Produces<Difference>().RecordsLooks();
        routes.MapGet("/api/applications", ApplicationsAsync).RequireAuthorization().WithTags("application").WithName("ListApplications")
            .WithSummary("Applications, by organisation and status").Takes("organisation", "status", "limit", "cursor").Produces<Page<View<Application>>>();
        routes.MapGet("/api/applications/{id}", ApplicationAsync).RequireAuthorization().WithTags("application").WithName("ApplicationNow")
            .WithSummary("An application now, or as of a version or a time").Takes("version", "at").Produces<View<Application>>();
        routes.MapGet("/api/applications/{id}/history", ApplicationHistoryAsync).RequireAuthorization().WithTags("application").WithName("ApplicationHistory")
            .WithSummary("Everything that happened to an application").Takes("version", "at").Produces<Page<HistoryEntry>>().RecordsLooks();
        routes.MapGet("/api/apps/{id}", AppAsync).RequireAuthorization().WithTags("app").WithName("AppNow")
            .WithSummary("An app of an organisation now, or as of a version or a time").Takes("version", "at").Produces<View<App>>();
        routes.MapGet("/api/holdings", HoldingsAsync).RequireAuthorization().WithTags("holding").WithName("MyHoldings")
            .WithSummary("The seals I hold or may claim").Takes("limit", "cursor").Produces<Page<View<Holding>>>();
    }

    private static async Task<IResult> OrganisationAsync(HttpContext http, string id, ViewReader views, ViewAccess access)
    {
        var until = new QueryParameters(http.Request, "version", "at").Until();
        await access.RequireAsync(http, Role.OwnerSide | Staff, OrganisationId.From(id));
        return Answer(http, await views.AsOfAsync<Organisation>(OrganisationId.From(id).Stream, until, http.RequestAborted));
    }

    private static async Task<IResult> OrganisationHistoryAsync(HttpContext http, string id, ViewAccess access, HistoryReader history)
    {
        var until = new QueryParameters(http.Request, "version", "at").Until();
        var organisation = OrganisationId.From(id);
        await access.RequireAsync(http, Readers, organisation, inquiry: new(InquirySubject.OrganisationHistory, organisation));
        return TypedResults.Json(await history.ReadAsync(organisation.Stream, until, http.RequestAborted), DomainJson.Options);
    }

    private static async Task<IResult> OrganisationDifferenceAsync(HttpContext http, string id, ViewAccess access, DifferenceReader differences)
    {
        var span = Span.Read(new QueryParameters(http.Request, "from", "to"));
        var organisation = OrganisationId.From(id);
        await access.RequireAsync(http, Readers, organisation, inquiry: new(InquirySubject.OrganisationHistory, organisation));
        return TypedResults.Json(await differences.ReadAsync<Organisation>(organisation.Stream, span, http.RequestAborted), DomainJson.Options);
    }

    private static async Task<IResult> ApplicationsAsync(HttpContext http, ViewReader views, ViewAccess access)
    {
        var query = new QueryParameters(http.Request, "organisation", "status", "limit", "cursor");
        var filters = await access.NarrowAsync(http, query, Staff);
        return TypedResults.Json(await views.QueryAsync<Application>(views.Asked(query, SealProjections.Applications, filters), http.RequestAborted), DomainJson.Options);
    }

    private static async Task<IResult> ApplicationAsync(HttpContext http, string id, ViewReader views, ViewAccess access)
    {
        var until = new QueryParameters(http.Request, "version", "at").Until();
        var application = await views.GetAsync<Application>(SealProjections.Applications, id, http.RequestAborted);
        await access.RequireAsync(http, Role.OwnerSide | Staff, application.State.Organisation);
        return Answer(http, await views.AsOfAsync<Application>(ApplicationId.From(id).Stream, until, http.RequestAborted));
    }

    private static async Task<IResult> ApplicationHistoryAsync(HttpContext http, string id, ViewReader views, ViewAccess access, HistoryReader history)
    {
        var until = new QueryParameters(http.Request, "version", "at").Until();
        var application = await views.GetAsync<Application>(SealProjections.Applications, id, http.RequestAborted);
        await access.RequireAsync(http, Readers, application.State.Organisation, inquiry: new(InquirySubject.ApplicationHistory, application.State.Organisation));
        return TypedResults.Json(await history.ReadAsync(ApplicationId.From(id).Stream, until, http.RequestAborted), DomainJson.Options);
    }

    private static async Task<IResult> AppAsync(HttpContext http, string id, ViewReader views, ViewAccess access)
    {
        var until = new QueryParameters(http.Request, "version", "at").Until();
        var app = await views.AsOfAsync<App>(AppId.From(id).Stream, until, http.RequestAborted);
        await access.RequireAsync(http, Role.OwnerSide | Staff, app.State.Organisation);
        return Answer(http, app);
    }

    private static async Task<IResult> HoldingsAsync(HttpContext http, ViewReader views)
    {
        var query = new QueryParameters(http.Request, "limit", "cursor");
        var mine = new ProjectionFilter.Is("state.person", http.User.ToActor().Person.Value);
        return TypedResults.Json(await views.QueryAsync<Holding>(views.Asked(query, SealProjections.Holdings, [mine]), http.RequestAborted), DomainJson.Options);
    }

    private static JsonHttpResult<View<TState>> Answer<TState>(HttpContext http, View<TState> view)
    {
        http.Response.Headers.ETag = $"\"{view.Version}\"";
        return TypedResults.Json(view, DomainJson.Options);
    }
}
