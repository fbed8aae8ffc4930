using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Http.HttpResults;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;
using Seal.Service.OpenApi;
using Seal.Service.Problems;
using Seal.Service.Proofs;
using Seal.Service.Settings;

namespace Seal.Service.SignIn;

/// <summary>Who signs in.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="Password">Its password.</param>
public sealed record SignInRequest(string Account, string Password);

/// <summary>The signed-in person.</summary>
/// <param name="Person">The person's number.</param>
/// <param name="Account">The account's name; empty for whoever has none and signed in with a Ukey.</param>
/// <param name="Offices">The offices the person holds.</param>
public sealed record Me(string Person, string Account, IReadOnlyList<string> Offices);

/// <summary>Where to get a proof of person.</summary>
/// <param name="Url">The provider's address; post to <c>/assertions</c> there.</param>
/// <param name="Audience">The name under which the provider knows this service.</param>
/// <param name="Header">The header in which the assertion is sent with the command.</param>
public sealed record ProofProvider(string Url, string Audience, string Header);

/// <summary>Sign-in with an account, and what it makes of the bearer.</summary>
public static class SignInRoutes
{
    private const string AccountClaim = "account";
    private const string RolesClaim = "offices";

    /// <summary>The policy name under which open endpoints are rate limited.</summary>
    public const string OpenEndpoint = "open";

    /// <summary>Maps sign-in and the views of the signed-in person.</summary>
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/sign-in", SignIn).AllowAnonymous().RequireRateLimiting(OpenEndpoint).WithTags("sign-in").WithName("SignIn")
            .Accepts<SignInRequest>("application/json").Produces<AccessTokenResponse>().WithSummary("Sign in and get a bearer token")
            .MayRefuse(
                RequestProblems.SignInRefused, RequestProblems.TooMany, RequestProblems.BodyUnreadable, RequestProblems.MissingField("account"), RequestProblems.UnknownField("account"),
                RequestProblems.InvalidField("account"), RequestProblems.BodyTooLarge, RequestProblems.MediaType);
        routes.MapPost("/api/sign-in/ukey/challenge", async (SignInChallenges challenges, CancellationToken cancellation) => TypedResults.Ok(await challenges.GiveAsync(cancellation)))
            .AllowAnonymous().RequireRateLimiting(OpenEndpoint).WithTags("sign-in").WithName("UkeyChallenge").WithSummary("Get a challenge for a Ukey to sign")
            .WithDescription("Good for one answer, for two minutes.").MayRefuse(RequestProblems.TooMany, RequestProblems.LedgerDiskFull);
        routes.MapPost("/api/sign-in/ukey", SignInByUkey).AllowAnonymous().RequireRateLimiting(OpenEndpoint).WithTags("sign-in").WithName("SignInByUkey")
            .Accepts<UkeySignInRequest>("application/json").Produces<AccessTokenResponse>().WithSummary("Sign in with a Ukey and get a bearer token")
            .WithDescription("The token signs `Seal: proof that this device is present, version 1`, a zero byte, and the 32 bytes of the challenge.")
            .MayRefuse(
                RequestProblems.ChallengeUnknown, RequestProblems.AnswerInvalid, RequestProblems.SignInCertificateUnknown, RequestProblems.SignInCertificateNotInForce,
                RequestProblems.TooMany, RequestProblems.BodyUnreadable, RequestProblems.MissingField("signature"), RequestProblems.UnknownField("signature"),
                RequestProblems.InvalidField("signature"), RequestProblems.BodyTooLarge, RequestProblems.MediaType);
        routes.MapGet("/api/me", (ClaimsPrincipal user) => TypedResults.Ok(new Me(
                user.ToActor().Person.Value,
                user.FindFirstValue(AccountClaim)!,
                [.. Enum.GetValues<Role>().Where(role => role is not (Role.None or Role.OwnerSide or Role.Offices) && user.ToActor().Staff.HasFlag(role)).Select(role => role.ToString())])))
            .RequireAuthorization().WithTags("sign-in").WithName("Me").WithSummary("Who is signed in");
        routes.MapGet("/api/proof-of-person", (ProofVerifier proofs) => TypedResults.Ok(proofs.Provider))
            .AllowAnonymous().WithTags("sign-in").WithName("ProofOfPersonProvider").WithSummary("Where to get a proof of person");
    }

    /// <summary>The actor that a bearer's claims name.</summary>
    public static Actor ToActor(this ClaimsPrincipal user) => new(
        new PersonId(user.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new ProblemException(RequestProblems.NotSignedIn)),
        Enum.Parse<Role>(user.FindFirstValue(RolesClaim)!));

    private static async Task<IResult> SignIn(HttpContext http, Accounts accounts, ServiceSettings settings)
    {
        var body = await Commands.CommandBinding.ReadBodyAsync(http.Request, http.RequestAborted);
        RefuseUnknown(body, "account", "password");
        var wanted = new SignInRequest(Text(body, "account"), Text(body, "password"));
        var known = settings.DemoPeople ? DemoPeople.Find(wanted.Account) : null;
        var right = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(wanted.Password), Encoding.UTF8.GetBytes(DemoPeople.Password));
        if (known is null || !right || await accounts.FindAsync(known.Account, http.RequestAborted) is not { } person)
        {
            throw new ProblemException(RequestProblems.SignInRefused);
        }

        return Bearer(person, known.Account, known.Staff);
    }

    // A Ukey shows a holder, nobody's office: those come with the account's password alone.
    private static async Task<IResult> SignInByUkey(HttpContext http, UkeySignIn ukeys)
    {
        var body = await Commands.CommandBinding.ReadBodyAsync(http.Request, http.RequestAborted);
        RefuseUnknown(body, "certificate", "challenge", "signature");
        var person = await ukeys.AnswerAsync(new(Text(body, "certificate"), Text(body, "challenge"), Text(body, "signature")), http.RequestAborted);
        return Bearer(person, await ukeys.AccountAsync(person, http.RequestAborted) ?? "", Role.None);
    }

    private static SignInHttpResult Bearer(PersonId person, string account, Role offices)
    {
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, person.Value), new(AccountClaim, account), new(RolesClaim, offices.ToString())],
            BearerTokenDefaults.AuthenticationScheme);
        return TypedResults.SignIn(new ClaimsPrincipal(identity), authenticationScheme: BearerTokenDefaults.AuthenticationScheme);
    }

    private static void RefuseUnknown(System.Text.Json.Nodes.JsonObject body, params string[] allowed)
    {
        if (body.Select(member => member.Key).FirstOrDefault(name => !allowed.Contains(name, StringComparer.Ordinal)) is { } unknown)
        {
            throw new ProblemException(RequestProblems.UnknownField(unknown).With("allowed", string.Join(", ", allowed)));
        }
    }

    private static string Text(System.Text.Json.Nodes.JsonObject body, string field) => body[field] switch
    {
        null => throw new ProblemException(RequestProblems.MissingField(field)),
        System.Text.Json.Nodes.JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw new ProblemException(RequestProblems.InvalidField(field)),
    };
}
