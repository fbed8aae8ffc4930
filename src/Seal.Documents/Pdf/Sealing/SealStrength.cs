using Seal.Cryptography.Timestamps;

namespace Seal.Documents.Pdf;

/// <summary>The baseline levels of EN 319 142-1 §6: how long and by what a signature can be proven.</summary>
public enum PadesLevel
{
    /// <summary>B-B: the signature alone; its time is only claimed.</summary>
    B,

    /// <summary>B-T: a time stamp proves when it existed.</summary>
    T,

    /// <summary>B-LT: the certificates and their revocation state lie in the file, too.</summary>
    LT,

    /// <summary>B-LTA: a document time stamp over all of it, which can be renewed for ever.</summary>
    LTA,
}

/// <summary>How far a signature is to be provable later, and with whose help.</summary>
public sealed record SealStrength
{
    /// <summary>B-B: needs nobody's help.</summary>
    public static SealStrength Basic { get; } = new();

    /// <summary>What is wanted.</summary>
    public PadesLevel Level { get; init; }

    /// <summary>Where time stamps come from; needed from B-T on.</summary>
    public ITimestampSource? Timestamps { get; init; }

    /// <summary>Where certificates, lists and answers come from; needed from B-LT on.</summary>
    public IValidationMaterialSource? Material { get; init; }

    /// <summary>
    /// What happens when a time stamp or a revocation state cannot be had: true completes the seal at the level reached so far,
    /// which <see cref="SealOutcome.Level"/> states; false refuses.
    /// </summary>
    public bool LowerWhenUnavailable { get; init; }

    /// <summary>
    /// What happens when an issuer or a revocation state is missing for single certificates, such as those of somebody else's signature:
    /// true takes what there is and names the rest in <see cref="ExtensionOutcome.Shortfall"/>; false ends below B-LT.
    /// </summary>
    public bool IncompleteMaterial { get; init; }

    /// <summary>The source of time stamps as far as the level uses one.</summary>
    internal ITimestampSource? SignatureTimestamps => Level == PadesLevel.B ? null : Stamper;

    internal ITimestampSource Stamper => Timestamps ?? throw new InvalidOperationException($"Level {Level} needs a source of time stamps.");

    internal IValidationMaterialSource Collector => Material ?? throw new InvalidOperationException($"Level {Level} needs a source of revocation states.");
}

/// <summary>What came of a sealing.</summary>
/// <param name="FieldName">The name of the signature field.</param>
/// <param name="ByteRange">The four numbers of <c>/ByteRange</c>.</param>
/// <param name="Container">The signature container as it is in the file, DER without padding, its time stamp included.</param>
/// <param name="Level">The level reached.</param>
/// <param name="StampedAt">What the signature's time stamp states (UTC); null without one.</param>
/// <param name="Shortfall">Why the level is lower than was wanted, for operators; null when it is not.</param>
public sealed record SealOutcome(
    string FieldName, IReadOnlyList<long> ByteRange, ReadOnlyMemory<byte> Container, PadesLevel Level, DateTimeOffset? StampedAt, string? Shortfall);
