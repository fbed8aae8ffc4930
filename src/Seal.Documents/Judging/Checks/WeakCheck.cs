using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Cryptography.Cms;
using Seal.Cryptography.Keys;

namespace Seal.Documents.Judging;

/// <summary>
/// Signatures that rest on algorithms which prove nothing any more. They can still disprove: what does not even fit a
/// SHA-1 signature was tampered with.
/// </summary>
internal static class WeakCheck
{
    private static readonly DigestAlgorithm[] StrongInBare = [DigestAlgorithm.Sha256, DigestAlgorithm.Sha384, DigestAlgorithm.Sha512];

    /// <summary>A detached container.</summary>
    public static CryptographicCheck OfDetached(SignedBytes bytes, IReadOnlyList<long> range, CmsSignerInfo signer)
    {
        var weak = NotAccepted(signer);
        if (signer.Certificate is null || signer.WeakDigestAlgorithm is not { } algorithm)
        {
            return weak;
        }

        var verification = signer.VerifyWeak(bytes.Digest(range, algorithm));
        return Disproved(weak, CmsCheck.DigestMatches(signer, verification), verification.SignatureValid);
    }

    /// <summary>adbe.pkcs7.sha1 (ISO 32000-1 §12.8.3.3): the container encloses the SHA-1 digest of the file.</summary>
    public static CryptographicCheck OfEnclosed(SignedBytes bytes, IReadOnlyList<long> range, CmsContent content, CmsSignerInfo signer)
    {
        var enclosed = content.EncapsulatedContent!.Value;
        var matches = enclosed.Span.SequenceEqual(bytes.Digest(range, DigestAlgorithm.Sha1));
        var verification = signer.WeakDigestAlgorithm is { } weak ? signer.VerifyWeak(weak.HashData(enclosed.Span))
            : signer.DigestAlgorithm is { } algorithm ? signer.Verify(algorithm.HashData(enclosed.Span))
            : null;
        return Disproved(
            NotAccepted(signer),
            matches && verification is not { DigestMatches: false },
            signer.Certificate is null || verification is not { SignatureValid: false });
    }

    /// <summary>
    /// adbe.x509.rsa_sha1 (ISO 32000-1 §12.8.3.2): nothing but the RSA signature value, over a digest of the file. SHA-1 by its
    /// name; later versions of PDF permit stronger ones under the same name (table 257), and only the value tells which it is.
    /// </summary>
    public static CryptographicCheck OfBare(SignedBytes bytes, IReadOnlyList<long> range, ReadOnlyMemory<byte> signature, Certificate? signer)
    {
        (string, string)[] evidence = [("algorithm", "RSA with SHA-1")];
        CryptographicCheck weak = new(
            Check.Unknown(CheckName.Digest, "algorithm-not-accepted", evidence),
            Check.Unknown(CheckName.SignatureValue, signer is null ? "signer-certificate-missing" : "algorithm-not-accepted", evidence),
            ReadOnlyMemory<byte>.Empty);
        if (signer is null || IsOver(DigestAlgorithm.Sha1))
        {
            return weak;
        }

        foreach (var algorithm in StrongInBare.Where(IsOver))
        {
            (string, string)[] found = [("algorithm", $"RSA with {algorithm}")];
            return new CryptographicCheck(
                Check.Passed(CheckName.Digest, "digest-matches", found),
                Signatures.StrengthOf(signer.SubjectPublicKeyInfo).IsStrong
                    ? Check.Passed(CheckName.SignatureValue, "signature-valid", found)
                    : Check.Unknown(CheckName.SignatureValue, "algorithm-not-accepted", found),
                bytes.Digest(range, algorithm));
        }

        return Disproved(weak, digestMatches: false, valueFits: false);

        bool IsOver(DigestAlgorithm algorithm) => Signatures.VerifyDigest(
            new SignatureScheme(SignatureFamily.RsaPkcs1, algorithm), signer.SubjectPublicKeyInfo, bytes.Digest(range, algorithm), signature.Span);
    }

    /// <summary>Nothing can be said of the signature.</summary>
    public static CryptographicCheck NotAccepted(CmsSignerInfo signer)
    {
        (string, string)[] evidence = [("digestAlgorithm", signer.DigestAlgorithmOid), ("signatureAlgorithm", signer.SignatureAlgorithmOid)];
        return new CryptographicCheck(
            Check.Unknown(CheckName.Digest, "algorithm-not-accepted", evidence),
            Check.Unknown(CheckName.SignatureValue, "algorithm-not-accepted", evidence),
            ReadOnlyMemory<byte>.Empty);
    }

    private static CryptographicCheck Disproved(CryptographicCheck weak, bool digestMatches, bool valueFits) => weak with
    {
        Digest = digestMatches ? weak.Digest : Check.Failed(CheckName.Digest, "digest-differs", Evidence(weak.Digest)),
        Value = valueFits ? weak.Value : Check.Failed(CheckName.SignatureValue, "signature-invalid", Evidence(weak.Value)),
    };

    private static (string, string)[] Evidence(Check check) => [.. check.Evidence.Select(static item => (item.Key, item.Value))];
}
