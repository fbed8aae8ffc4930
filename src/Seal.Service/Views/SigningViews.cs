using Seal.Domain.Deciding;
using Seal.Domain.Inquiries;
using Seal.Domain.Signings;
using Seal.Ledger;
using Seal.Service.OpenApi;
using Seal.Service.Projections;
using Seal.Service.SignIn;
using Seal.Service.Usage;

namespace Seal.Service.Views;

/// <summary>Looking at single uses of seals.</summary>
public sealed class SigningViews(EventLedger ledger)
{
    /// <summary>Signings that were begun before a time and have no result, to be decided on.</summary>
    public async Task<IReadOnlyList<SigningId>> UnfinishedAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var query = new ProjectionQuery(SealProjections.Signings)
        {
            Filters = [new ProjectionFilter.Is("state.status", "requested"), new ProjectionFilter.Between("firstRecordedAt", null, UsageQuery.Text(before))],
            Order = ProjectionOrder.OldestFirst,
        };
        return [.. (await ledger.Projections.QueryAsync(query, cancellation)).Rows.Select(row => SigningId.From(row.Key))];
    }

    /// <summary>Maps the views.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/signings/{id}", SigningAsync).RequireAuthorization().WithTags("signing").WithName("SigningNow")
            .WithSummary("One use of a seal").Produces<View<Signing>>().RecordsLooks();
    }

    private static async Task<IResult> SigningAsync(HttpContext http, string id, ViewReader views, ViewAccess access)
    {
        var signing = await views.GetAsync<Signing>(SealProjections.Signings, id, http.RequestAborted);
        if (signing.State.Person != http.User.ToActor().Person)
        {
            await access.RequireAsync(http, Role.OwnerSide | Role.Auditor | Role.Regulator, signing.State.Organisation, inquiry: new(InquirySubject.Signing, Signing: SigningId.From(id)));
        }

        return TypedResults.Json(signing, DomainJson.Options);
    }
}
