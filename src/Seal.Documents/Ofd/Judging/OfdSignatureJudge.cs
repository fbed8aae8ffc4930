using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Documents.Ofd;

namespace Seal.Documents.Judging;

/// <summary>Judges the signatures of one OFD.</summary>
internal sealed class OfdSignatureJudge
{
    private readonly OfdFile _file;
    private readonly JudgeOptions _options;
    private readonly OfdCoverage _coverage;
    private readonly OfdDigests _digests;
    private readonly EvidencePool _evidence;

    public OfdSignatureJudge(OfdFile file, IReadOnlyList<OfdSigned> signatures, JudgeOptions options)
    {
        (_file, _options) = (file, options);
        _coverage = new OfdCoverage(file, signatures);
        _digests = new OfdDigests(file.Package);
        _evidence = new EvidencePool(options.Intermediates, options.Revocation, options.RevocationSource);
        foreach (var cms in signatures.Select(static signed => signed.Container.Cms).OfType<Seal.Cryptography.Cms.CmsContent>())
        {
            _evidence.Add(cms);
        }
    }

    public async ValueTask<SignatureJudgement> JudgeAsync(OfdSigned signed, CancellationToken cancellation)
    {
        if (signed.Signature is not { } signature)
        {
            return OfdAnswer.Of(signed, null, null, [WithPackage(signed.Structure)], _options);
        }

        var container = signed.Container;
        var signer = container.Signer ?? FindOutside(signature, container);
        var digest = OfdDigestCheck.Of(_digests, signature, container, signer, signed.Listed.Body.SignatureList);
        var value = container.Structure.Result == CheckResult.Passed ? OfdSignatureValue.Of(signature.Content, container, signer) : Check.NotMade(CheckName.SignatureValue);
        var holds = digest.Result == CheckResult.Passed && value.Result == CheckResult.Passed;
        var finding = holds && _options.Register is { } register ? await register.FindAsync(Facts(signature, container, signer!), cancellation) : null;
        var time = await TimeAsync(signature, container, holds, finding, cancellation);
        (var changes, var later) = _coverage.Changes(signed);
        Check[] checks =
        [
            _coverage.Coverage(signed),
            changes,
            digest,
            value,
            holds ? await CertificateAsync(signer!, time, cancellation) : Check.NotMade(CheckName.Certificate),
            container.Ses is { } ses ? await SesSealDataCheck.OfAsync(ses, signer!, SealFile(signature), time, _evidence, _options, cancellation)
                : holds ? LedgerCheck.SealData(finding)
                : Check.NotMade(CheckName.SealData),
            time.Check,
            holds ? LedgerCheck.Ledger(finding) : Check.NotMade(CheckName.Ledger),
        ];

        // The package last, because reading all the rest may find more that is wrong with it.
        return OfdAnswer.Of(signed, signer, time, [WithPackage(signed.Structure), .. checks], _options) with { LaterChanges = later, Seal = finding?.Seal };
    }

    private async ValueTask<SigningTime> TimeAsync(
        OfdSignature signature, OfdContainer container, bool holds, RegisterFinding? finding, CancellationToken cancellation)
    {
        var claimed = OfdClaim.Of(signature, container);
        if (!holds)
        {
            return SigningTime.Claim(claimed);
        }

        ReadOnlyMemory<byte>[] tokens = container.Ses is { } ses ? ses.TimeStamp is { } only ? [only] : [] : [.. container.Cms?.Signers[0].SignatureTimeStamps ?? []];
        var stamped = container.Ses?.Signature ?? container.Cms?.Signers[0].Signature ?? ReadOnlyMemory<byte>.Empty;
        List<TimestampProof> own = [];
        foreach (var token in tokens)
        {
            own.Add(await TimestampProof.OverAsync(token, stamped, _options.Clock.GetUtcNow(), _evidence, _options, cancellation));
        }

        return SigningTime.Of(own, null, finding, claimed);
    }

    /// <summary>A certificate that says it is not for signing cannot become good by a root that is found later.</summary>
    private async ValueTask<Check> CertificateAsync(Certificate signer, SigningTime time, CancellationToken cancellation) =>
        signer.KeyUsage is { } usage && (usage & (KeyUsages.DigitalSignature | KeyUsages.NonRepudiation)) == 0
            ? Check.Failed(CheckName.Certificate, "certificate-key-usage", ("concerning", signer.Subject.ToString()), ("keyUsage", $"{usage}"))
            : await CertificateCheck.OfAsync(signer, time, _evidence, _options, cancellation);

    private ReadOnlyMemory<byte>? SealFile(OfdSignature signature)
    {
        if (signature.SealFile is not { } entry)
        {
            return null;
        }

        try
        {
            return _file.Package.ReadAll(entry, _options.OfdLimits.MaxSignatureBytes, nameof(OfdLimits.MaxSignatureBytes));
        }
        catch (OfdFormatException error) when (error.Code == OfdProblem.Damaged)
        {
            return ReadOnlyMemory<byte>.Empty; // there, but not what was put there: it will differ
        }
    }

    /// <summary>A defect of the package lets readers see another document than the one judged: then no signature in it has a form to rely on.</summary>
    private Check WithPackage(Check structure)
    {
        var package = _file.Package;
        SortedDictionary<string, string> evidence = new(structure.Evidence.ToDictionary(), StringComparer.Ordinal);
        if (package.Notes.Count > 0)
        {
            evidence["notes"] = string.Join("; ", package.Notes.Take(20));
        }

        if (package.Defects is not [var first, ..])
        {
            return structure with { Evidence = evidence };
        }

        evidence["defects"] = string.Join("; ", package.Defects.Select(static defect => $"{defect.Code}: {defect.What}").Distinct().Take(20));
        return Check.Failed(CheckName.Structure, first.Code) with { Evidence = evidence };
    }

    /// <summary>For a signature without a certificate: the one among those at hand whose key made it.</summary>
    private Certificate? FindOutside(OfdSignature signature, OfdContainer container)
    {
        Certificate[] known = [.. _options.TrustAnchors, .. _options.Intermediates];
        return container switch
        {
            { Bare: not null } => known.FirstOrDefault(certificate => OfdSignatureValue.VerifiesBare(signature.Content, container, certificate)),
            { Cms.Signers: [var info] } => known.FirstOrDefault(info.Names),
            _ => null,
        };
    }

    private static SignatureFacts Facts(OfdSignature signature, OfdContainer container, Certificate signer) => new()
    {
        Receipt = container.Receipt,
        DigestAlgorithm = DigestAlgorithm.Sm3,
        SignedBytesDigest = Sm3.HashData(signature.Content),
        ContainerDigest = DigestAlgorithm.Sha256.HashData(container.Encoded.Span),
        SignerSerialNumber = signer.SerialNumberText.ToLowerInvariant(),
        SignerThumbprint = signer.Thumbprint,
        ClaimedTime = OfdClaim.Of(signature, container),
    };
}
