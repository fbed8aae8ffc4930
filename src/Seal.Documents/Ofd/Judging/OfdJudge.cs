using System.Security.Cryptography;
using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Documents.Ofd;

namespace Seal.Documents.Judging;

/// <summary>
/// Judges the signatures of an OFD by nine checks. Whatever the file is, the answer is a <see cref="Judgement"/> or an
/// <see cref="OfdFormatException"/>, within the limits' time and memory; nothing of it is executed, fetched or extracted.
/// </summary>
public static class OfdJudge
{
    /// <summary>Judges a document.</summary>
    /// <param name="document">Readable and seekable; read from position 0.</param>
    /// <param name="options">By what.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OfdFormatException">The file cannot be read, with a code of <see cref="OfdProblem"/>.</exception>
    public static Task<Judgement> JudgeAsync(Stream document, JudgeOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(options);

        // Reading at random positions blocks, and a hostile file takes its seconds: not on the caller's thread.
        return Task.Run(() => JudgeHereAsync(document, options, cancellation), cancellation);
    }

    private static async Task<Judgement> JudgeHereAsync(Stream document, JudgeOptions options, CancellationToken cancellation)
    {
        var file = OfdFile.Open(document, options.OfdLimits, cancellation);
        RequireList(file);
        var signatures = OfdSigned.ReadAll(file);
        OfdCoverage coverage = new(file, signatures);
        OfdDigests digests = new(file.Package);
        List<SignatureJudgement> judged = [];
        foreach (var signed in signatures)
        {
            judged.Add(await JudgeAsync(file, signed, coverage, digests, options, cancellation));
        }

        document.Position = 0;
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(document, cancellation));
        (var verdict, var sub) = VerdictTable.Of(judged);
        return new Judgement
        {
            File = options.FileName,
            Digest = $"sha256:{digest}",
            Verdict = verdict,
            SubIndication = sub,
            Signatures = judged,
        };
    }

    /// <summary>A list that is named but cannot be found must not make a signed document look like one that was never signed.</summary>
    private static void RequireList(OfdFile file)
    {
        if (file.Bodies.FirstOrDefault(static body => body.SignaturesLocation is not null && body.SignatureList is null) is { } body)
        {
            throw OfdFormatException.Damaged($"the list of signatures, {body.SignaturesLocation}, is not in the package");
        }
    }

    private static async Task<SignatureJudgement> JudgeAsync(
        OfdFile file, OfdSigned signed, OfdCoverage coverage, OfdDigests digests, JudgeOptions options, CancellationToken cancellation)
    {
        if (signed.Signature is not { } signature)
        {
            return OfdAnswer.Of(file, signed, null, null, [WithPackage(file, signed.Structure)], options);
        }

        var container = signed.Container;
        var signer = container.Signer ?? FindOutside(signature, container, options);
        var isRead = container.Structure.Result == CheckResult.Passed;
        var digest = OfdDigestCheck.Of(digests, signature, container, signer, signed.Listed.Body.SignatureList);
        var value = isRead ? OfdSignatureValue.Of(signature.Content, container, signer) : OfdAnswer.NotChecked(CheckName.SignatureValue);
        var holds = digest.Result == CheckResult.Passed && value.Result == CheckResult.Passed;
        var finding = holds && options.Register is { } register
            ? await register.FindAsync(Facts(signature, container, signer!), cancellation)
            : null;
        var time = OfdTime.Of(signature, container, holds, finding, options);
        (var changes, var later) = coverage.Changes(signed);
        Check[] checks =
        [
            coverage.Coverage(signed),
            changes,
            digest,
            value,
            holds ? SignerCertificateCheck.Of(signer!, container.Cms?.Certificates ?? [], time, options) : OfdAnswer.NotChecked(CheckName.Certificate),
            SealData(file, signature, container, time, holds, finding, options),
            time.Check,
            holds ? LedgerCheck.Ledger(finding) : OfdAnswer.NotChecked(CheckName.Ledger),
        ];
        // Last, because reading all the rest may find more that is wrong with the package.
        return OfdAnswer.Of(file, signed, signer, time, [WithPackage(file, signed.Structure), .. checks], options) with { LaterChanges = later, Seal = finding?.Seal };
    }

    private static Check SealData(
        OfdFile file, OfdSignature signature, OfdContainer container, OfdTime time, bool holds, RegisterFinding? finding, JudgeOptions options)
    {
        if (container.Ses is not { } ses)
        {
            return holds ? LedgerCheck.SealData(finding) : OfdAnswer.NotChecked(CheckName.SealData);
        }

        ReadOnlyMemory<byte>? sealFile = null;
        if (signature.SealFile is { } entry)
        {
            try
            {
                sealFile = file.Package.ReadAll(entry, options.OfdLimits.MaxSignatureBytes, nameof(OfdLimits.MaxSignatureBytes));
            }
            catch (OfdFormatException error) when (error.Code == OfdProblem.Damaged)
            {
                sealFile = ReadOnlyMemory<byte>.Empty; // there, but not what was put there
            }
        }

        return SesSealDataCheck.Of(ses, container.Signer!, sealFile, time, options);
    }

    /// <summary>A defect of the package lets readers see another document than the one judged: then no signature in it has a form to rely on.</summary>
    private static Check WithPackage(OfdFile file, Check structure)
    {
        (string, string)[] notes = file.Package.Notes.Count > 0 ? [("notes", string.Join("; ", file.Package.Notes.Take(20)))] : [];
        return file.Package.Defects is [var first, ..]
            ? Check.Failed(CheckName.Structure, first.Code, [.. notes, ("defects", string.Join("; ", file.Package.Defects.Select(static defect => $"{defect.Code}: {defect.What}").Distinct().Take(20)))])
            : structure with { Evidence = new SortedDictionary<string, string>(structure.Evidence.Concat(notes.Select(static note => KeyValuePair.Create(note.Item1, note.Item2))).ToDictionary(), StringComparer.Ordinal) };
    }

    /// <summary>For a signature without a certificate: the one among those at hand whose key made it.</summary>
    private static Certificate? FindOutside(OfdSignature signature, OfdContainer container, JudgeOptions options)
    {
        Certificate[] known = [.. options.TrustAnchors, .. options.Intermediates];
        return container switch
        {
            { Bare: not null } => known.FirstOrDefault(certificate => OfdSignatureValue.VerifiesBare(signature.Content, container, certificate)),
            { Cms.Signers: [var info] } => known.FirstOrDefault(info.Names),
            _ => null,
        };
    }

    private static SignatureFacts Facts(OfdSignature signature, OfdContainer container, Certificate signer) => new()
    {
        Receipt = Receipt(container),
        DigestAlgorithm = DigestAlgorithm.Sm3,
        SignedBytesDigest = Sm3.HashData(signature.Content),
        ContainerDigest = DigestAlgorithm.Sha256.HashData(container.Encoded.Span),
        SignerSerialNumber = signer.SerialNumberText.ToLowerInvariant(),
        SignerThumbprint = signer.Thumbprint,
        ClaimedTime = OfdTime.Claimed(signature, container),
    };

    private static SealReceipt? Receipt(OfdContainer container) =>
        container.Ses?.Extensions.FirstOrDefault(static extension => extension.Oid == SealReceipt.AttributeOid) is { } extension ? SealReceipt.Decode(extension.Value)
        : container.Cms?.Signers[0].SignedAttributes.FirstOrDefault(static attribute => attribute.Oid == SealReceipt.AttributeOid) is { Values: [var value] } ? SealReceipt.Decode(value)
        : null;
}
