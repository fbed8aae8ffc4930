using System.Security.Claims;
using Seal.Service.Vault;

namespace Seal.Service.SignIn;

/// <summary>A bearer of a token outlives nobody: whoever was erased since they signed in is not signed in any more.</summary>
public static class ErasedBearers
{
    /// <summary>Takes the sign-in from bearers whose person was erased.</summary>
    public static void UseErasedBearers(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var vault = http.RequestServices.GetRequiredService<VaultStore>();
        if (http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } person
            && await vault.Persons.StateAsync(person, http.RequestAborted) == PersonKeyState.Destroyed)
        {
            http.User = new ClaimsPrincipal(new ClaimsIdentity());
        }

        await next(http);
    });
}
