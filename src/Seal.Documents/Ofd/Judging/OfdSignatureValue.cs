using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Cms;
using Seal.Cryptography.Keys;
using Seal.Documents.Ses;

namespace Seal.Documents.Judging;

/// <summary>Whether the signer's key made the signature value, for every kind of container.</summary>
internal static class OfdSignatureValue
{
    public static Check Of(byte[] signatureFile, OfdContainer container, Certificate? signer)
    {
        if (container.Ses is { } ses)
        {
            var finding = SesTrust.JudgeSignature(SesStep.SignatureValue, ses.SignatureAlgorithmOid, signer!, ses.TbsBytes.Span, ses.Signature.Span);
            return finding.Reason == SesReason.AlgorithmNotAccepted
                ? Check.Unknown(CheckName.SignatureValue, "algorithm-not-accepted", ("algorithm", ses.SignatureAlgorithmOid))
                : Row(finding.Outcome == SesOutcome.Passed ? null : "signature-invalid", ses.SignatureAlgorithmOid);
        }

        if (container.Cms is { Signers: [var info] } cms)
        {
            return signer is null
                ? Check.Unknown(CheckName.SignatureValue, "signer-certificate-missing", ("algorithm", info.SignatureAlgorithmOid))
                : OfCms(signatureFile, cms, info, signer);
        }

        return signer is null
            ? Check.Unknown(CheckName.SignatureValue, "signer-certificate-missing", ("container", "a signature value alone, without a certificate"))
            : Row(VerifiesBare(signatureFile, container, signer) ? null : "signature-invalid", SignatureAlgorithm.Sm2Sm3.Oid());
    }

    /// <summary>Whether a bare signature value is this certificate's key's, over Signature.xml itself.</summary>
    public static bool VerifiesBare(byte[] signatureFile, OfdContainer container, Certificate certificate) =>
        container.Bare is { } value && Signatures.Verify(SignatureAlgorithm.Sm2Sm3, certificate.SubjectPublicKeyInfo, signatureFile, value.Span);

    /// <summary>
    /// Whether the container is about Signature.xml: by its message digest attribute, and where it encloses content, that
    /// is the file or (as OFD software does it) the file's digest. Null when only the signature value can tell.
    /// </summary>
    public static bool? CmsDigestMatches(byte[] signatureFile, CmsContent cms)
    {
        if (cms.Signers[0] is not { DigestAlgorithm: { } algorithm } signer)
        {
            return null;
        }

        var digest = algorithm.HashData(signatureFile);
        if (cms.EncapsulatedContent is { } content && !content.Span.SequenceEqual(digest) && !content.Span.SequenceEqual(signatureFile))
        {
            return false;
        }

        return signer.SignedAttributes.Count > 0 ? Accounts(digest, cms, algorithm).Any(account => signer.Verify(account).DigestMatches) : null;
    }

    private static Check OfCms(byte[] signatureFile, CmsContent cms, CmsSignerInfo info, Certificate signer)
    {
        if (info.DigestAlgorithm is not { } algorithm || info.Scheme is not { } scheme)
        {
            return Check.Unknown(CheckName.SignatureValue, "algorithm-not-accepted", ("algorithm", info.SignatureAlgorithmOid));
        }

        var digest = algorithm.HashData(signatureFile);
        var best = Accounts(digest, cms, algorithm).Select(account => info.Verify(account, signer)).MaxBy(static verification => (verification.DigestMatches ? 2 : 0) + (verification.SignatureValid ? 1 : 0))!;

        // GB/T 35275 leaves open whether SM2 without attributes signs the file or its digest: both occur.
        var isOverFile = info.SignedAttributes.Count == 0 && !best.SignatureValid && scheme.Family == SignatureFamily.Sm2
            && Signatures.Verify(scheme, signer.SubjectPublicKeyInfo, signatureFile, info.Signature.Span);
        (var isKnown, var isStrong) = Signatures.StrengthOf(signer.SubjectPublicKeyInfo);
        if (!isKnown || (!isStrong && best.SignatureValid))
        {
            return Check.Unknown(CheckName.SignatureValue, "algorithm-not-accepted", ("algorithm", info.SignatureAlgorithmOid));
        }

        return Row(
            !best.SignatureValid && !isOverFile ? "signature-invalid"
            : !best.ContentTypeMatches ? "content-type-differs"
            : best.SigningCertificateAttributeMatches == false ? "signing-certificate-differs"
            : null,
            info.SignatureAlgorithmOid);
    }

    /// <summary>The message digest is the file's; or that of the enclosed digest of the file.</summary>
    private static IEnumerable<byte[]> Accounts(byte[] digest, CmsContent cms, DigestAlgorithm algorithm) =>
        cms.EncapsulatedContent is { } content && content.Span.SequenceEqual(digest) ? [digest, algorithm.HashData(digest)] : [digest];

    private static Check Row(string? failure, string algorithm) => failure is null
        ? Check.Passed(CheckName.SignatureValue, "signature-valid", ("algorithm", algorithm))
        : Check.Failed(CheckName.SignatureValue, failure, ("algorithm", algorithm));
}
