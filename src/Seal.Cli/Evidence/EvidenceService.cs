using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Seal.Cli.Auditing;

namespace Seal.Cli.Evidence;

/// <summary>Gets evidence from a running service.</summary>
internal sealed class EvidenceService : IDisposable
{
    /// <summary>All, the uses of seals included; a value of the service's API.</summary>
    public const string All = "all";

    /// <summary>Without the uses of seals.</summary>
    public const string Story = "story";

    private readonly HttpClient _http;

    /// <summary>Takes a service by its address.</summary>
    /// <exception cref="AuditRequestException">It is no address.</exception>
    public EvidenceService(string? address, string? token, string language)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new AuditRequestException(string.IsNullOrEmpty(address) ? "Say with --service, or in the environment variable SEAL_URL, which service is to be asked." : $"'{address}' is not the address of a service.");
        }

#pragma warning disable CA2000 // The client disposes of its handler.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.GZip })
        {
            BaseAddress = url,
            // An export takes as long as it takes; what is slow to begin is not.
            Timeout = Timeout.InfiniteTimeSpan,
        };
#pragma warning restore CA2000
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        _http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The path under which the service has evidence of a seal, or of an organisation if that is its credit code.</summary>
    public static string PathOf(string subject, string scope) =>
        $"/api/{(IsCreditCode(subject) ? "organisations" : "seals")}/{Uri.EscapeDataString(subject)}/evidence?scope={scope}";

    /// <summary>The evidence, as it is made.</summary>
    /// <exception cref="AuditRequestException">The service gives none.</exception>
    /// <exception cref="HttpRequestException">It cannot be reached.</exception>
    public Task<Stream> OpenAsync(string subject, string scope, CancellationToken cancellation) => OpenPathAsync(PathOf(subject, scope), cancellation);

    /// <summary>What the service has under a path, as it comes.</summary>
    /// <exception cref="AuditRequestException">The service gives none.</exception>
    /// <exception cref="HttpRequestException">It cannot be reached.</exception>
    public async Task<Stream> OpenPathAsync(string path, CancellationToken cancellation)
    {
        var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (answer.IsSuccessStatusCode)
        {
            return await answer.Content.ReadAsStreamAsync(cancellation);
        }

        using (answer)
        {
            throw new AuditRequestException($"The service does not give it: {await WhyAsync(answer, cancellation)}");
        }
    }

    public void Dispose() => _http.Dispose();

    // GB 32100-2015: 18 digits and capital letters.
    private static bool IsCreditCode(string subject) => subject.Length == 18 && subject.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c));

    private static async Task<string> WhyAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation));
            return $"{(int)answer.StatusCode} {problem?["title"]} {problem?["detail"]}".TrimEnd();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return $"{(int)answer.StatusCode} {answer.ReasonPhrase}";
        }
    }
}
