using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Organisations;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Problems;
using Seal.Service.SignIn;

namespace Seal.Service.Views;

/// <summary>Who may look: what the bearer is by office, and to the organisation that the thing looked at belongs to.</summary>
public sealed class ViewAccess(StreamLoader loader, TimeProvider clock)
{
    /// <summary>Lets through whoever has one of the roles; others get a problem.</summary>
    /// <exception cref="ProblemException">Not permitted.</exception>
    public async Task RequireAsync(HttpContext http, Role allowed, OrganisationId organisation, IEnumerable<StreamId>? further = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        var streams = (further ?? []).Append(organisation.Stream).Where(stream => !stream.IsNone).ToList();
        var states = await loader.LoadAsync(streams, States.None, ReadUntil.All, http.RequestAborted);
        var now = clock.GetUtcNow();
        var roles = Decider.RolesOf(http.User.ToActor(), states, now);

        // Whose right is over is still told why by commands, but sees nothing any more.
        if (!states.All<Holding>().Any(holding => holding.IsLive(now)))
        {
            roles &= ~Role.Holder;
        }

        if ((roles & allowed) == Role.None)
        {
            throw new ProblemException(RequestProblems.NotForYou);
        }
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
}
