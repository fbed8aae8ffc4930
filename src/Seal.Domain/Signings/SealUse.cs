using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Issuers;
using Seal.Domain.Seals;

namespace Seal.Domain.Signings;

/// <summary>The rules of using a seal, whoever has the key.</summary>
internal static class SealUse
{
    /// <summary>Why a holding may not sign now; <c>null</c> when it may.</summary>
    internal static Rejection? WhyNot(ElectronicSeal seal, Holding holding, Certificate certificate, Issuer issuer, DateTimeOffset now) => holding.Status switch
    {
        HoldingStatus.None => HoldingRejections.HolderUnknown,
        _ when seal.WhyNotUsable(now) is { } refused => refused,
        HoldingStatus.Withdrawn => HoldingRejections.HoldingWithdrawn,
        HoldingStatus.Offered => HoldingRejections.HoldingNotClaimed,
        HoldingStatus.Unbound => UkeyRejections.UkeyNotBound,
        _ when now < holding.From => HoldingRejections.HoldingNotYetValid,
        _ when holding.Until <= now => HoldingRejections.HoldingExpired,
        _ when (certificate.WhyNotInForce(now) ?? issuer.WhyNotInForce(certificate)) is { } refused => refused,
        _ => null,
    };

    /// <summary>Why a key cannot sign a document of this format; <c>null</c> when it can.</summary>
    internal static Rejection? WhyNotFor(DocumentFormat format, Holding holding) =>
        format == DocumentFormat.Ofd && holding.Algorithm != KeyAlgorithm.Sm2 ? DocumentRejections.OfdNeedsSm2 : null;

    /// <summary>Why the Ukey of a holding may not sign now; <c>null</c> when it may.</summary>
    internal static Rejection? WhyNotOnUkey(ElectronicSeal seal, Holding right, Holding ukey, Certificate certificate, Issuer issuer, DateTimeOffset now) => right.Status switch
    {
        HoldingStatus.None => HoldingRejections.HolderUnknown,
        _ when seal.WhyNotUsable(now) is { } refused => refused,
        HoldingStatus.Withdrawn => HoldingRejections.HoldingWithdrawn,
        HoldingStatus.Offered => HoldingRejections.HoldingNotClaimed,
        _ when ukey.Status == HoldingStatus.None => UkeyRejections.UkeyNotBound,
        _ => WhyNot(seal, ukey, certificate, issuer, now),
    };
}
