using Seal.Cryptography.Certificates;
using Seal.Documents.Ofd;
using Seal.Documents.Ses;

namespace Seal.Documents.Judging;

/// <summary>
/// Whether the seal inside a seal's signature is genuine, lists the signer and was in force (GB/T 38540 §7.3, GM/T 0031 §6.2.3).
/// </summary>
internal static class SesSealDataCheck
{
    /// <param name="ses">The seal's signature.</param>
    /// <param name="signer">The signer's certificate.</param>
    /// <param name="sealFile">What the document keeps beside it as Seal.esl; null when it keeps none.</param>
    /// <param name="time">When it was signed.</param>
    /// <param name="pool">What the maker's certificate is validated with.</param>
    /// <param name="options">Whom to trust, and what time it is.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async ValueTask<Check> OfAsync(
        SesSignature ses, Certificate signer, ReadOnlyMemory<byte>? sealFile, SigningTime time, EvidencePool pool, JudgeOptions options, CancellationToken cancellation)
    {
        var seal = ses.SealData;
        (string, string)[] evidence = [.. Evidence(seal, options, cancellation), ("sealFile", sealFile is null ? "none" : "present")];
        if (sealFile is { } file && !file.Span.SequenceEqual(seal.RawData.Span))
        {
            return Check.Failed(CheckName.SealData, "seal-file-differs", evidence);
        }

        if (Maker(seal, ref evidence, out var value) is not { } maker)
        {
            return Check.Failed(CheckName.SealData, "seal-maker-certificate-broken", evidence);
        }

        return value.Reason == SesReason.SignatureWrong ? Check.Failed(CheckName.SealData, "seal-maker-signature-invalid", evidence)
            : !seal.Lists(signer) ? Check.Failed(CheckName.SealData, "seal-signer-not-listed", evidence)
            : seal.ValidUntil < seal.ValidFrom ? Check.Failed(CheckName.SealData, "seal-validity-reversed", evidence)
            : time.At < seal.ValidFrom ? Check.Failed(CheckName.SealData, "seal-not-yet-valid", evidence)
            : time.At > seal.ValidUntil ? Check.Failed(CheckName.SealData, "seal-expired", evidence)
            : value.Outcome != SesOutcome.Passed ? Check.Unknown(CheckName.SealData, "seal-maker-algorithm", [.. evidence, ("algorithm", seal.SignatureAlgorithmOid)])
            : time.At is null ? Check.Unknown(CheckName.SealData, "seal-time-unknown", evidence)
            : await OfMakerAsync(maker, time, pool, options, evidence, cancellation);
    }

    /// <summary>A seal that comes without a signature: whether it is genuine, and in force today.</summary>
    /// <param name="seal">The seal.</param>
    /// <param name="pool">What the maker's certificate is validated with.</param>
    /// <param name="options">Whom to trust, and what time it is.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async ValueTask<Check> OfLooseAsync(SesSealData seal, EvidencePool pool, JudgeOptions options, CancellationToken cancellation)
    {
        var evidence = Evidence(seal, options, cancellation);
        if (Maker(seal, ref evidence, out var value) is not { } maker)
        {
            return Check.Failed(CheckName.SealData, "seal-maker-certificate-broken", evidence);
        }

        var now = options.Clock.GetUtcNow();
        return value.Reason == SesReason.SignatureWrong ? Check.Failed(CheckName.SealData, "seal-maker-signature-invalid", evidence)
            : seal.ValidUntil < seal.ValidFrom ? Check.Failed(CheckName.SealData, "seal-validity-reversed", evidence)
            : value.Outcome != SesOutcome.Passed ? Check.Unknown(CheckName.SealData, "seal-maker-algorithm", [.. evidence, ("algorithm", seal.SignatureAlgorithmOid)])
            : now < seal.ValidFrom || now > seal.ValidUntil ? Check.Unknown(CheckName.SealData, "seal-not-in-force", evidence)
            : await OfMakerAsync(maker, SigningTime.Claim(now), pool, options, evidence, cancellation);
    }

    private static (string, string)[] Evidence(SesSealData seal, JudgeOptions options, CancellationToken cancellation) =>
    [
        ("sealId", seal.SealId),
        ("name", seal.Name),
        ("version", $"{seal.Version}"),
        ("validFrom", $"{seal.ValidFrom.ToUniversalTime():O}"),
        ("validUntil", $"{seal.ValidUntil.ToUniversalTime():O}"),
        ("picture", Picture(seal.Picture, options, cancellation)),
    ];

    /// <summary>The maker's certificate and whether its key signed the seal; null when it cannot be read, and then the evidence says why.</summary>
    private static Certificate? Maker(SesSealData seal, ref (string, string)[] evidence, out SesFinding value)
    {
        value = SesSealVerification.ReadCertificate(seal.MakerCertificate, out var maker);
        if (maker is null)
        {
            evidence = [.. evidence, ("error", value.Detail ?? "")];
            return null;
        }

        value = SesTrust.JudgeSignature(SesStep.MakerSignature, seal.SignatureAlgorithmOid, maker, seal.SignedBytes.Span, seal.Signature.Span);
        evidence = [.. evidence, ("maker", maker.Subject.ToString()), ("makerSignature", value.Outcome == SesOutcome.Passed ? "valid" : $"{value.Reason}")];
        return maker;
    }

    /// <summary>
    /// What the seal is shown by. A picture that is an OFD (a whole package inside the seal) is only looked at from outside: what it holds is
    /// never opened, so that nothing in it can be a document with seals of its own.
    /// </summary>
    private static string Picture(SesPicture picture, JudgeOptions options, CancellationToken cancellation)
    {
        var told = $"{picture.Type}, {picture.WidthMm} x {picture.HeightMm} mm";
        if (!picture.Type.Equals("ofd", StringComparison.OrdinalIgnoreCase))
        {
            return told;
        }

        try
        {
            using MemoryStream nested = new(picture.Data.ToArray(), writable: false);
            var package = OfdPackage.Open(nested, options.OfdLimits, cancellation);
            return package.Find(OfdFile.RootName) is null ? $"{told}; not an OFD document" : $"{told}; an OFD document of {package.Files.Count()} files, handed on as it is and not drawn here";
        }
        catch (OfdFormatException error)
        {
            return $"{told}; cannot be read: {error.Code}";
        }
    }

    /// <summary>The maker's certificate as of the signing, and where nothing proves that time, also as of now.</summary>
    private static async ValueTask<Check> OfMakerAsync(
        Certificate maker, SigningTime time, EvidencePool pool, JudgeOptions options, (string, string)[] evidence, CancellationToken cancellation)
    {
        var result = await pool.ValidateAsync(maker, options.SealMakerAnchors, time.At!.Value, KeyPurpose.SealMaking, cancellation);
        if (result.IsOk && !time.IsProven)
        {
            result = await pool.ValidateAsync(maker, options.SealMakerAnchors, options.Clock.GetUtcNow(), KeyPurpose.SealMaking, cancellation);
        }

        var (code, failed) = result.Status switch
        {
            PathStatus.Ok => ("seal-data-ok", false),
            PathStatus.NoChain or PathStatus.TooComplex => ("seal-maker-no-chain", false),
            PathStatus.Expired when time.IsProven => ("seal-maker-expired", true),
            PathStatus.NotYetValid when time.IsProven => ("seal-maker-not-yet-valid", true),
            PathStatus.Revoked when time.IsProven => ("seal-maker-revoked", true),
            PathStatus.Expired or PathStatus.NotYetValid => ("seal-maker-out-of-bounds-unproven", false),
            PathStatus.Revoked => ("seal-maker-revoked-unproven", false),
            PathStatus.RevocationUnknown => ("seal-maker-revocation-unknown", false),
            PathStatus.BadKeyUsage when result.Concerning.Equals(maker) => ("seal-maker-key-usage", true),
            _ => ("seal-maker-path-rules", false),
        };
        return result.IsOk ? Check.Passed(CheckName.SealData, code, evidence)
            : failed ? Check.Failed(CheckName.SealData, code, evidence)
            : Check.Unknown(CheckName.SealData, code, [.. evidence, ("concerning", result.Concerning.Subject.ToString())]);
    }
}
