using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;
using Seal.Ledger;
using Seal.Service.Problems;
using Seal.Service.Settings;
using Seal.Service.SignIn;

namespace Seal.Service.Proofs;

/// <summary>Reads the proof of person that comes with a command and checks that it is one of the provider's.</summary>
public sealed class ProofVerifier(HttpClient provider, ProviderSettings settings, Accounts accounts) : IDisposable
{
    /// <summary>The header that carries a proof.</summary>
    public const string Header = "Proof-Of-Person";

    // 9999-12-31T23:59:59Z, the last that a time here can be.
    private const long LastSecond = 253_402_300_799;

    private static readonly string[] PinFields = ["pin", "oldPin", "newPin"];

    // A key that the provider has withdrawn serves no longer than this, and a made-up one makes nobody ask more often than that.
    private static readonly TimeSpan KeysKept = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AskedAgain = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _asking = new(1);
    private (IReadOnlyDictionary<string, JsonWebKey> Keys, long At)? _known;

    /// <summary>Where a proof is to be had.</summary>
    public ProofProvider Provider => new(settings.Url, settings.Audience, Header);

    /// <summary>The digest that binds a proof to a command's body, the PINs left out: SHA-256 of its canonical JSON, lower-case hex.</summary>
    public static string DigestOf(JsonObject body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Canonicalise(Encoding.UTF8.GetBytes(WithoutPins(body).ToJsonString()))));
    }

    /// <summary>A command's body with its PINs left out.</summary>
    public static JsonObject WithoutPins(JsonObject body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var shown = (JsonObject)body.DeepClone();
        foreach (var field in PinFields)
        {
            shown.Remove(field);
        }

        return shown;
    }

    /// <summary>Reads the proof that came with a command; <c>null</c> when none did.</summary>
    /// <exception cref="ProblemException">What came is not a proof of this provider's for this service.</exception>
    public async Task<ProofOfPerson?> ReadAsync(HttpRequest request, JsonObject body, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.Headers.TryGetValue(Header, out var header))
        {
            return null;
        }

        if (header is not [{ Length: > 0 and <= Jws.MaximumLength } statement])
        {
            throw new ProblemException(RequestProblems.ProofInvalid);
        }

        using var key = await KeyAsync(Jws.KeyIdOf(statement), cancellation);
        if (key is null
            || Jws.Verify<ProofClaims>(statement, key) is not { } claims
            || claims.Issuer != settings.Issuer || claims.Audience != settings.Audience
            || claims.Id is not { Length: >= 16 and <= 100 } || !claims.Id.All(char.IsAsciiLetterOrDigit)
            || claims.ExpiresAt is < 0 or > LastSecond
            || await accounts.FindAsync(claims.Subject, cancellation) is not { } person)
        {
            throw new ProblemException(RequestProblems.ProofInvalid);
        }

        var slash = claims.Target.IndexOf('/', StringComparison.Ordinal);
        var target = slash < 0 ? new StreamId(claims.Target, "") : new StreamId(claims.Target[..slash], claims.Target[(slash + 1)..]);
        return new ProofOfPerson(claims.Id, person, claims.Command, target, claims.BodyDigest == DigestOf(body), DateTimeOffset.FromUnixTimeSeconds(claims.ExpiresAt));
    }

    /// <inheritdoc/>
    public void Dispose() => _asking.Dispose();

    private async Task<ECDsa?> KeyAsync(string? keyId, CancellationToken cancellation)
    {
        if (keyId is null)
        {
            return null;
        }

        await _asking.WaitAsync(cancellation);
        try
        {
            var age = _known is { } known ? Stopwatch.GetElapsedTime(known.At) : TimeSpan.MaxValue;
            if (age > (_known is { } kept && kept.Keys.ContainsKey(keyId) ? KeysKept : AskedAgain))
            {
                var set = await provider.GetFromJsonAsync<JsonWebKeySet>(new Uri(new Uri(settings.Url), "/.well-known/jwks.json"), cancellation);
                _known = (set!.Keys.Where(key => key is { KeyType: "EC", Curve: "P-256" }).DistinctBy(key => key.KeyId).ToDictionary(key => key.KeyId), Stopwatch.GetTimestamp());
            }

            return _known!.Value.Keys.GetValueOrDefault(keyId)?.ToEcdsa();
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or JsonException or FormatException or CryptographicException)
        {
            throw new ProblemException(RequestProblems.ProviderUnreachable);
        }
        finally
        {
            _asking.Release();
        }
    }
}
