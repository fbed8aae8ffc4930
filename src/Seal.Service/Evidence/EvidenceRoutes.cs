using Seal.Domain.Deciding;
using Seal.Domain.Inquiries;
using Seal.Domain.Organisations;
using Seal.Domain.Seals;
using Seal.Service.OpenApi;
using Seal.Service.Problems;
using Seal.Service.Projections;
using Seal.Service.Usage;
using Seal.Service.Views;

namespace Seal.Service.Evidence;

/// <summary>
/// Evidence to take away: everything that happened to a seal, or to all seals of an organisation, in one file that proves
/// itself without this service (<c>docs/evidence.md</c>).
/// </summary>
public static class EvidenceRoutes
{
    // Who may have it all in their hands.
    private const Role Readers = Role.OwnerSide | Role.Auditor | Role.Regulator;

    private const string Whole = "The file is sent as it is made, however large; one that breaks off has no last line, and its check says so.";

    /// <summary>Maps the views.</summary>
    public static void MapEvidence(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/seals/{id}/evidence", SealAsync).RequireAuthorization().WithTags("seal").WithName("SealEvidence")
            .WithSummary("Everything that happened to a seal, with proofs and certificates, as one file to be checked offline").Takes("scope")
            .Produces<string>(StatusCodes.Status200OK, UsageExport.JsonLines).RecordsLooks(Whole).Shows(EvidenceExample.Lines);
        routes.MapGet("/api/organisations/{id}/evidence", OrganisationAsync).RequireAuthorization().WithTags("organisation").WithName("OrganisationEvidence")
            .WithSummary("Everything that happened to an organisation and all its seals, as one file to be checked offline").Takes("scope")
            .Produces<string>(StatusCodes.Status200OK, UsageExport.JsonLines).RecordsLooks(Whole).Shows(EvidenceExample.Lines);
    }

    private static async Task<IResult> SealAsync(HttpContext http, string id, ViewReader views, ViewAccess access, EvidenceExport export)
    {
        var scope = ScopeOf(http);
        var seal = await views.GetAsync<ElectronicSeal>(SealProjections.Seals, id, http.RequestAborted);
        await access.RequireAsync(http, Readers, seal.State.Organisation, inquiry: new(InquirySubject.SealEvidence, Seal: SealId.From(id)));
        return await export.OfSealAsync(SealId.From(id), seal.State, scope, http.RequestAborted);
    }

    private static async Task<IResult> OrganisationAsync(HttpContext http, string id, ViewReader views, ViewAccess access, EvidenceExport export)
    {
        var scope = ScopeOf(http);
        var organisation = OrganisationId.From(id);
        await access.RequireAsync(http, Readers, organisation, inquiry: new(InquirySubject.OrganisationEvidence, organisation));
        await views.GetAsync<Organisation>(SealProjections.Organisations, id, http.RequestAborted);
        return await export.OfOrganisationAsync(organisation, scope, http.RequestAborted);
    }

    private static string ScopeOf(HttpContext http)
    {
        var scope = new QueryParameters(http.Request, "scope").Text("scope") ?? EvidenceScope.All;
        return EvidenceScope.Known.Contains(scope) ? scope : throw new ProblemException(RequestProblems.InvalidParameter("scope"));
    }
}
