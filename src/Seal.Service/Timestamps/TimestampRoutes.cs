using Microsoft.AspNetCore.Http.Features;
using Seal.Service.OpenApi;
using Seal.Service.Problems;
using Seal.Service.SignIn;

namespace Seal.Service.Timestamps;

/// <summary>The time-stamping authority over HTTP (RFC 3161 §3.4): open to anyone, and no digest is kept.</summary>
public static class TimestampRoutes
{
    /// <summary>Largest request taken, in bytes; honest ones have about a hundred.</summary>
    public const int MaximumRequestSize = 8 * 1024;

    /// <summary>Maps it.</summary>
    public static void MapTimestamps(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/timestamps", StampAsync).AllowAnonymous().RequireRateLimiting(SignInRoutes.OpenEndpoint).DisableAntiforgery()
            .WithTags("pki").WithName("Timestamp").WithSummary("A time stamp over a digest (RFC 3161)")
            .WithDescription("Digests by SHA-256, SHA-384, SHA-512, by SHA-3 of these lengths, or by SM3. What RFC 3161 has a refusal for is refused in its way, in a TimeStampResp with status 200.")
            .Accepts<byte[]>(OutsideTimestampSource.QueryType).Produces<byte[]>(StatusCodes.Status200OK, OutsideTimestampSource.ReplyType)
            .MayRefuse(RequestProblems.TooMany, RequestProblems.MediaType, RequestProblems.BodyTooLarge, RequestProblems.BodyUnreadable);

    private static async Task<IResult> StampAsync(HttpContext http, TimestampDesk desk)
    {
        if (http.Request.GetTypedHeaders().ContentType?.MediaType.Equals(OutsideTimestampSource.QueryType, StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new ProblemException(RequestProblems.MediaType);
        }

        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = MaximumRequestSize;
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var answer = await desk.AnswerAsync(body.ToArray(), http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Bytes(answer.RawData, OutsideTimestampSource.ReplyType);
    }
}
