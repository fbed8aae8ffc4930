using Seal.Cryptography;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Service.Commands;
using Seal.Service.Keys;

namespace Seal.Service.Effects;

/// <summary>Certifies a key that was made on a holder's token, and makes the edition of the seal that lists the certificate.</summary>
public sealed class CertifyUkeyHandler(CertificateDesk certificates, Editions editions) : EffectHandler<CertifyUkey>
{
    /// <inheritdoc/>
    protected override async Task<IOutcome> PerformAsync(CertifyUkey effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        var request = Read(effect.Request);
        if (WhyNot(request, effect.SerialNumber) is { } refused)
        {
            return new RequestUnfit(refused.Code);
        }

        var algorithm = AlgorithmOf(request!.KeyAlgorithm)!.Value;
        var certificate = await certificates.IssueAsync(
            effect.Holding, effect.Seal, effect.Organisation, algorithm, request.SubjectPublicKeyInfo, effect.NotAfter, work, cancellation);
        var edition = await editions.MakeAsync(effect.Seal, effect.Edition, effect.NotAfter, [certificate], effect.OtherSigners.Values, work, cancellation);
        return new UkeyCertified(CertificateDesk.IdOf(certificate), CertificateDesk.DigestOf(certificate), certificate.NotAfter, algorithm, edition);
    }

    private static Rejection? WhyNot(CertificationRequest? request, string serialNumber) => request switch
    {
        null => RequestRejections.RequestMalformed,
        { IsSigned: false } => RequestRejections.RequestNotSigned,
        _ when request.Subject.Find(NameAttributeTypes.SerialNumber) != serialNumber => RequestRejections.RequestForOtherToken,
        _ when AlgorithmOf(request.KeyAlgorithm) is null => RequestRejections.RequestKeyUnfit,
        _ => null,
    };

    private static CertificationRequest? Read(string base64)
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

    private static KeyAlgorithm? AlgorithmOf(SignatureAlgorithm? algorithm) => algorithm switch
    {
        SignatureAlgorithm.EcdsaP256Sha256 => KeyAlgorithm.EcdsaP256,
        SignatureAlgorithm.RsaPkcs1Sha256 => KeyAlgorithm.Rsa2048,
        SignatureAlgorithm.Sm2Sm3 => KeyAlgorithm.Sm2,
        _ => null,
    };
}
