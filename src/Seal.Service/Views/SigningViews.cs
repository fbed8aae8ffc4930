using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Domain.Signings;
using Seal.Ledger;
using Seal.Service.OpenApi;
using Seal.Service.Projections;
using Seal.Service.SignIn;

namespace Seal.Service.Views;

/// <summary>The usage log 用章记录: every use and every refused use of a seal.</summary>
public sealed class SigningViews(ViewReader views)
{
    /// <summary>Signings that were begun before a time and have no result.</summary>
    public async Task<IReadOnlyList<SigningId>> UnfinishedAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var query = new ProjectionQuery(SealProjections.Signings)
        {
            Filters = [new ProjectionFilter.Is("state.status", "requested"), new ProjectionFilter.Between("firstRecordedAt", null, Text(before))],
            Order = ProjectionOrder.OldestFirst,
        };
        return [.. (await views.QueryAsync<Signing>(query, cancellation)).Items.Select(signing => SigningId.From(signing.Id))];
    }

    /// <summary>Maps the views.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/usage", UsageAsync).RequireAuthorization().WithTags("signing").WithName("UsageLog")
            .WithSummary("Uses and refused uses of seals, newest first")
            .Takes("organisation", "seal", "person", "region", "outcome", "from", "until", "limit", "cursor").Produces<Page<View<Signing>>>();
        routes.MapGet("/api/signings/{id}", SigningAsync).RequireAuthorization().WithTags("signing").WithName("SigningNow")
            .WithSummary("One use of a seal").Produces<View<Signing>>();
    }

    private static async Task<IResult> UsageAsync(HttpContext http, ViewReader views, ViewAccess access)
    {
        var query = new QueryParameters(http.Request, "organisation", "seal", "person", "region", "outcome", "from", "until", "limit", "cursor");
        if (query.Text("organisation") is { } organisation)
        {
            await access.RequireAsync(http, Role.OwnerSide | Role.Auditor | Role.Regulator, OrganisationId.From(organisation));
        }
        else if (query.Text("person") != http.User.ToActor().Person.Value)
        {
            ViewAccess.Require(http, Role.Auditor | Role.Regulator);
        }

        List<ProjectionFilter> filters = [];
        foreach (var (parameter, path) in new[]
        {
            ("organisation", "state.organisation"), ("seal", "state.seal"), ("person", "state.person"), ("region", "state.region"), ("outcome", "state.status"),
        })
        {
            if (query.Text(parameter) is { } wanted)
            {
                filters.Add(new ProjectionFilter.Is(path, wanted));
            }
        }

        if ((query.Time("from"), query.Time("until")) is var (from, until) && (from ?? until) is not null)
        {
            filters.Add(new ProjectionFilter.Between("firstRecordedAt", from is { } first ? Text(first) : null, until is { } last ? Text(last) : null));
        }

        return TypedResults.Json(await views.QueryAsync<Signing>(query.Page(SealProjections.Signings, filters), http.RequestAborted), DomainJson.Options);
    }

    private static async Task<IResult> SigningAsync(HttpContext http, string id, ViewReader views, ViewAccess access)
    {
        var signing = await views.GetAsync<Signing>(SealProjections.Signings, id, http.RequestAborted);
        if (signing.State.Person != http.User.ToActor().Person)
        {
            await access.RequireAsync(http, Role.OwnerSide | Role.Auditor | Role.Regulator, signing.State.Organisation);
        }

        return TypedResults.Json(signing, DomainJson.Options);
    }

    private static string Text(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", System.Globalization.CultureInfo.InvariantCulture);
}
