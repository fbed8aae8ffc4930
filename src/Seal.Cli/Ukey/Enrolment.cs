using System.Text.Json.Nodes;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Documents.Ses;
using Seal.Tokens;
using static Seal.Cli.Ukey.TokenCare;

namespace Seal.Cli.Ukey;

/// <summary>Binds a token to a holding and takes it off again. The key pair of a seal bears the seal's number as its label.</summary>
internal static class Enrolment
{
    /// <summary>Makes a key on the token, unless it has one for this seal, and binds it.</summary>
    public static async Task EnrolAsync(TokenChoice choice, ServiceChoice service, string seal, SignatureAlgorithm algorithm, CancellationToken cancellation)
    {
        using var opened = OpenToken.SignedIn(choice, seal);
        if (opened.FindSigner(seal, algorithm) is not { } signer)
        {
            Say($"Making a key on {opened.Token} …");
            signer = opened.Token.GenerateSigner(seal, algorithm);
        }

        await BindAsync(opened, signer, service, seal, cancellation);
    }

    /// <summary>Binds the key that the token has for this seal.</summary>
    public static async Task BindAsync(TokenChoice choice, ServiceChoice service, string seal, SignatureAlgorithm algorithm, CancellationToken cancellation)
    {
        using var opened = OpenToken.SignedIn(choice, seal);
        var signer = opened.FindSigner(seal, algorithm)
            ?? throw new UkeyException($"{opened.Token} has no key for seal {seal}: seal ukey enrol makes one.", isRefused: false);
        await BindAsync(opened, signer, service, seal, cancellation);
    }

    /// <summary>Takes the token off a holding; the token itself is not needed for it.</summary>
    public static async Task UnbindAsync(ServiceChoice choice, string seal, string? person, bool lost, CancellationToken cancellation)
    {
        using var service = await UkeyService.SignInAsync(choice, cancellation);
        var holding = $"{seal}.{person ?? await MeAsync(service, cancellation)}";
        await UnbindAsync(service, holding, lost, cancellation);
        Say("The Ukey is taken off; its certificate is revoked.");
    }

    private static Task<JsonObject> UnbindAsync(UkeyService service, string holding, bool lost, CancellationToken cancellation) => service.GiveProvenAsync(
        $"/api/holdings/{Uri.EscapeDataString(holding)}/unbind-ukey", new JsonObject { ["lost"] = lost }, "UnbindUkey", $"holding/{holding}", cancellation);

    private static async Task BindAsync(OpenToken opened, ISigner signer, ServiceChoice choice, string seal, CancellationToken cancellation)
    {
        var (token, facts) = (opened.Token, opened.Present);
        var request = CertificationRequest.Create(DistinguishedName.Of(new NameAttribute(NameAttributeTypes.SerialNumber, facts.SerialNumber)), signer);
        using var service = await UkeyService.SignInAsync(choice, cancellation);
        var holding = $"{seal}.{await MeAsync(service, cancellation)}";
        Say("Asking for the certificate …");
        var body = new JsonObject
        {
            ["serialNumber"] = facts.SerialNumber,
            ["model"] = facts.Model,
            ["request"] = Convert.ToBase64String(request.RawData.Span),
        };
        var answer = await service.GiveProvenAsync($"/api/holdings/{Uri.EscapeDataString(holding)}/bind-ukey", body, "BindUkey", $"holding/{holding}", cancellation);
        var number = answer["events"]!.AsArray().Select(one => one!["stream"]!.GetValue<string>()).First(stream => stream.StartsWith("certificate/", StringComparison.Ordinal))["certificate/".Length..];
        try
        {
            await WriteAsync(token, signer, service, seal, number, cancellation);
        }
        catch (Exception half) when (half is not OperationCanceledException)
        {
            throw new UkeyException($"{half.Message} {await TakeBackAsync(service, holding, number)}", isRefused: false);
        }

        Say($"{token} is bound to {holding}: certificate {number}.");
    }

    private static async Task WriteAsync(IHolderDevice token, ISigner signer, UkeyService service, string seal, string number, CancellationToken cancellation)
    {
        var data = await DataAsync(service, seal, cancellation);
        var certificate = Find(data, number);
        if (!certificate.SubjectPublicKeyInfo.Span.SequenceEqual(signer.SubjectPublicKeyInfo.Span))
        {
            throw new UkeyException("The certificate is for another key than the one on the token: nothing was written to it.", isRefused: true);
        }

        token.WriteCertificate(seal, certificate);
        token.WriteData(seal, data.RawData.Span);
    }

    // A token that is bound and does not have its certificate would be neither here nor there.
    private static async Task<string> TakeBackAsync(UkeyService service, string holding, string number)
    {
        try
        {
            await UnbindAsync(service, holding, lost: false, CancellationToken.None);
            return "The Ukey was taken off again, its certificate revoked; the key is still on the token. Mend it, then: seal ukey bind.";
        }
        catch (Exception failed) when (failed is UkeyException or HttpRequestException or System.Text.Json.JsonException)
        {
            return $"Nor could the Ukey be taken off again ({failed.Message}): certificate {number} is in force, and not on the token. Take it off with seal ukey unbind, then: seal ukey bind.";
        }
    }

    private static async Task<string> MeAsync(UkeyService service, CancellationToken cancellation) =>
        (await service.LookAsync("/api/me", cancellation))["person"]!.GetValue<string>();

    private static async Task<SesSealData> DataAsync(UkeyService service, string seal, CancellationToken cancellation)
    {
        using var data = new MemoryStream();
        await service.FetchAsync($"/api/seals/{Uri.EscapeDataString(seal)}/data", data, cancellation);
        return SesSealData.Parse(data.ToArray());
    }

    // The seal data list every certificate that can sign with the seal.
    private static Certificate Find(SesSealData data, string number) =>
        data.SignerCertificates.Select(Certificate.Parse).FirstOrDefault(one => Convert.ToHexStringLower(one.SerialNumber.Span) == number)
        ?? throw new UkeyException($"The seal data do not list the certificate {number}: take the token off and bind it again.", isRefused: false);
}
