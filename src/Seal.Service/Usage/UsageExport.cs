using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Seal.Domain.Deciding;
using Seal.Domain.Signings;
using Seal.Service.Projections;
using Seal.Service.Views;

namespace Seal.Service.Usage;

/// <summary>
/// The whole of a usage log as one answer of any size, CSV or a JSON object per line, oldest change first. It is sent page by
/// page as it is read; an answer that breaks off ends without the last chunk (RFC 9112 §8), so that nobody takes it for whole.
/// </summary>
public sealed class UsageExport(ViewReader views, UsageQuery query, string mediaType) : IResult
{
    /// <summary>Comma-separated values (RFC 4180).</summary>
    public const string Csv = "text/csv";

    /// <summary>One JSON object per line.</summary>
    public const string JsonLines = "application/x-ndjson";

    // As much as is sent at once, bytes.
    private const int Piece = 64 * 1024;

    /// <summary>
    /// What the request would rather have of all that the log is written in (RFC 9110 §12.5.1); <c>null</c>: pages, which
    /// also whoever says nothing gets.
    /// </summary>
    public static string? WantedBy(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return null;
        }

        var wanted = accepted.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1)
            .Select(type => type.MediaType.Value?.ToLowerInvariant()).FirstOrDefault(type => type is Csv or JsonLines or "application/json" or "application/*" or "*/*");
        return wanted is Csv or JsonLines ? wanted : null;
    }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var cancellation = httpContext.RequestAborted;
        var response = httpContext.Response;
        response.ContentType = mediaType == Csv ? $"{Csv}; charset=utf-8; header=present" : JsonLines;
        response.Headers.ContentDisposition = $"attachment; filename=usage.{(mediaType == Csv ? "csv" : "jsonl")}";
        var writer = response.BodyWriter;
        if (mediaType == Csv)
        {
            Encoding.UTF8.GetBytes(UsageCsv.Header, writer);
        }

        await foreach (var use in views.AllAsync<Signing>(SealProjections.Signings, query.Filters, MayChange, cancellation))
        {
            if (mediaType == Csv)
            {
                Encoding.UTF8.GetBytes(UsageCsv.Line(use), writer);
            }
            else
            {
                await using var json = new Utf8JsonWriter(writer, new() { Encoder = DomainJson.Options.Encoder });
                JsonSerializer.Serialize(json, use, DomainJson.Options);
                await json.FlushAsync(cancellation);
                Encoding.UTF8.GetBytes("\n", writer);
            }

            if (writer.UnflushedBytes > Piece)
            {
                await writer.FlushAsync(cancellation);
            }
        }

        await writer.FlushAsync(cancellation);
    }

    private static bool MayChange(Signing use) => use.Status == SigningStatus.Requested;
}
