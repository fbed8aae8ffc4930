using Seal.Cryptography.Keys;
using Seal.Cryptography.Timestamps;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Documents.Ses;
using Seal.Domain.Seals;
using Seal.Domain.Signings;
using Seal.Service.Keys;
using Seal.Service.Settings;
using Certificate = Seal.Cryptography.Certificates.Certificate;

namespace Seal.Service.Effects;

/// <summary>What signatures are like here: their form and names by the kind of key, and the level that is set.</summary>
public sealed partial class SealingDesk(
    ServiceSettings settings, Authorities authorities, Editions editions, ITimestampSource timestamps, IValidationMaterialSource material, ILogger<SealingDesk> log)
{
    private readonly SealingSettings _settings = settings.Sealing;

    /// <summary>How far signatures are to be provable.</summary>
    public SealStrength Strength { get; } = new()
    {
        Level = (PadesLevel)settings.Sealing.Level,
        Timestamps = timestamps,
        Material = material,
        LowerWhenUnavailable = settings.Sealing.WhenUnavailable == Unavailability.Lower,
    };

    /// <summary>How documents are made to last: at B-LTA always, with what is to be had of the certificates of other authorities.</summary>
    public SealStrength Lasting { get; } = new() { Level = PadesLevel.LTA, Timestamps = timestamps, Material = material, IncompleteMaterial = true };

    /// <summary>The names of a key's signatures.</summary>
    public SignatureNames NamesOf(SignatureAlgorithm algorithm) =>
        algorithm == SignatureAlgorithm.Sm2Sm3 ? new SignatureNames(_settings.Sm2Filter, _settings.Sm2SubFilter) : SignatureNames.Pades;

    /// <summary>The container of a signature, lacking digest and key.</summary>
    /// <param name="algorithm">How the key signs.</param>
    /// <param name="certificate">The key's certificate.</param>
    /// <param name="receipt">Where the signing is recorded.</param>
    /// <param name="seal">The seal.</param>
    /// <param name="edition">The edition of its data.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<SealContainer> ContainerAsync(
        SignatureAlgorithm algorithm, Certificate certificate, SealReceipt receipt, SealId seal, int edition, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(receipt);
        var format = algorithm == SignatureAlgorithm.Sm2Sm3 ? _settings.Sm2Format : SealFormat.Pades;
        return new DeviceSealing(algorithm)
        {
            Format = format,
            Certificate = certificate,
            Chain = authorities.IssuerOf(certificate).Certificates,
            ExtraSignedAttributes = [(SealReceipt.AttributeOid, receipt.Encode())],
            SealData = format == SealFormat.Ses ? SesSealData.Parse(await editions.GetAsync(seal, edition, cancellation)) : null,
            Strength = Strength,
        };
    }

    /// <summary>The level reached, as it is recorded; operators are told when it is lower than the one set.</summary>
    public SignatureLevel LevelOf(SealOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        if (outcome.Shortfall is { } why)
        {
            LogLower(outcome.Level, why);
        }

        return (SignatureLevel)outcome.Level;
    }

    /// <summary>Tells operators that a document was sealed at a lower level than the one set.</summary>
    public void TellLower(PadesLevel level, string why) => LogLower(level, why);

    /// <summary>What is answered when a time stamp or a revocation state could not be had; operators are told why.</summary>
    public SignatureFailed Unavailable(Exception why)
    {
        ArgumentNullException.ThrowIfNull(why);
        LogUnavailable(why.Message);
        return new SignatureFailed(why is TimestampException ? "timestamp-unavailable" : "revocation-state-unavailable");
    }

    [LoggerMessage(LogLevel.Warning, "Sealed at level {Level} only: {Reason}")]
    private partial void LogLower(PadesLevel level, string reason);

    [LoggerMessage(LogLevel.Error, "A document was not sealed: {Reason}")]
    private partial void LogUnavailable(string reason);
}
