using System.Security.Cryptography;
using Seal.Cryptography.Keys;

namespace Seal.Tokens;

/// <summary>Tries a device profile on a token before anybody relies on it.</summary>
internal static class ProfileTest
{
    /// <summary>Enough that some r or s has a leading zero byte or not, and a profile right only by chance is found out.</summary>
    private const int Signings = 8;

    /// <exception cref="TokenException">The profile does not fit the token, and why.</exception>
    public static void Run(Token token, DeviceProfile profile, DeviceEntry? entry)
    {
        var recipe = SigningRecipe.Of(SignatureAlgorithm.Sm2Sm3, profile, token.ToString());
        try
        {
            if (entry is not null)
            {
                Try(token, profile, TokenSigner.Open(token, entry, recipe, SignatureAlgorithm.Sm2Sm3));
            }
            else
            {
                TryOnNewKeys(token, profile, recipe);
            }
        }
        catch (TokenException failure) when (failure.Failure is TokenFailure.Unsupported or TokenFailure.Refused && failure.Code.Length > 0)
        {
            throw Refusal(token, profile, failure.Message[(failure.Token.Length + 2)..].TrimEnd('.'));
        }
    }

    private static void TryOnNewKeys(Token token, DeviceProfile profile, SigningRecipe recipe)
    {
        var label = "seal-profile-test-" + RandomNumberGenerator.GetHexString(8, lowercase: true);
        try
        {
            Try(token, profile, TokenSigner.Make(token, label, recipe, SignatureAlgorithm.Sm2Sm3, rsaBits: 0));
        }
        finally
        {
            TokenSigner.Destroy(token, label);
        }
    }

    private static void Try(Token token, DeviceProfile profile, TokenSigner signer)
    {
        for (var i = 0; i < Signings; i++)
        {
            var message = RandomNumberGenerator.GetBytes(1 + (i * 31));
            if (!Signatures.Verify(SignatureAlgorithm.Sm2Sm3, signer.SubjectPublicKeyInfo, message, signer.Sign(message)))
            {
                throw Refusal(token, profile, "a signature made by it does not verify; check its input, output, curve and identity");
            }
        }
    }

    private static TokenException Refusal(Token token, DeviceProfile profile, string reason) =>
        new(token.ToString(), TokenFailure.Unsupported, $"the device profile '{profile.Name}' does not fit: {reason}");
}
