using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;
using Seal.Domain.Deciding;
using Seal.Service.Problems;
using Seal.Service.Proofs;
using Seal.Service.SignIn;

namespace Seal.Service.Commands;

/// <summary>
/// The routes of all commands, made by one rule from the commands themselves: <c>POST /api/{streams}</c> for one that begins
/// its stream, <c>POST /api/{streams}/{id}/{command}</c> for all others.
/// </summary>
public static class CommandRoutes
{
    private static readonly MethodInfo MapOne = typeof(CommandRoutes).GetMethod(nameof(Map), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Maps every command that has a route.</summary>
    public static void MapCommands(this IEndpointRouteBuilder routes)
    {
        foreach (var command in CommandCatalog.All.Where(command => command.HasRoute))
        {
            MapOne.MakeGenericMethod(command.Type).Invoke(null, [routes, command]);
        }
    }

    private static void Map<TCommand>(IEndpointRouteBuilder routes, CommandDescription description) where TCommand : ICommand<TCommand> =>
        routes.MapPost(description.Route, GiveAsync<TCommand>)
            .WithName(description.Name)
            .WithTags(description.Contract.StreamType)
            .WithMetadata(description)
            .RequireAuthorization();

    private static async Task<IResult> GiveAsync<TCommand>(HttpContext http, CommandPipeline pipeline, ProofVerifier proofs, RequestDigests digests)
        where TCommand : ICommand<TCommand>
    {
        var cancellation = http.RequestAborted;
        var key = http.Request.RouteValues["id"] as string;
        if (key is { Length: > 200 })
        {
            throw new ProblemException(RequestProblems.NothingHere);
        }

        var body = await CommandBinding.ReadBodyAsync(http.Request, cancellation);
        var command = CommandBinding.Bind<TCommand>(body, key);
        var actor = http.User.ToActor();
        var context = new CommandContext(actor, "Online")
        {
            Proof = await proofs.ReadAsync(http.Request, body, cancellation),
            IfMatch = ReadIfMatch(http.Request),
            Idempotency = ReadIdempotencyKey(http, actor, body, digests),
            WithProof = http.Request.Headers["Prefer"] is ["ledger-proof"],
        };
        var answer = await pipeline.GiveAsync(command, context, cancellation);
        if (answer.Replayed)
        {
            http.Response.Headers["Idempotent-Replayed"] = "true";
        }

        return answer.Rejection is { } rejection
            ? ProblemAnswers.Answer(Problem.From(rejection), http.Request)
            : new AppendedResult(answer, TCommand.Contract.Creates);
    }

    private static long? ReadIfMatch(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(HeaderNames.IfMatch, out var header))
        {
            return null;
        }

        return header is [{ } tag] && tag.Length > 2 && tag[0] == '"' && tag[^1] == '"' && long.TryParse(tag.AsSpan(1, tag.Length - 2), out var version)
            ? version
            : throw new ProblemException(RequestProblems.InvalidHeader(HeaderNames.IfMatch));
    }

    private static RequestKey? ReadIdempotencyKey(HttpContext http, Actor actor, JsonObject body, RequestDigests digests)
    {
        if (!http.Request.Headers.TryGetValue("Idempotency-Key", out var header))
        {
            return null;
        }

        if (header is not [{ Length: > 0 and <= 200 } key] || key.Any(char.IsControl))
        {
            throw new ProblemException(RequestProblems.InvalidHeader("Idempotency-Key"));
        }

        // Told apart by its PIN, a request under a known key would say whether a PIN is right, as often as one likes and uncounted.
        return new RequestKey(actor.Person.Value, key, digests.Of(http.Request.Path, Encoding.UTF8.GetBytes(ProofVerifier.WithoutPins(body).ToJsonString())));
    }
}
