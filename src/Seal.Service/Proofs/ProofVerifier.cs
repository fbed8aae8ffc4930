using System.Collections.Concurrent;
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

    private static readonly string[] PinFields = ["pin", "oldPin", "newPin"];
    private readonly ConcurrentDictionary<string, ECDsa> _keys = new();

    /// <summary>Where a proof is to be had.</summary>
    public ProofProvider Provider => new(settings.Url, settings.Audience, Header);

    /// <summary>The digest that binds a proof to a command's body, the PINs left out: SHA-256 of its canonical JSON, lower-case hex.</summary>
    public static string DigestOf(JsonObject body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var shown = (JsonObject)body.DeepClone();
        foreach (var field in PinFields)
        {
            shown.Remove(field);
        }

        return Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Canonicalise(Encoding.UTF8.GetBytes(shown.ToJsonString()))));
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

        if (header is not [{ Length: > 0 and <= Jws.MaximumLength } statement]
            || await KeyAsync(Jws.KeyIdOf(statement), cancellation) is not { } key
            || Jws.Verify<ProofClaims>(statement, key) is not { } claims
            || claims.Issuer != settings.Issuer || claims.Audience != settings.Audience
            || claims.Id is not { Length: >= 16 and <= 100 } || !claims.Id.All(char.IsAsciiLetterOrDigit)
            || await accounts.FindAsync(claims.Subject, cancellation) is not { } person)
        {
            throw new ProblemException(RequestProblems.ProofInvalid);
        }

        var slash = claims.Target.IndexOf('/', StringComparison.Ordinal);
        var target = slash < 0 ? new StreamId(claims.Target, "") : new StreamId(claims.Target[..slash], claims.Target[(slash + 1)..]);
        return new ProofOfPerson(claims.Id, person, claims.Command, target, claims.BodyDigest == DigestOf(body), DateTimeOffset.FromUnixTimeSeconds(claims.ExpiresAt));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }

    private async Task<ECDsa?> KeyAsync(string? keyId, CancellationToken cancellation)
    {
        if (keyId is null || _keys.TryGetValue(keyId, out var known))
        {
            return keyId is null ? null : _keys[keyId];
        }

        try
        {
            var set = await provider.GetFromJsonAsync<JsonWebKeySet>(new Uri(new Uri(settings.Url), "/.well-known/jwks.json"), cancellation);
            foreach (var key in set!.Keys.Where(key => key is { KeyType: "EC", Curve: "P-256" }))
            {
                _keys.TryAdd(key.KeyId, key.ToEcdsa());
            }
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or JsonException or FormatException or CryptographicException)
        {
            throw new ProblemException(RequestProblems.ProviderUnreachable);
        }

        return _keys.GetValueOrDefault(keyId);
    }
}
