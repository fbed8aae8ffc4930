using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.RateLimiting;
using Seal.Service.Settings;
using Seal.Service.SignIn;

namespace Seal.Service.Proofs;

/// <summary>What the embedded provider is asked.</summary>
/// <param name="Account">Whose proof.</param>
/// <param name="Secret">What stands for the person's face here: the demo people's one secret.</param>
/// <param name="Audience">For whom.</param>
/// <param name="Command">For which command.</param>
/// <param name="Target">For which stream.</param>
/// <param name="BodyDigest">For which body.</param>
public sealed record AssertionRequest(string Account, string Secret, string Audience, string Command, string Target, string BodyDigest);

/// <summary>What it answers.</summary>
/// <param name="Assertion">The proof of person, a JWS.</param>
/// <param name="ExpiresIn">Seconds it is good for.</param>
public sealed record AssertionAnswer(string Assertion, long ExpiresIn);

/// <summary>
/// A small identity provider for the embedded defaults: an HTTP service of its own, on its own port and with its own key,
/// that knows the demo people. It stands where face verification by a real provider stands in production.
/// </summary>
public sealed class EmbeddedIdentityProvider : IAsyncDisposable
{
    /// <summary>How long a proof is good for.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const string AssertionLimit = "assertions";
    private readonly WebApplication _app;
    private readonly ECDsa _key;

    private EmbeddedIdentityProvider(WebApplication app, ECDsa key) => (_app, _key) = (app, key);

    /// <summary>Its address.</summary>
    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Starts it on a free loopback port.</summary>
    /// <param name="settings">Under which names.</param>
    /// <param name="requestsPerMinute">How often it may be asked for a proof.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<EmbeddedIdentityProvider> StartAsync(ProviderSettings settings, int requestsPerMinute, TimeProvider clock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();

        // Not even a setting of the framework opens it to other machines, or to pages that give their name this address.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection([new("AllowedHosts", "127.0.0.1")]);
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 16 * 1024;
        });
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.AddFixedWindowLimiter(AssertionLimit, window => (window.PermitLimit, window.Window) = (requestsPerMinute, TimeSpan.FromMinutes(1)));
        });
        var app = builder.Build();
        app.UseRateLimiter();
#pragma warning disable CA2000 // It lives as long as the provider, which disposes it.
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
#pragma warning restore CA2000
        var keyId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        app.MapGet("/.well-known/jwks.json", () => new JsonWebKeySet([JsonWebKey.Of(key, keyId)]));
        app.MapPost("/assertions", IResult (AssertionRequest asked) =>
        {
            if (DemoPeople.All.All(person => person.Account != asked.Account) || asked.Secret != DemoPeople.Password)
            {
                return TypedResults.Unauthorized();
            }

            var now = clock.GetUtcNow();
            var claims = new ProofClaims
            {
                Issuer = settings.Issuer,
                Audience = asked.Audience,
                Subject = asked.Account,
                Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
                IssuedAt = now.ToUnixTimeSeconds(),
                ExpiresAt = now.Add(Lifetime).ToUnixTimeSeconds(),
                Command = asked.Command,
                Target = asked.Target,
                BodyDigest = asked.BodyDigest,
            };
            return TypedResults.Ok(new AssertionAnswer(Jws.Sign(claims, key, keyId), (long)Lifetime.TotalSeconds));
        }).RequireRateLimiting(AssertionLimit);
        await app.StartAsync(cancellation);
        return new EmbeddedIdentityProvider(app, key);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }
}
