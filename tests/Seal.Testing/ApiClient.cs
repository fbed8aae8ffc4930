using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Seal.Domain.Deciding;
using Seal.Service.Proofs;

namespace Seal.Testing;

/// <summary>What the service answered.</summary>
public sealed record Answer(HttpStatusCode Status, JsonObject Body, string? Version, string? Location)
{
    /// <summary>The media type of the answer, without its parameters.</summary>
    public string? MediaType { get; init; }

    /// <summary>Whether the service says that it gave this answer before, to the same idempotency key.</summary>
    public bool IsReplayed { get; init; }

    /// <summary>Whether the command was carried out.</summary>
    public bool IsDone => (int)Status is >= 200 and < 300;

    /// <summary>The problem's code; empty when there is none.</summary>
    public string Code => Body["code"]?.GetValue<string>() ?? "";

    /// <summary>The key of the stream addressed or begun.</summary>
    public string Id => Body["id"]!.GetValue<string>();

    /// <summary>This answer, which must be a success.</summary>
    public Answer Required() => IsDone ? this : throw new InvalidOperationException($"{(int)Status} {Body.ToJsonString()}");
}

/// <summary>How a command is sent, when not in the plain way.</summary>
public sealed record Sending
{
    public long? IfMatch { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>The proof to send; <c>null</c>: a fresh one for this command, where it needs one.</summary>
    public string? Proof { get; init; }

    /// <summary>Send no proof at all.</summary>
    public bool WithoutProof { get; init; }

    public bool WithLedgerProof { get; init; }

    public string Language { get; init; } = "en";

    /// <summary>When to give up waiting for the answer.</summary>
    public CancellationToken HangUp { get; init; }
}

/// <summary>A client of the service's API that plays the demo people.</summary>
public sealed class ApiClient : IDisposable
{
    private const string Password = "demo";
    private readonly HttpClient _http;
    private readonly HttpClient _provider;
    private readonly Dictionary<string, string> _tokens = [];
    private readonly Dictionary<string, string> _people = [];

    private ApiClient(HttpClient http, HttpClient provider) => (_http, _provider) = (http, provider);

    /// <summary>The plain connection, for whatever is not a command.</summary>
    public HttpClient Http => _http;

    public static async Task<ApiClient> ConnectAsync(string url)
    {
        var http = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(2) };
        var provider = await http.GetFromJsonAsync<JsonObject>("/api/proof-of-person");
        return new ApiClient(http, new HttpClient { BaseAddress = new Uri(provider!["url"]!.GetValue<string>()) });
    }

    /// <summary>Forgets all tokens, as after a jump in time, and whose they were.</summary>
    public void SignOut()
    {
        lock (_tokens)
        {
            _tokens.Clear();
        }

        _people.Clear();
    }

    /// <summary>The number of a demo person.</summary>
    public async Task<string> PersonAsync(string account)
    {
        if (!_people.TryGetValue(account, out var person))
        {
            person = (await GetAsync(account, "/api/me")).Body["person"]!.GetValue<string>();
            _people[account] = person;
        }

        return person;
    }

    /// <summary>Gives a command as a demo person.</summary>
    public async Task<Answer> GiveAsync(string account, string command, string? id, JsonObject body, Sending? sending = null)
    {
        sending ??= new Sending();
        var description = CommandCatalog.Find(command) ?? throw new ArgumentException($"There is no command {command}.");
        using var request = new HttpRequestMessage(HttpMethod.Post, description.Route.Replace("{id}", Uri.EscapeDataString(id ?? ""), StringComparison.Ordinal))
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        if (!sending.WithoutProof && (sending.Proof is not null || description.Contract.NeedsProof))
        {
            request.Headers.Add("Proof-Of-Person", sending.Proof ?? await ProveAsync(account, command, id, body));
        }

        if (sending.IfMatch is { } version)
        {
            request.Headers.TryAddWithoutValidation("If-Match", string.Create(CultureInfo.InvariantCulture, $"\"{version}\""));
        }

        if (sending.IdempotencyKey is { } key)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (sending.WithLedgerProof)
        {
            request.Headers.Add("Prefer", "ledger-proof");
        }

        request.Headers.AcceptLanguage.ParseAdd(sending.Language);
        return await ExchangeAsync(account, request, sending.HangUp);
    }

    /// <summary>A proof of person for one command, fresh from the identity provider.</summary>
    public async Task<string> ProveAsync(string account, string command, string? id, JsonObject body)
    {
        var stream = CommandCatalog.Find(command)!.Contract.StreamType;
        var asked = new AssertionRequest(account, Password, "seal", command, id is null ? stream : $"{stream}/{id}", ProofVerifier.DigestOf(body));
        using var answer = await _provider.PostAsJsonAsync("/assertions", asked);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<AssertionAnswer>())!.Assertion;
    }

    public async Task<Answer> GetAsync(string? account, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(account, request);
    }

    /// <summary>Uploads a document to be sealed and gives its number.</summary>
    public async Task<string> UploadAsync(string account, byte[] document)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/documents") { Content = new ByteArrayContent(document) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        return (await SendAsync(account, request)).Required().Id;
    }

    /// <summary>Fetches a sealed document.</summary>
    public Task<byte[]> FetchAsync(string account, string signing) => DownloadAsync(account, $"/api/signings/{signing}/document");

    /// <summary>Fetches a file, whatever it is.</summary>
    public async Task<byte[]> DownloadAsync(string account, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(account));
        using var answer = await _http.SendAsync(request);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
    }

    /// <summary>Asks for a verdict on a document, without signing in.</summary>
    public async Task<Answer> VerifyAsync(byte[] document)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/verifications") { Content = new ByteArrayContent(document) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        return await SendAsync(null, request);
    }

    public void Dispose()
    {
        _http.Dispose();
        _provider.Dispose();
    }

    /// <summary>Sends any request, as a demo person or without signing in.</summary>
    public Task<Answer> SendAsync(string? account, HttpRequestMessage request) => ExchangeAsync(account, request, CancellationToken.None);

    private async Task<Answer> ExchangeAsync(string? account, HttpRequestMessage request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (account is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(account));
        }

        using var answer = await _http.SendAsync(request, cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        var body = text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : new JsonObject { ["text"] = text };
        return new Answer(answer.StatusCode, body, answer.Headers.ETag?.Tag.Trim('"'), answer.Headers.Location?.OriginalString)
        {
            MediaType = answer.Content.Headers.ContentType?.MediaType,
            IsReplayed = answer.Headers.TryGetValues("Idempotent-Replayed", out var replayed) && replayed.Single() == "true",
        };
    }

    private async Task<string> TokenAsync(string account)
    {
        lock (_tokens)
        {
            if (_tokens.TryGetValue(account, out var known))
            {
                return known;
            }
        }

        using var answer = await _http.PostAsJsonAsync("/api/sign-in", new { account, password = Password });
        var token = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!["accessToken"]!.GetValue<string>();
        lock (_tokens)
        {
            _tokens[account] = token;
        }

        return token;
    }
}
