using System.Net;
using Seal.Service.Problems;

namespace Seal.Service.Operation;

/// <summary>What every answer tells browsers, whatever it is: guess no types, run nothing, frame nothing, keep nothing.</summary>
public static class AnswerHeaders
{
    private const string NoScripts = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    // The page of the API's description: its own scripts and calls, and the styles and pictures inside its markup.
    private const string OwnScripts =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Sets the headers on every answer, refusals included.</summary>
    public static void UseAnswerHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase) ? OwnScripts : NoScripts;
            if (http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
            {
                headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        });
        return next(http);
    });

    /// <summary>
    /// Answers under loopback names only. The demo people have a password that everybody knows: without this, any web page that
    /// gives its own name the address 127.0.0.1 could speak for them.
    /// </summary>
    public static void UseLoopbackNamesOnly(this WebApplication app) => app.Use((http, next) =>
        IsLoopback(http.Request.Host.Host) ? next(http) : throw new ProblemException(RequestProblems.InvalidHeader("Host")));

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
