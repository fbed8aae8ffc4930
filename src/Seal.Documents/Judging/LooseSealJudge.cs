using Seal.Cryptography;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Documents.Ses;

namespace Seal.Documents.Judging;

/// <summary>
/// Judges a seal (Seal.esl) or a seal's signature (SignedValue.dat) that comes by itself: GB/T 38540 and GM/T 0031, versions 1, 4 and 5.
/// Maker, signer, keys and times are judged as in a document; what was sealed is not there to be compared, so nothing of this kind
/// passes, and nothing that is genuine fails.
/// </summary>
internal sealed class LooseSealJudge
{
    private const string Alone = "signed-data-missing";

    private readonly JudgeOptions _options;
    private readonly EvidencePool _evidence;

    private LooseSealJudge(JudgeOptions options) =>
        (_options, _evidence) = (options, new EvidencePool(options.Intermediates, options.Revocation, options.RevocationSource));

    /// <summary>Judges it, if the whole file is one element of DER that begins as a seal does.</summary>
    /// <param name="file">Readable and seekable.</param>
    /// <param name="options">By what.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The answer; null when it is anything else.</returns>
    public static async Task<Judgement?> TryJudgeAsync(Stream file, JudgeOptions options, CancellationToken cancellation)
    {
        if (file.Length == 0 || file.Length > options.OfdLimits.MaxSignatureBytes)
        {
            return null;
        }

        var content = new byte[file.Length];
        file.Position = 0;
        await file.ReadExactlyAsync(content, cancellation);
        file.Position = 0;
        if (!SesContainer.LooksLike(content) || !IsWhole(content))
        {
            return null;
        }

        var judged = await new LooseSealJudge(options).JudgeAsync(content, cancellation);
        return new Judgement
        {
            File = options.FileName,
            Digest = $"sha256:{Convert.ToHexStringLower(DigestAlgorithm.Sha256.HashData(content))}",
            Verdict = judged.Verdict,
            SubIndication = judged.SubIndication,
            Signatures = [judged],
        };
    }

    private static bool IsWhole(byte[] content)
    {
        try
        {
            return SesContainer.WithoutPadding(content).Length == content.Length;
        }
        catch (DerFormatException)
        {
            return false;
        }
    }

    private async ValueTask<SignatureJudgement> JudgeAsync(byte[] content, CancellationToken cancellation)
    {
        try
        {
            return await OfSealAsync(SesSealData.Parse(content), cancellation);
        }
        catch (SesFormatException notASeal)
        {
            try
            {
                return await OfSignatureAsync(SesSignature.Parse(content), cancellation);
            }
            catch (SesFormatException notASignature)
            {
                return Answer(
                    SignatureKind.Unknown, null, null, null,
                    [Check.Failed(CheckName.Structure, "container-broken", ("asSeal", notASeal.Message), ("asSignature", notASignature.Message))]);
            }
        }
    }

    private async ValueTask<SignatureJudgement> OfSealAsync(SesSealData seal, CancellationToken cancellation)
    {
        var structure = Check.Passed(CheckName.Structure, "container-ok", ("format", "SESeal"), ("version", $"{seal.Version}"));
        var check = await SesSealDataCheck.OfLooseAsync(seal, _evidence, _options, cancellation);
        var isGenuine = check.Result == CheckResult.Passed || (check.Result == CheckResult.Unknown && check.Reason.Code != "seal-maker-algorithm");
        return Answer(SignatureKind.SealData, null, null, OfdAnswer.Describe(seal, isGenuine), [structure, check]);
    }

    private async ValueTask<SignatureJudgement> OfSignatureAsync(SesSignature ses, CancellationToken cancellation)
    {
        Certificate signer;
        try
        {
            signer = Certificate.Parse(ses.SignerCertificate);
        }
        catch (DerFormatException error)
        {
            return Answer(SignatureKind.SesSignature, null, null, null, [Check.Failed(CheckName.Structure, "container-certificate-broken", ("error", error.Message))]);
        }

        var structure = Check.Passed(CheckName.Structure, "container-ok", ("format", "SES_Signature"), ("version", $"{ses.SealData.Version}"));
        var value = SesValueCheck.Value(ses, signer);
        if (value.Result != CheckResult.Passed)
        {
            return Answer(SignatureKind.SesSignature, signer, SigningTime.Claim(ses.SignedAt), OfdAnswer.Describe(ses.SealData, holds: false), [structure, value]);
        }

        List<TimestampProof> own = [];
        if (ses.TimeStamp is { } token)
        {
            own.Add(await TimestampProof.OverAsync(token, ses.Signature, _options.Clock.GetUtcNow(), _evidence, _options, cancellation));
        }

        var time = SigningTime.Of(own, null, null, ses.SignedAt);
        Check[] checks =
        [
            structure,
            value,
            await CertificateCheck.OfAsync(signer, time, _evidence, _options, cancellation),
            await SesSealDataCheck.OfAsync(ses, signer, null, time, _evidence, _options, cancellation),
            time.Check,
        ];
        return Answer(SignatureKind.SesSignature, signer, time, OfdAnswer.Describe(ses.SealData, holds: true), checks);
    }

    private SignatureJudgement Answer(SignatureKind kind, Certificate? signer, SigningTime? time, SealDataFacts? seal, IReadOnlyList<Check> checks)
    {
        Check[] all = [.. Enum.GetValues<CheckName>().Select(name => checks.FirstOrDefault(check => check.Name == name) ?? Check.Unknown(name, Alone))];
        (var verdict, var sub) = VerdictTable.Of(all, _options.RequireLedger);
        return new SignatureJudgement
        {
            Id = seal?.SealId ?? "",
            Kind = kind,
            Verdict = verdict,
            SubIndication = sub,
            Signer = signer is null ? null : OfdAnswer.Describe(signer),
            SignedAt = time?.At,
            TimeSource = time?.Source ?? TimeSource.None,
            Seal = null,
            Checks = all,
            LaterChanges = [],
            SignedLength = null,
            SealData = seal,
        };
    }
}
