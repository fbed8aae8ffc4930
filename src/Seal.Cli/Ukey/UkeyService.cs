using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Ledger;
using Seal.Tokens;

namespace Seal.Cli.Ukey;

/// <summary>Which service is meant, and who asks it.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Account">The account's name.</param>
/// <param name="PasswordFile">The file that holds its password; <c>null</c>: the password is asked for.</param>
/// <param name="Language">The language of its answers.</param>
internal sealed record ServiceChoice(string? Address, string? Account, string? PasswordFile, string Language);

/// <summary>The service, with somebody signed in.</summary>
internal sealed class UkeyService : IDisposable
{
    private readonly HttpClient _http;
    private readonly string? _account;
    private readonly string? _password;

    private UkeyService(HttpClient http, string? account, string? password) => (_http, _account, _password) = (http, account, password);

    /// <summary>Signs in with an account.</summary>
    /// <exception cref="UkeyException">The service or the account is not named.</exception>
    /// <exception cref="HttpRequestException">The service cannot be reached, or refuses the password.</exception>
    public static async Task<UkeyService> SignInAsync(ServiceChoice choice, CancellationToken cancellation)
    {
        var account = choice.Account ?? throw new UkeyException("Say with --account who you are.", isRefused: false);
#pragma warning disable CA2000 // goes into the service that is returned, or is disposed below
        var http = Connect(choice);
#pragma warning restore CA2000
        try
        {
            var password = new string(Secrets.Read(choice.PasswordFile, $"Password of {account}", "--password-file"));
            using var answer = await http.PostAsJsonAsync(new Uri("/api/sign-in", UriKind.Relative), new { account, password }, cancellation);
            Bear(http, (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>(cancellation))!);
            return new UkeyService(http, account, password);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>Signs in with a token, which signs a challenge of the service. Nothing that needs a proof of person can be done then.</summary>
    /// <exception cref="UkeyException">The service is not named, or refuses the token.</exception>
    /// <exception cref="HttpRequestException">The service cannot be reached.</exception>
    public static async Task<UkeyService> SignInAsync(ServiceChoice choice, ISigner key, Certificate certificate, CancellationToken cancellation)
    {
#pragma warning disable CA2000 // goes into the service that is returned, or is disposed below
        var http = Connect(choice);
#pragma warning restore CA2000
        try
        {
            using var given = await http.PostAsync(new Uri("/api/sign-in/ukey/challenge", UriKind.Relative), null, cancellation);
            var challenge = Convert.FromBase64String((await ReadAsync(given, cancellation))["challenge"]!.GetValue<string>());
            var signed = new
            {
                certificate = Convert.ToBase64String(certificate.RawData.Span),
                challenge = Convert.ToBase64String(challenge),
                signature = Convert.ToBase64String(DeviceChallenge.Answer(key, challenge)),
            };
            using var answer = await http.PostAsJsonAsync(new Uri("/api/sign-in/ukey", UriKind.Relative), signed, cancellation);
            Bear(http, await ReadAsync(answer, cancellation));
            return new UkeyService(http, null, null);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>Looks at something.</summary>
    /// <exception cref="UkeyException">The service refuses.</exception>
    public async Task<JsonObject> LookAsync(string path, CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellation);
        return await ReadAsync(answer, cancellation);
    }

    /// <summary>Fetches a file.</summary>
    /// <exception cref="UkeyException">The service refuses.</exception>
    public async Task FetchAsync(string path, Stream destination, CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!answer.IsSuccessStatusCode)
        {
            await ReadAsync(answer, cancellation);
        }

        await answer.Content.CopyToAsync(destination, cancellation);
    }

    /// <summary>Uploads a document and gives its number.</summary>
    /// <exception cref="UkeyException">The service refuses.</exception>
    public async Task<string> UploadAsync(Stream document, string mediaType, CancellationToken cancellation)
    {
        using var content = new StreamContent(document);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var answer = await _http.PostAsync(new Uri("/api/documents", UriKind.Relative), content, cancellation);
        return (await ReadAsync(answer, cancellation))["id"]!.GetValue<string>();
    }

    /// <summary>Gives a command that needs no proof of person.</summary>
    /// <exception cref="UkeyException">The service refuses.</exception>
    public Task<JsonObject> GiveAsync(string path, JsonObject body, CancellationToken cancellation) => GiveAsync(path, body, null, cancellation);

    /// <summary>Gives a command for which the identity provider first has to say that it is really this person who wants exactly this.</summary>
    /// <exception cref="UkeyException">The service refuses, or the provider.</exception>
    public async Task<JsonObject> GiveProvenAsync(string path, JsonObject body, string command, string target, CancellationToken cancellation)
    {
        var provider = await LookAsync("/api/proof-of-person", cancellation);
        var bodyDigest = Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Canonicalise(Encoding.UTF8.GetBytes(body.ToJsonString()))));
        using var answer = await _http.PostAsJsonAsync(
            new Uri(new Uri(provider["url"]!.GetValue<string>()), "/assertions"),
            new { account = _account, secret = _password, audience = provider["audience"]!.GetValue<string>(), command, target, bodyDigest },
            cancellation);
        var assertion = answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<JsonObject>(cancellation))!["assertion"]!.GetValue<string>()
            : throw new UkeyException($"The identity provider gives no proof of person ({(int)answer.StatusCode}).", isRefused: true);
        return await GiveAsync(path, body, assertion, cancellation);
    }

    public void Dispose() => _http.Dispose();

    private static HttpClient Connect(ServiceChoice choice)
    {
        if (!Uri.TryCreate(choice.Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new UkeyException("Say with --service which service is meant, such as https://seal.example.", isRefused: false);
        }

        var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(choice.Language);
        return http;
    }

    private static void Bear(HttpClient http, JsonObject answer) =>
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", answer["accessToken"]!.GetValue<string>());

    private async Task<JsonObject> GiveAsync(string path, JsonObject body, string? proof, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        if (proof is not null)
        {
            request.Headers.Add("Proof-Of-Person", proof);
        }

        using var answer = await _http.SendAsync(request, cancellation);
        return await ReadAsync(answer, cancellation);
    }

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        var body = text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : throw new JsonException($"The service answered {(int)answer.StatusCode} and nothing that can be read.");
        return answer.IsSuccessStatusCode
            ? body
            : throw new UkeyException($"{body["code"]}: {body["title"]} {body["detail"]}".TrimEnd(), isRefused: answer.StatusCode < HttpStatusCode.InternalServerError);
    }
}
