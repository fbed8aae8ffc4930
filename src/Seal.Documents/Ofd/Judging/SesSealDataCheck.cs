using Seal.Cryptography;
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
        (string, string)[] evidence =
        [
            ("sealId", seal.SealId),
            ("name", seal.Name),
            ("version", $"{seal.Version}"),
            ("validFrom", $"{seal.ValidFrom.ToUniversalTime():O}"),
            ("validUntil", $"{seal.ValidUntil.ToUniversalTime():O}"),
            ("sealFile", sealFile is null ? "none" : "present"),
            ("picture", Picture(seal.Picture, options, cancellation)),
        ];
        if (sealFile is { } file && !file.Span.SequenceEqual(seal.RawData.Span))
        {
            return Check.Failed(CheckName.SealData, "seal-file-differs", evidence);
        }

        Certificate maker;
        try
        {
            maker = Certificate.Parse(seal.MakerCertificate);
        }
        catch (DerFormatException error)
        {
            return Check.Failed(CheckName.SealData, "seal-maker-certificate-broken", [.. evidence, ("error", error.Message)]);
        }

        evidence = [.. evidence, ("maker", maker.Subject.ToString())];
        var value = SesTrust.JudgeSignature(SesStep.MakerSignature, seal.SignatureAlgorithmOid, maker, seal.SignedBytes.Span, seal.Signature.Span);
        return value.Reason == SesReason.SignatureWrong ? Check.Failed(CheckName.SealData, "seal-maker-signature-invalid", evidence)
            : !seal.Lists(signer) ? Check.Failed(CheckName.SealData, "seal-signer-not-listed", evidence)
            : seal.ValidUntil < seal.ValidFrom ? Check.Failed(CheckName.SealData, "seal-validity-reversed", evidence)
            : time.At < seal.ValidFrom ? Check.Failed(CheckName.SealData, "seal-not-yet-valid", evidence)
            : time.At > seal.ValidUntil ? Check.Failed(CheckName.SealData, "seal-expired", evidence)
            : value.Outcome != SesOutcome.Passed ? Check.Unknown(CheckName.SealData, "seal-maker-algorithm", [.. evidence, ("algorithm", seal.SignatureAlgorithmOid)])
            : time.At is null ? Check.Unknown(CheckName.SealData, "seal-time-unknown", evidence)
            : await OfMakerAsync(maker, time, pool, options, evidence, cancellation);
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
