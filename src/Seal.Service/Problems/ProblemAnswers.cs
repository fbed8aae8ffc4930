using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Seal.Ledger;
using Seal.Service.Operation;
using Seal.Tokens;

namespace Seal.Service.Problems;

/// <summary>Turns what goes wrong into a problem answer: never a stack trace, never a word from inside.</summary>
public sealed partial class ProblemAnswers(ReadyChecks ready, ILogger<ProblemAnswers> log) : IExceptionHandler
{
    /// <summary>A problem as an HTTP result.</summary>
    public static ProblemHttpResult Answer(Problem problem, HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return TypedResults.Problem(problem.Describe(ProblemTexts.LanguageOf(request)));
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        var problem = exception switch
        {
            ProblemException known => known.Problem,
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => RequestProblems.BodyTooLarge,
            BadHttpRequestException => RequestProblems.BodyUnreadable,
            LedgerDiskFullException or PostgresException { SqlState: PostgresErrorCodes.DiskFull } => RequestProblems.LedgerDiskFull,
            LedgerUnavailableException => RequestProblems.LedgerUnavailable,
            NpgsqlException lost when lost is not PostgresException || lost.IsTransient => RequestProblems.LedgerUnavailable,
            TokenException => RequestProblems.TokenUnavailable,
            ClockJumpException => RequestProblems.ClockJump,
            EventTooLargeException => RequestProblems.BodyTooLarge,
            _ => null,
        };
        if (problem is null)
        {
            LogUnexpected(httpContext.Request.Path, exception);
            problem = RequestProblems.Unexpected.With("trace", httpContext.TraceIdentifier);
        }

        if (problem.Code == RequestProblems.LedgerDiskFull.Code)
        {
            ready.Doubt();
        }

        await Answer(problem, httpContext.Request).ExecuteAsync(httpContext);
        return true;
    }

    [LoggerMessage(LogLevel.Error, "Unexpected failure at {Path}")]
    private partial void LogUnexpected(string path, Exception exception);
}
