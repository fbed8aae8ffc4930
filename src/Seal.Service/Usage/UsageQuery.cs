using System.Globalization;
using System.Text.Json;
using Seal.Domain.Apps;
using Seal.Domain.Deciding;
using Seal.Domain.Inquiries;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Seals;
using Seal.Domain.Signings;
using Seal.Ledger;
using Seal.Service.Problems;
using Seal.Service.SignIn;
using Seal.Service.Views;

namespace Seal.Service.Usage;

/// <summary>Which uses of seals are asked for; what is <c>null</c> does not matter.</summary>
public sealed record UsageQuery
{
    /// <summary>The names of the parameters that choose uses.</summary>
    public static IReadOnlyList<string> Names { get; } = ["organisation", "seal", "person", "app", "region", "outcome", "from", "until"];

    /// <summary>The outcomes there are, by their names: another one is a mistake, which no empty answer must hide.</summary>
    public static IReadOnlyDictionary<string, SigningStatus> Outcomes { get; } = Enum.GetValues<SigningStatus>()
        .Where(status => status != SigningStatus.None).ToDictionary(status => JsonNamingPolicy.KebabCaseLower.ConvertName(status.ToString()));

    /// <summary>Only of this organisation, by its credit code.</summary>
    public string? Organisation { get; init; }

    /// <summary>Only of this seal.</summary>
    public string? Seal { get; init; }

    /// <summary>Only by this person; or by the app that the number stands for (<see cref="AppId.AsHolder"/>).</summary>
    public string? Person { get; init; }

    /// <summary>Only of organisations in this division (GB/T 2260).</summary>
    public string? Region { get; init; }

    /// <summary>Only with this outcome.</summary>
    public string? Outcome { get; init; }

    /// <summary>Not asked for before this time (UTC).</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Asked for before this time (UTC).</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The same for the projection.</summary>
    public IReadOnlyList<ProjectionFilter> Filters
    {
        get
        {
            List<ProjectionFilter> filters = [];
            foreach (var (path, wanted) in new[]
            {
                ("state.organisation", Organisation), ("state.seal", Seal), ("state.person", Person), ("state.region", Region), ("state.status", Outcome),
            })
            {
                if (wanted is not null)
                {
                    filters.Add(new ProjectionFilter.Is(path, wanted));
                }
            }

            if ((From ?? Until) is not null)
            {
                filters.Add(new ProjectionFilter.Between("firstRecordedAt", Text(From), Text(Until)));
            }

            return filters;
        }
    }

    /// <summary>Reads the parameters of a request.</summary>
    /// <exception cref="ProblemException">One of them holds what it cannot hold.</exception>
    public static UsageQuery Read(QueryParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var query = new UsageQuery
        {
            Organisation = parameters.Text("organisation"),
            Seal = parameters.Text("seal"),
            Person = (parameters.Text("person"), parameters.Text("app")) switch
            {
                (var person, null) => person,
                (null, { } app) => AppId.From(app).AsHolder.Value,
                _ => throw new ProblemException(RequestProblems.InvalidParameter("app")),
            },
            Region = parameters.Text("region", region => region.Length == 6 && region.All(char.IsAsciiDigit)),
            Outcome = parameters.Text("outcome", Outcomes.ContainsKey),
            From = parameters.Time("from"),
            Until = parameters.Time("until"),
        };
        return query.From > query.Until ? throw new ProblemException(RequestProblems.InvalidParameter("from")) : query;
    }

    /// <summary>Lets through who may see these uses: the owner's side, who has used the seals, auditors and regulators.</summary>
    /// <exception cref="ProblemException">Not permitted.</exception>
    public async Task RequireAsync(HttpContext http, ViewAccess access, InquirySubject what)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(access);
        if (Organisation is { } organisation)
        {
            await access.RequireAsync(http, Role.OwnerSide | Role.Auditor | Role.Regulator, OrganisationId.From(organisation), inquiry: Inquire(what));
        }
        else if (Person != http.User.ToActor().Person.Value)
        {
            await access.RequireAsync(http, Role.Auditor | Role.Regulator, default, inquiry: Inquire(what));
        }
    }

    private Inquiry Inquire(InquirySubject what) => new(what)
    {
        Organisation = Organisation is { } organisation ? OrganisationId.From(organisation) : null,
        Seal = Seal is { } seal ? SealId.From(seal) : null,
        Person = Person is { } person ? PersonId.From(person) : null,
        Region = Region,
        Outcome = Outcome is { } outcome ? Outcomes[outcome] : null,
        From = From,
        Until = Until,
    };

    /// <summary>A time as the rows of the usage log have it, so that texts in order are times in order.</summary>
    public static string? Text(DateTimeOffset? time) =>
        time?.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
