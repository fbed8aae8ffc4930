using Seal.Cryptography.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Service.Commands;
using Seal.Service.Keys;

namespace Seal.Service.Effects;

/// <summary>Certifies a key that was made on a holder's token, and makes the edition of the seal that lists the certificate.</summary>
public sealed class CertifyUkeyHandler(CertificateDesk certificates, CompromisedKeys compromised, Editions editions) : EffectHandler<CertifyUkey>
{
    /// <inheritdoc/>
    protected override async Task<IOutcome> PerformAsync(CertifyUkey effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        var request = HolderRequests.Read(effect.Request);
        if (WhyNot(request, effect.SerialNumber) is { } refused)
        {
            return new RequestUnfit(refused.Code);
        }

        if (await compromised.ContainsAsync(request!.SubjectPublicKeyInfo, cancellation))
        {
            return new RequestUnfit(RequestRejections.RequestKeyCompromised.Code);
        }

        var algorithm = HolderRequests.AlgorithmOf(request)!.Value;
        var certificate = await certificates.IssueAsync(
            effect.Holding, effect.Seal, effect.Organisation, algorithm, request.SubjectPublicKeyInfo, effect.NotAfter, work, cancellation);
        var edition = await editions.MakeAsync(effect.Seal, effect.Edition, effect.NotAfter, [certificate], effect.OtherSigners.Values, work, cancellation);
        return new UkeyCertified(CertificateDesk.IdOf(certificate), CertificateDesk.DigestOf(certificate), certificate.NotAfter, algorithm, edition, certificates.IssuerOf(certificate));
    }

    private static Rejection? WhyNot(CertificationRequest? request, string serialNumber) => HolderRequests.WhyNot(request) switch
    {
        { } refused when refused.Code != RequestRejections.RequestKeyUnfit.Code => refused,
        _ when request!.Subject.Find(NameAttributeTypes.SerialNumber) != serialNumber => RequestRejections.RequestForOtherToken,
        var refused => refused,
    };
}
