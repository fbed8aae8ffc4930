using Seal.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;

namespace Seal.Service.Keys;

/// <summary>Certification requests as they come from holders and their devices.</summary>
internal static class HolderRequests
{
    /// <summary>Reads a request, DER in base64; <c>null</c> when it is none.</summary>
    public static CertificationRequest? Read(string base64)
    {
        var der = new byte[base64.Length];
        try
        {
            return Convert.TryFromBase64String(base64, der, out var length) ? CertificationRequest.Parse(der.AsMemory(0, length)) : null;
        }
        catch (DerFormatException)
        {
            return null;
        }
    }

    /// <summary>Why nothing is certified on a request, whatever its name; <c>null</c> when it is in order.</summary>
    public static Rejection? WhyNot(CertificationRequest? request) => request switch
    {
        null => RequestRejections.RequestMalformed,
        // First: whether a key of a kind that is not known signed it, nobody here can tell.
        _ when AlgorithmOf(request) is null => RequestRejections.RequestKeyUnfit,
        { IsSigned: false } => RequestRejections.RequestNotSigned,
        _ => null,
    };

    /// <summary>The algorithm of the key in a request; <c>null</c> for one that holders do not sign with.</summary>
    public static KeyAlgorithm? AlgorithmOf(CertificationRequest request) => request.KeyAlgorithm switch
    {
        SignatureAlgorithm.EcdsaP256Sha256 => KeyAlgorithm.EcdsaP256,
        SignatureAlgorithm.RsaPkcs1Sha256 => KeyAlgorithm.Rsa2048,
        SignatureAlgorithm.Sm2Sm3 => KeyAlgorithm.Sm2,
        _ => null,
    };
}
