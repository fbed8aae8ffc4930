using Seal.Service.Problems;

namespace Seal.Service.OpenApi;

/// <summary>The query parameters that a route takes; no others are let through.</summary>
/// <param name="Names">Their names.</param>
public sealed record TakenParameters(IReadOnlyList<string> Names);

/// <summary>Problems of a route beyond those that any route can answer with.</summary>
/// <param name="Problems">The problems.</param>
public sealed record ExpectedProblems(IReadOnlyList<Problem> Problems);

/// <summary>What an answer looks like.</summary>
/// <param name="Text">A whole answer.</param>
public sealed record AnswerExample(string Text);

/// <summary>What routes tell about themselves for the description of the API.</summary>
public static class Described
{
    /// <summary>Tells which query parameters the route takes.</summary>
    public static TBuilder Takes<TBuilder>(this TBuilder route, params IReadOnlyList<string> names) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new TakenParameters(names));

    /// <summary>Tells with which problems the route may answer.</summary>
    public static TBuilder MayRefuse<TBuilder>(this TBuilder route, params IReadOnlyList<Problem> problems) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new ExpectedProblems(problems));

    /// <summary>Tells that a look by office is itself recorded, and that there is no answer when that cannot be done.</summary>
    public static TBuilder RecordsLooks<TBuilder>(this TBuilder route, string further = "") where TBuilder : IEndpointConventionBuilder =>
        route.MayRefuse(RequestProblems.LedgerDiskFull, RequestProblems.ClockJump, RequestProblems.TryAgain)
            .WithDescription($"Every look by an auditor or a regulator at what is not their own is recorded before it is answered. {further}".TrimEnd());

    /// <summary>Shows what the answer looks like.</summary>
    public static TBuilder Shows<TBuilder>(this TBuilder route, string example) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new AnswerExample(example));
}
