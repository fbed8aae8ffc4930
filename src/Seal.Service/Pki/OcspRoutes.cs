using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Seal.Service.Keys;
using Seal.Service.OpenApi;
using Seal.Service.Problems;
using Seal.Service.SignIn;

namespace Seal.Service.Pki;

/// <summary>The state of certificates by OCSP over HTTP (RFC 6960 appendix A, RFC 5019 §5 and §6).</summary>
public static class OcspRoutes
{
    /// <summary>Largest request taken, in bytes.</summary>
    public const int MaximumRequestSize = 8 * 1024;

    private const string RequestType = "application/ocsp-request";
    private const string ResponseType = "application/ocsp-response";

    // Shorter than an answer is good: a revocation is not to be hidden by caches for long.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    /// <summary>Maps them.</summary>
    public static void MapOcsp(this IEndpointRouteBuilder routes)
    {
        var ocsp = routes.MapGroup("/pki/{name}/ocsp").AllowAnonymous().RequireRateLimiting(SignInRoutes.OpenEndpoint).WithTags("pki");
        ocsp.MapPost("", PostAsync).DisableAntiforgery().WithName("CertificateStatus").WithSummary("The state of certificates of an issuing authority, such as ca-issuing-ecdsa (OCSP, RFC 6960)")
            .Accepts<byte[]>(RequestType).Produces<byte[]>(StatusCodes.Status200OK, ResponseType)
            .MayRefuse(RequestProblems.TooMany, RequestProblems.MediaType, RequestProblems.BodyTooLarge, RequestProblems.BodyUnreadable);
        ocsp.MapGet("/{**request}", GetAsync).WithName("CachedCertificateStatus").WithSummary("The same for a request in the address, so that caches can keep the answer (RFC 5019)")
            .Produces<byte[]>(StatusCodes.Status200OK, ResponseType).MayRefuse(RequestProblems.TooMany);
    }

    private static async Task<IResult> PostAsync(string name, HttpContext http, Authorities authorities, OcspAnswers answers)
    {
        var chain = Find(authorities, name);
        if (http.Request.GetTypedHeaders().ContentType?.MediaType.Equals(RequestType, StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new ProblemException(RequestProblems.MediaType);
        }

        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = MaximumRequestSize;
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var answer = await answers.AnswerAsync(chain, body.ToArray(), http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Bytes(answer.Der, ResponseType);
    }

    private static async Task<IResult> GetAsync(string name, string request, HttpContext http, Authorities authorities, OcspAnswers answers)
    {
        var answer = await answers.AnswerAsync(Find(authorities, name), Decode(request), http.RequestAborted);
        var headers = http.Response.Headers;
        if (answer.ThisUpdate is not { } thisUpdate)
        {
            headers.CacheControl = "no-store";
            return TypedResults.Bytes(answer.Der, ResponseType);
        }

        headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"max-age={Kept.TotalSeconds:0}, public, no-transform, must-revalidate");
        headers.Expires = (thisUpdate + OcspAnswers.Lifetime).ToString("R", CultureInfo.InvariantCulture);
        return TypedResults.Bytes(answer.Der, ResponseType, lastModified: thisUpdate, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(answer.Der))}\""));
    }

    /// <summary>The request in an address; nothing, which is malformed, where it is none.</summary>
    private static byte[] Decode(string text)
    {
        // Slashes of Base64 come as themselves or escaped twice over; some clients use the alphabet for addresses (RFC 4648 §5) and leave out the padding.
        var plain = Uri.UnescapeDataString(text).Replace('-', '+').Replace('_', '/').TrimEnd('=');
        var bytes = new byte[plain.Length];
        return Convert.TryFromBase64String(plain.PadRight((plain.Length + 3) / 4 * 4, '='), bytes, out var length) && length <= MaximumRequestSize ? bytes[..length] : [];
    }

    private static AuthorityChain Find(Authorities authorities, string name) =>
        authorities.Chains.FirstOrDefault(chain => chain.IssuingName == name) ?? throw new ProblemException(RequestProblems.NothingHere);
}
