using System.Text.Json;
using System.Text.Json.Nodes;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Documents.Judging;
using static Seal.Cli.Ukey.TokenCare;

namespace Seal.Cli.Ukey;

/// <summary>What is to be sealed, and where.</summary>
/// <param name="File">The document, PDF or OFD.</param>
/// <param name="Output">Where the sealed one goes.</param>
/// <param name="Seal">The seal's number.</param>
/// <param name="Page">The page, from 1; 0 when only the further places count.</param>
/// <param name="XMm">The impression's left edge from the page's left edge, in millimetres.</param>
/// <param name="YMm">The impression's upper edge from the page's upper edge, in millimetres.</param>
/// <param name="Further">Further places, a JSON array as the service takes it; none when absent.</param>
/// <param name="Certify">1 to 3 closes the document so far; null leaves it open.</param>
internal sealed record UkeySealRequest(string File, string Output, string Seal, int Page, decimal XMm, decimal YMm, string? Further, int? Certify);

/// <summary>Seals a document: the service prepares it, the token signs, the service finishes it.</summary>
internal static class UkeySigning
{
    public static async Task SignAsync(TokenChoice choice, ServiceChoice where, UkeySealRequest asked, CancellationToken cancellation)
    {
        var further = FurtherOf(asked.Further);
        await using var source = File.OpenRead(asked.File);
        var isOfd = await FileJudge.IsPackageAsync(source, cancellation);
        using var opened = OpenToken.Open(choice);
        var certificate = opened.Token.ReadCertificate(asked.Seal);
        RequireFit(opened, certificate, asked.Seal, isOfd);
        opened.SignIn(asked.Seal);
        using var service = where.Account is null ? await WithTokenAsync(opened, certificate, where, asked.Seal, cancellation) : await UkeyService.SignInAsync(where, cancellation);
        Say($"Uploading {asked.File} …");
        var document = await service.UploadAsync(source, isOfd ? "application/ofd" : "application/pdf", cancellation);
        Say("Preparing …");
        var prepared = await service.GiveAsync(
            "/api/signings/prepare",
            new JsonObject { ["seal"] = asked.Seal, ["document"] = document, ["page"] = asked.Page, ["xMm"] = asked.XMm, ["yMm"] = asked.YMm, ["further"] = further, ["certify"] = asked.Certify },
            cancellation);
        var signing = prepared["id"]!.GetValue<string>();
        var toSign = prepared["toSign"]!;
        var signer = opened.FindSigner(asked.Seal, AlgorithmOf(toSign["algorithm"]!.GetValue<string>()))
            ?? throw new UkeyException($"{opened.Token} has no key for seal {asked.Seal}: it is not the token that was bound.", isRefused: false);
        Say($"Signing on {opened.Token} …");
        var signature = signer.Sign(Convert.FromBase64String(toSign["signedAttributes"]!.GetValue<string>()));
        var done = await service.GiveAsync($"/api/signings/{signing}/complete", new JsonObject { ["signature"] = Convert.ToBase64String(signature) }, cancellation);
        await FetchAsync(service, $"/api/signings/{signing}/document", asked.Output, cancellation);
        Say($"{asked.Output} is sealed: signing {signing}, position {done["position"]} in the ledger.");
    }

    // Before the PIN is asked: a certificate is no secret, and a PIN not to be given in vain.
    private static void RequireFit(OpenToken opened, Certificate? certificate, string seal, bool isOfd)
    {
        if (certificate is null || Signatures.AlgorithmOf(certificate.SubjectPublicKeyInfo) is not { } algorithm)
        {
            return; // the service knows what is bound, and says what is wrong
        }

        if (isOfd && algorithm != SignatureAlgorithm.Sm2Sm3)
        {
            throw new UkeyException(
                $"ofd-needs-sm2: {opened.Token} has a key of another kind for seal {seal}, and an OFD document is sealed with SM2 (GB/T 38540). Take the token off with seal ukey unbind, then enrol one with --algorithm sm2.",
                isRefused: true);
        }

        opened.RequireAble(algorithm);
    }

    private static JsonNode? FurtherOf(string? text)
    {
        try
        {
            return text is null ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            throw new UkeyException("--further is no JSON.", isRefused: false);
        }
    }

    /// <summary>The algorithm that the service, or the user, calls so.</summary>
    /// <exception cref="UkeyException">The token cannot do it.</exception>
    public static SignatureAlgorithm AlgorithmOf(string name) => name switch
    {
        "ecdsa-p256" => SignatureAlgorithm.EcdsaP256Sha256,
        "rsa2048" => SignatureAlgorithm.RsaPkcs1Sha256,
        "sm2" => SignatureAlgorithm.Sm2Sm3,
        _ => throw new UkeyException($"Tokens are not asked for signatures of the kind {name} here.", isRefused: false),
    };

    private static Task<UkeyService> WithTokenAsync(OpenToken opened, Certificate? certificate, ServiceChoice where, string seal, CancellationToken cancellation)
    {
        if (certificate is null || Signatures.AlgorithmOf(certificate.SubjectPublicKeyInfo) is not { } algorithm || opened.FindSigner(seal, algorithm) is not { } key)
        {
            throw new UkeyException($"{opened.Token} has no key and certificate for seal {seal} to sign in with: seal ukey enrol binds it, or say with --account who you are.", isRefused: false);
        }

        Say($"Signing in with {opened.Token} …");
        return UkeyService.SignInAsync(where, key, certificate, cancellation);
    }

    /// <summary>Fetches a file, beside its place first: what stands there is whole or not there at all.</summary>
    public static async Task FetchAsync(UkeyService service, string path, string output, CancellationToken cancellation)
    {
        var partial = $"{output}.part";
        await using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write))
        {
            await service.FetchAsync(path, file, cancellation);
        }

        File.Move(partial, output, overwrite: true);
    }
}
