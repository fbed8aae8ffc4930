using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Inquiries;
using Seal.Domain.Organisations;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Problems;
using Seal.Service.SignIn;

namespace Seal.Service.Views;

/// <summary>Who may look: what the bearer is by office, and to the organisation that the thing looked at belongs to.</summary>
public sealed class ViewAccess(StreamLoader loader, CommandPipeline commands, TimeProvider clock)
{
    private const Role Oversight = Role.Auditor | Role.Regulator;

    /// <summary>
    /// Lets through whoever has one of the roles; others get a problem. Whoever has none but the office of auditor or regulator
    /// looks at what is not their own: they are let through when the ledger has it, and not before.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="allowed">The roles of which one is enough.</param>
    /// <param name="organisation">The organisation that the thing looked at belongs to; none when it is not one's alone.</param>
    /// <param name="further">More streams that tell what the bearer is, such as a holding.</param>
    /// <param name="inquiry">What is looked at; <c>null</c> for what anybody in office may see without a record.</param>
    /// <exception cref="ProblemException">Not permitted.</exception>
    /// <exception cref="LedgerException">The look cannot be recorded now.</exception>
    public async Task RequireAsync(
        HttpContext http, Role allowed, OrganisationId organisation, IEnumerable<StreamId>? further = null, Inquiry? inquiry = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        var streams = (further ?? []).Append(organisation.Stream).Where(stream => !stream.IsNone).ToList();
        var states = streams.Count == 0 ? States.None : await loader.LoadAsync(streams, States.None, ReadUntil.All, http.RequestAborted);
        var now = clock.GetUtcNow();
        var roles = Decider.RolesOf(http.User.ToActor(), states, now) & allowed;

        // Whose right is over is still told why by commands, but sees nothing any more.
        if (!states.All<Holding>().Any(holding => holding.IsLive(now)))
        {
            roles &= ~Role.Holder;
        }

        if (roles == Role.None)
        {
            throw new ProblemException(RequestProblems.NotForYou);
        }

        if (inquiry is not null && (roles & ~Oversight) == Role.None)
        {
            await RecordAsync(http, inquiry);
        }
    }

    /// <summary>Whether the bearer has one of the roles, by office or to an organisation.</summary>
    public async Task<bool> MayAsync(HttpContext http, Role allowed, OrganisationId organisation)
    {
        ArgumentNullException.ThrowIfNull(http);
        var states = organisation.Stream.IsNone ? States.None : await loader.LoadAsync([organisation.Stream], States.None, ReadUntil.All, http.RequestAborted);
        return (Decider.RolesOf(http.User.ToActor(), states, clock.GetUtcNow()) & allowed) != Role.None;
    }

    /// <summary>To what a list by <c>organisation</c> and <c>status</c> is narrowed: an organisation's own side sees its own, offices see all.</summary>
    /// <param name="http">The request.</param>
    /// <param name="query">Its parameters.</param>
    /// <param name="offices">The offices that see all.</param>
    /// <exception cref="ProblemException">Not permitted.</exception>
    public async Task<IReadOnlyList<ProjectionFilter>> NarrowAsync(HttpContext http, QueryParameters query, Role offices)
    {
        ArgumentNullException.ThrowIfNull(query);
        List<ProjectionFilter> filters = [];
        if (query.Text("organisation") is { } organisation)
        {
            await RequireAsync(http, Role.OwnerSide | offices, OrganisationId.From(organisation));
            filters.Add(new ProjectionFilter.Is("state.organisation", organisation));
        }
        else
        {
            Require(http, offices);
        }

        if (query.Text("status") is { } status)
        {
            filters.Add(new ProjectionFilter.Is("state.status", status));
        }

        return filters;
    }

    /// <summary>Lets through whoever holds one of the offices.</summary>
    /// <exception cref="ProblemException">Not permitted.</exception>
    public static void Require(HttpContext http, Role offices)
    {
        ArgumentNullException.ThrowIfNull(http);
        if ((http.User.ToActor().Staff & offices) == Role.None)
        {
            throw new ProblemException(RequestProblems.NotForYou);
        }
    }

    /// <summary>Records a look by office at what is not one's own.</summary>
    /// <exception cref="LedgerException">It cannot be recorded now.</exception>
    public async Task RecordAsync(HttpContext http, Inquiry inquiry)
    {
        ArgumentNullException.ThrowIfNull(http);
        var recorded = await commands.GiveAsync(
            new RecordInquiry(http.User.ToActor().Person, inquiry), new CommandContext(Actor.System, "Online"), http.RequestAborted);
        if (recorded.Rejection is { } rejection)
        {
            throw new ProblemException(Problem.From(rejection));
        }
    }
}
