using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Cms;
using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>Digest and signature value of one signature.</summary>
/// <param name="Digest">The digest check's row.</param>
/// <param name="Value">The signature value check's row.</param>
/// <param name="SignedBytesDigest">The digest of the signed bytes; empty when its algorithm is not accepted.</param>
internal sealed record CryptographicCheck(Check Digest, Check Value, ReadOnlyMemory<byte> SignedBytesDigest)
{
    public bool Holds => Digest.Result == CheckResult.Passed && Value.Result == CheckResult.Passed;

    public static CryptographicCheck Of(PdfFile file, PdfSignature signature, SignatureContainer container)
    {
        var signer = container.Signer!;
        var overBytes = container.Timestamp is { } stamp ? stamp.Info.MessageImprint.Algorithm : signer.DigestAlgorithm;
        var detached = container.Timestamp is not null || container.Content!.EncapsulatedContent is null;
        if (overBytes is not { } algorithm || signer.DigestAlgorithm is null || signer.Scheme is null || !detached)
        {
            return NotAccepted(file, signature, signer, detached);
        }

        var digest = SignedBytes.Digest(file, signature.ByteRange!, algorithm);
        (string, string)[] evidence = [("algorithm", $"{algorithm}"), ("digest", Convert.ToHexStringLower(digest))];

        // In a timestamp the signer signs the statement, and the statement names the digest of the bytes.
        ReadOnlySpan<byte> signed = container.Timestamp is null
            ? digest
            : signer.DigestAlgorithm.Value.HashData(container.Content!.EncapsulatedContent!.Value.Span);
        var verification = signer.Verify(signed);
        var matches = container.Timestamp is { } token ? token.Info.MessageImprint.Digest.Span.SequenceEqual(digest) : DigestMatches(signer, verification);
        return new CryptographicCheck(
            matches ? Check.Passed(CheckName.Digest, "digest-matches", evidence) : Check.Failed(CheckName.Digest, "digest-differs", evidence),
            ValueOf(container, signer, verification, signature.SubFilter),
            digest);
    }

    /// <summary>Without signed attributes the signature itself is over the digest, and tells both at once.</summary>
    private static bool DigestMatches(CmsSignerInfo signer, CmsVerification verification) =>
        verification.DigestMatches && (signer.SignedAttributes.Count > 0 || signer.Certificate is null || verification.SignatureValid);

    private static Check ValueOf(SignatureContainer container, CmsSignerInfo signer, CmsVerification verification, string? subFilter)
    {
        (string, string)[] evidence = [("algorithm", signer.SignatureAlgorithmOid)];
        if (signer.Certificate is null)
        {
            return Check.Unknown(CheckName.SignatureValue, "signer-certificate-missing", evidence);
        }

        var failure = !verification.SignatureValid ? "signature-invalid"
            : !verification.ContentTypeMatches ? "content-type-differs"
            : container.Timestamp is not null && !verification.DigestMatches ? "signature-invalid"
            : verification.SigningCertificateAttributeMatches == false ? "signing-certificate-differs"
            : verification.SigningCertificateAttributeMatches is null && (container.Timestamp is not null || subFilter == "ETSI.CAdES.detached") ? "signing-certificate-absent"
            : null;
        return failure is null
            ? Check.Passed(CheckName.SignatureValue, "signature-valid", evidence)
            : Check.Failed(CheckName.SignatureValue, failure, evidence);
    }

    /// <summary>
    /// An algorithm that proves nothing any more can still disprove: what does not even fit a SHA-1 signature was
    /// tampered with.
    /// </summary>
    private static CryptographicCheck NotAccepted(PdfFile file, PdfSignature signature, CmsSignerInfo signer, bool detached)
    {
        (string, string)[] evidence = [("digestAlgorithm", signer.DigestAlgorithmOid), ("signatureAlgorithm", signer.SignatureAlgorithmOid)];
        var digest = Check.Unknown(CheckName.Digest, "algorithm-not-accepted", evidence);
        var value = Check.Unknown(CheckName.SignatureValue, "algorithm-not-accepted", evidence);
        if (detached && signer.Certificate is not null && signer.WeakDigestAlgorithm is { } weak)
        {
            var verification = signer.VerifyWeak(SignedBytes.Digest(file, signature.ByteRange!, weak));
            digest = DigestMatches(signer, verification) ? digest : Check.Failed(CheckName.Digest, "digest-differs", evidence);
            value = verification.SignatureValid ? value : Check.Failed(CheckName.SignatureValue, "signature-invalid", evidence);
        }

        return new CryptographicCheck(digest, value, ReadOnlyMemory<byte>.Empty);
    }
}
