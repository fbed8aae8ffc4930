using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Domain.Deciding;
using Seal.Domain.Signings;

namespace Seal.EventModel.Tests.Http;

/// <summary>What the tokens of a scenario make: certification requests, and signatures over what was prepared for them.</summary>
public sealed class Ukeys
{
    // A key of 1024 bits is on the way to being broken; what holders sign with has 2048.
    private const int WeakBits = 1024;

    // secp256k1, as long as P-256 and used elsewhere, but by nobody for seals.
    private const string OtherCurve = "1.3.132.0.10";

    private SoftwareKey? _key;
    private string _toBeSigned = "";

    /// <summary>Takes note of what a device is to sign.</summary>
    public void Learn(IEvent happened)
    {
        if (happened is SigningPrepared prepared)
        {
            _toBeSigned = prepared.SignedAttributes;
        }
    }

    /// <summary>The certification request called so, of a new key, made on the token with a serial number.</summary>
    public string Request(string name, string token)
    {
        if (name == "of-other-curve")
        {
            using var stranger = ECDsa.Create(ECCurve.CreateFromValue(OtherCurve));
            return Convert.ToBase64String(new CertificateRequest($"serialNumber={token}", stranger, HashAlgorithmName.SHA256).CreateSigningRequest());
        }

        if (name == "of-compromised-key")
        {
            // The key of the request before, for which a certificate was issued and revoked.
            return Convert.ToBase64String(CertificationRequest.Create(DistinguishedName.Of(new NameAttribute(NameAttributeTypes.SerialNumber, token)), _key!).RawData.Span);
        }

        if (name is not ("good" or "of-other-token" or "tampered" or "weak" or "sm2"))
        {
            return name;
        }

        using var weak = RSA.Create(WeakBits);
        _key = name == "weak" ? SoftwareKey.ImportPkcs8(weak.ExportPkcs8PrivateKey(), SignatureAlgorithm.RsaPkcs1Sha256) : SoftwareKey.Generate(name == "sm2" ? SignatureAlgorithm.Sm2Sm3 : SignatureAlgorithm.EcdsaP256Sha256);
        var request = CertificationRequest.Create(DistinguishedName.Of(new NameAttribute(NameAttributeTypes.SerialNumber, token)), _key).RawData.ToArray();
        if (name == "tampered")
        {
            // Another serial number than the one that was signed.
            request[request.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(token))] ^= 1;
        }

        return Convert.ToBase64String(request);
    }

    /// <summary>The signature called so.</summary>
    public string Sign(string name)
    {
        if (name is not ("right" or "of-another-key"))
        {
            return name;
        }

        using var other = SoftwareKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        return Convert.ToBase64String((name == "right" ? _key! : other).Sign(Convert.FromBase64String(_toBeSigned)));
    }
}
