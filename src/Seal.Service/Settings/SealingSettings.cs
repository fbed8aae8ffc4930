using Seal.Documents.Pdf;
using Seal.Domain.Signings;

namespace Seal.Service.Settings;

/// <summary>What signatures in documents are like, and how long they can be proven.</summary>
public sealed record SealingSettings
{
    /// <summary>How far signatures can be proven later, without this service.</summary>
    public SignatureLevel Level { get; init; } = SignatureLevel.Timestamped;

    /// <summary>What happens when a time stamp or a revocation state cannot be had.</summary>
    public Unavailability WhenUnavailable { get; init; } = Unavailability.Refuse;

    /// <summary>What SM2 keys make in PDFs: <see cref="SealFormat.GmSignedData"/> or <see cref="SealFormat.Ses"/>.</summary>
    public SealFormat Sm2Format { get; init; } = SealFormat.GmSignedData;

    /// <summary>The value of <c>/Filter</c> of SM2 signatures.</summary>
    public string Sm2Filter { get; init; } = SignatureNames.Sm2.Filter;

    /// <summary>The value of <c>/SubFilter</c> of SM2 signatures.</summary>
    public string Sm2SubFilter { get; init; } = SignatureNames.Sm2.SubFilter;
}

/// <summary>What happens when a time stamp or a revocation state cannot be had.</summary>
public enum Unavailability
{
    /// <summary>The document is not sealed.</summary>
    Refuse,

    /// <summary>It is sealed at a lower level, which is recorded.</summary>
    Lower,
}
