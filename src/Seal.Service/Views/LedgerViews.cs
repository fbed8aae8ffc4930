using System.Text;
using Seal.Domain.Deciding;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.OpenApi;
using Seal.Service.Problems;

namespace Seal.Service.Views;

/// <summary>A consistency proof between two sizes of the log (RFC 6962 §2.1.2).</summary>
/// <param name="From">The smaller size.</param>
/// <param name="To">The larger size.</param>
/// <param name="Hashes">The proof, base64.</param>
public sealed record ConsistencyDescription(long From, long To, IReadOnlyList<string> Hashes);

/// <summary>What the ledger shows of itself: checkpoints and proofs are public, what events say is for auditors.</summary>
public static class LedgerViews
{
    /// <summary>Maps the views.</summary>
    public static void MapLedger(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ledger/checkpoint", CheckpointAsync).AllowAnonymous().WithTags("ledger").WithName("Checkpoint")
            .WithSummary("The newest signed checkpoint, a C2SP signed note").Produces<string>(StatusCodes.Status200OK, "text/plain");
        routes.MapGet("/ledger/keys", (NoteKeys keys) => TypedResults.Text(string.Join('\n', keys.Verifiers) + "\n")).AllowAnonymous().WithTags("ledger")
            .WithName("LedgerKeys").WithSummary("The keys that checkpoints are signed with").Produces<string>(StatusCodes.Status200OK, "text/plain");
        routes.MapGet("/ledger/consistency", ConsistencyAsync).AllowAnonymous().WithTags("ledger").WithName("ConsistencyProof")
            .WithSummary("A proof that the log has only grown between two sizes").Takes("from", "to").Produces<ConsistencyDescription>();
        routes.MapGet("/ledger/events/{position:long}", EventAsync).RequireAuthorization().WithTags("ledger").WithName("LedgerEvent")
            .WithSummary("One event with its inclusion proof").Takes("size").Produces<InclusionDescription>();
    }

    private static async Task<IResult> CheckpointAsync(HttpContext http, EventLedger ledger) =>
        TypedResults.Text((await ledger.CheckpointAsync(http.RequestAborted)).Note, "text/plain", Encoding.UTF8);

    private static async Task<IResult> ConsistencyAsync(HttpContext http, EventLedger ledger)
    {
        var query = new QueryParameters(http.Request, "from", "to");
        var size = await ledger.SizeAsync(http.RequestAborted);
        var to = query.Number("to", 1) ?? size;
        var from = query.Number("from", 1) ?? throw new ProblemException(RequestProblems.InvalidParameter("from"));
        if (to > size || from > to)
        {
            throw new ProblemException(RequestProblems.InvalidParameter(to > size ? "to" : "from"));
        }

        var proof = await ledger.Shown.ProveConsistencyAsync(from, to, http.RequestAborted);
        return TypedResults.Ok(new ConsistencyDescription(from, to, [.. proof.Hashes.Select(hash => Convert.ToBase64String(hash.Span))]));
    }

    private static async Task<IResult> EventAsync(HttpContext http, long position, EventLedger ledger)
    {
        ViewAccess.Require(http, Role.Auditor);
        var asked = new QueryParameters(http.Request, "size").Number("size", 1);
        var log = await ledger.SizeAsync(http.RequestAborted);
        if (position < 0 || position >= log || await ledger.Shown.FindAsync(position, http.RequestAborted) is not { } recorded)
        {
            throw new ProblemException(RequestProblems.NothingHere);
        }

        var size = asked ?? log;
        if (size > log || position >= size)
        {
            throw new ProblemException(RequestProblems.InvalidParameter("size"));
        }

        return TypedResults.Json(InclusionDescription.Of(await ledger.Shown.ProveInclusionAsync(position, size, http.RequestAborted), recorded), DomainJson.Options);
    }
}

/// <summary>The public keys under which the log's checkpoints are checked.</summary>
/// <param name="Verifiers">Each in the text form of C2SP signed-note.</param>
public sealed record NoteKeys(IReadOnlyList<string> Verifiers);
