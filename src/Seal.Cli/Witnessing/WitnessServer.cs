using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Seal.Cli.Verifying;
using Seal.Ledger.Witnessing;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Seal.Cli.Witnessing;

/// <summary>A witness on HTTP: <c>POST /add-checkpoint</c> and nothing else.</summary>
internal static class WitnessServer
{
    private const int MostConnections = 1000;

    /// <summary>The server, not started yet. It reads no settings of the machine.</summary>
    public static WebApplication Create(IPEndPoint listen, Witness witness)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestBodySize = AddCheckpoint.MaximumLength;
            kestrel.Listen(listen, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.MapPost("/add-checkpoint", (RequestDelegate)(http => AnswerAsync(http, witness)));
        return app;
    }

    private static async Task AnswerAsync(HttpContext http, Witness witness)
    {
        var (status, type, body) = await AddAsync(http.Request, witness);
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        await http.Response.WriteAsync(body, http.RequestAborted);
    }

    private static async Task<WitnessAnswer> AddAsync(HttpRequest request, Witness witness)
    {
        try
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
            return await witness.AddCheckpointAsync(body.ToArray(), request.HttpContext.RequestAborted);
        }
        catch (BadHttpRequestException e)
        {
            return new WitnessAnswer(e.StatusCode, "text/plain", e.Message + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync("seal: nothing is cosigned: " + PlainText.Of(e.Message));
            return new WitnessAnswer(StatusCodes.Status503ServiceUnavailable, "text/plain", "The witness cannot write down what it would say, and so says nothing.\n");
        }
    }
}
