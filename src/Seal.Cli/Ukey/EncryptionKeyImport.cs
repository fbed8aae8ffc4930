using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using static Seal.Cli.Ukey.TokenCare;

namespace Seal.Cli.Ukey;

/// <summary>Ordering a pair of certificates for a key on a token, and bringing the key pair for encryption there, which the authority made.</summary>
internal static class EncryptionKeyImport
{
    /// <summary>Says a certification request (PKCS#10, PEM) of the key of a label, which is made if it is not there.</summary>
    public static void Request(TokenChoice choice, string label, SignatureAlgorithm algorithm)
    {
        using var opened = OpenToken.SignedIn(choice, label);
        var key = opened.FindSigner(label, algorithm) ?? opened.Token.GenerateSigner(label, algorithm);
        var request = CertificationRequest.Create(DistinguishedName.Of(new NameAttribute(NameAttributeTypes.SerialNumber, opened.Present.SerialNumber)), key);
        Console.Out.WriteLine(new string(System.Security.Cryptography.PemEncoding.Write("CERTIFICATE REQUEST", request.RawData.Span)));
    }

    /// <summary>Fetches the pair that belongs to a signing certificate, and writes the key for encryption and both certificates to the token.</summary>
    /// <exception cref="UkeyException">The service refuses, or there is no pair, or the token has another key.</exception>
    public static async Task ImportAsync(TokenChoice choice, ServiceChoice where, string label, string signing, CancellationToken cancellation)
    {
        using var opened = OpenToken.SignedIn(choice, label);
        using var service = await UkeyService.SignInAsync(where, cancellation);
        var pair = (await service.LookAsync($"/api/certificates/{Uri.EscapeDataString(signing)}", cancellation))["state"]?["pair"]?.GetValue<string>()
            ?? throw new UkeyException($"The certificate {signing} has no encryption certificate beside it: order a kind that is a pair.", isRefused: false);
        var own = await CertificateAsync(service, signing, cancellation);
        var key = opened.FindSigner(label, SignatureAlgorithm.Sm2Sm3)
            ?? throw new UkeyException($"{opened.Token} has no key '{label}'.", isRefused: false);
        if (!own.SubjectPublicKeyInfo.Span.SequenceEqual(key.SubjectPublicKeyInfo.Span))
        {
            throw new UkeyException($"The certificate {signing} is for another key than '{label}' on {opened.Token}: nothing was written to it.", isRefused: true);
        }

        Say("Fetching the encryption key …");
        using var envelope = new MemoryStream();
        await service.FetchAsync($"/api/certificates/{Uri.EscapeDataString(pair)}/encryption-key?for={Uri.EscapeDataString(signing)}", envelope, cancellation);
        opened.Token.ImportEncryptionKey(label, envelope.ToArray(), await CertificateAsync(service, pair, cancellation));
        opened.Token.WriteCertificate(label, own);
        Say($"{opened.Token} has the encryption key of certificate {pair} beside '{label}', and both certificates.");
    }

    private static async Task<Certificate> CertificateAsync(UkeyService service, string number, CancellationToken cancellation)
    {
        using var file = new MemoryStream();
        await service.FetchAsync($"/api/certificates/{Uri.EscapeDataString(number)}/file", file, cancellation);
        return Certificate.Parse(file.ToArray());
    }
}
