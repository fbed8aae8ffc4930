using System.Collections.Frozen;
using Microsoft.AspNetCore.Mvc;
using Seal.Domain.Deciding;

namespace Seal.Service.Problems;

/// <summary>A refused request: a stable code, an HTTP status, and what its sentences name.</summary>
/// <param name="Code">Stable public code, kebab case.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Field">The field at fault, camel case, when one is.</param>
public sealed record Problem(string Code, int Status, string? Field = null)
{
    /// <summary>Values for the placeholders of the sentences.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The problem that tells a domain's rejection.</summary>
    public static Problem From(Rejection rejection)
    {
        ArgumentNullException.ThrowIfNull(rejection);
        return new Problem(rejection.Code, StatusOf(rejection.Kind), rejection.Field) { Values = rejection.Values };
    }

    /// <summary>This problem with one more value for its sentences.</summary>
    public Problem With(string name, object value) =>
        this with { Values = new Dictionary<string, string>(Values) { [name] = Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)! } };

    /// <summary>The HTTP status of each kind of rejection.</summary>
    public static int StatusOf(RejectionKind kind) => kind switch
    {
        RejectionKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RejectionKind.Forbidden => StatusCodes.Status403Forbidden,
        RejectionKind.NotFound => StatusCodes.Status404NotFound,
        RejectionKind.Gone => StatusCodes.Status410Gone,
        _ => StatusCodes.Status409Conflict,
    };

    /// <summary>The answer, RFC 9457, in the language asked for.</summary>
    public ProblemDetails Describe(string language)
    {
        var text = ProblemTexts.Get(Code, language);
        var details = new ProblemDetails
        {
            Type = $"https://seal.example/problems/{Code}",
            Title = Fill(text.Title),
            Detail = Fill(text.Remedy),
            Status = Status,
        };
        details.Extensions["code"] = Code;
        if (Field is not null)
        {
            details.Extensions["field"] = Field;
        }

        foreach (var (name, value) in Values)
        {
            details.Extensions.TryAdd(name, value);
        }

        return details;
    }

    private string Fill(string sentence) =>
        Values.Aggregate(sentence, (text, pair) => text.Replace($"{{{pair.Key}}}", pair.Value, StringComparison.Ordinal))
            .Replace("{field}", Field ?? "", StringComparison.Ordinal);
}

/// <summary>A refusal found while a request is read, before any decision; it ends the request with its problem.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem?.Code)
{
    /// <summary>What to answer.</summary>
    public Problem Problem { get; } = problem!;
}
