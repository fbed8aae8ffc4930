using System.ComponentModel;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Seal.Documents.Impressions;
using Seal.Documents.Judging;
using Seal.Documents.Ofd;
using Seal.Documents.Pdf;
using Seal.Service.Files;
using Seal.Service.OpenApi;
using Seal.Service.Operation;
using Seal.Service.Problems;
using Seal.Service.Settings;
using Seal.Service.SignIn;

namespace Seal.Service.Verification;

/// <summary>Judging a document: open to anyone, and nothing of the file is kept.</summary>
public static class VerificationRoutes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Whoever holds a place in memory sends, or gives it up: bytes a second, after a few seconds' grace.
    private static readonly Microsoft.AspNetCore.Server.Kestrel.Core.MinDataRate LeastRate = new(16 * 1024, TimeSpan.FromSeconds(5));

    /// <summary>Maps it.</summary>
    public static void MapVerifications(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/verifications", JudgeAsync).AllowAnonymous().RequireRateLimiting(SignInRoutes.OpenEndpoint).DisableAntiforgery()
            .WithTags("verification").WithName("VerifyDocument").WithSummary("Was this document sealed by a seal that was in order at that moment?")
            .Accepts<byte[]>("application/pdf", "application/ofd", "application/octet-stream", "multipart/form-data").Produces<Judgement>(StatusCodes.Status200OK, JsonType, ReportType)
            .MayRefuse(
                RequestProblems.InvalidParameter("policy"),
                RequestProblems.TooMany, RequestProblems.TooBusy, RequestProblems.BodyUnreadable, RequestProblems.MissingField("file"), RequestProblems.FileTooLarge(new DocumentSettings().VerificationLimit),
                RequestProblems.File("file-too-complex"), RequestProblems.File(PdfProblem.NotAPdf), RequestProblems.File(PdfProblem.Truncated), RequestProblems.File(PdfProblem.Encrypted),
                RequestProblems.File(PdfProblem.Damaged), RequestProblems.File(PdfProblem.TooLarge), RequestProblems.File(PdfProblem.TooManyObjects), RequestProblems.File(PdfProblem.TooComplex),
                RequestProblems.File(OfdProblem.NotAnOfd), RequestProblems.File(OfdProblem.Truncated), RequestProblems.File(OfdProblem.Encrypted), RequestProblems.File(OfdProblem.Damaged),
                RequestProblems.File(OfdProblem.TooLarge), RequestProblems.File(OfdProblem.TooManyEntries), RequestProblems.File(OfdProblem.TooComplex));

    private static async Task<IResult> JudgeAsync(
        HttpContext http, DocumentJudge judge, TrustPolicies policies, FontOutlines font, ReadingTurns turns, ServiceSettings settings, SealMetrics metrics, TimeProvider clock,
        [Description("Whom to trust with what: a policy of the service's settings; none for its own.")] string? policy = null)
    {
        var trusted = policies.Find(policy) ?? throw new ProblemException(RequestProblems.InvalidParameter("policy"));
        var limit = settings.Documents.VerificationLimit;
        if (http.Request.ContentLength > limit + MultipartAllowance)
        {
            throw new ProblemException(RequestProblems.FileTooLarge(limit));
        }

        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = limit + MultipartAllowance;
        http.Features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate = LeastRate;
        using var place = turns.EnterRoom();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var (name, content) = await ReadAsync(http.Request, limit).OrFileTooLarge(limit);
        await using (content)
        {
            using var turn = await turns.JudgeAsync(http.RequestAborted);
            deadline.CancelAfter(Patience);
            try
            {
                var judgement = await judge.JudgeAsync(name, content, trusted, deadline.Token);
                metrics.Judged(judgement.Verdict.ToString());
                return WantsReport(http.Request)
                    ? TypedResults.Bytes(JudgementReport.Write([judgement], ProblemTexts.LanguageOf(http.Request) == "zh", font, clock.GetUtcNow()), ReportType)
                    : TypedResults.Text(judgement.ToJson(), JsonType, System.Text.Encoding.UTF8);
            }
            catch (PdfFormatException unreadable)
            {
                throw new ProblemException(RequestProblems.File(unreadable.Code));
            }
            catch (OfdFormatException unreadable)
            {
                throw new ProblemException(RequestProblems.File(unreadable.Code));
            }
            catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
            {
                throw new ProblemException(RequestProblems.File("file-too-complex"));
            }
        }
    }

    private const string JsonType = "application/json";
    private const string ReportType = "application/pdf";

    /// <summary>Whoever asks for a PDF, and not rather for JSON, gets the answer as a report for people.</summary>
    private static bool WantsReport(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return Quality(ReportType) > Quality(JsonType);

        double Quality(string type) => accepted.Where(media => media.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(media => media.Quality ?? 1).DefaultIfEmpty(0).Max();
    }

    // What a form adds to the file it carries.
    private const long MultipartAllowance = 64 * 1024;

    private static async Task<(string Name, Stream Content)> ReadAsync(HttpRequest request, long limit)
    {
        if (request.HasFormContentType)
        {
            try
            {
                var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
                var file = form.Files is [var one] ? one : throw new ProblemException(RequestProblems.MissingField("file"));
                return file.Length <= limit ? (Plain(file.FileName), await CopyAsync(file.OpenReadStream(), limit, request.HttpContext.RequestAborted)) : throw new ProblemException(RequestProblems.FileTooLarge(limit));
            }
            catch (Exception broken) when (broken is InvalidDataException or (IOException and not BadHttpRequestException))
            {
                throw new ProblemException(RequestProblems.BodyUnreadable);
            }
        }

        return ("document", await CopyAsync(request.Body, limit, request.HttpContext.RequestAborted));
    }

    private static async Task<Stream> CopyAsync(Stream content, long limit, CancellationToken cancellation)
    {
        var buffer = new MemoryStream();
        var chunk = new byte[81920];
        for (int read; (read = await content.ReadAsync(chunk, cancellation)) > 0;)
        {
            if (buffer.Length + read > limit)
            {
                throw new ProblemException(RequestProblems.FileTooLarge(limit));
            }

            await buffer.WriteAsync(chunk.AsMemory(0, read), cancellation);
        }

        buffer.Position = 0;
        return buffer;
    }

    private static string Plain(string name) => new([.. Path.GetFileName(name).Where(c => !char.IsControl(c)).Take(100)]);
}
