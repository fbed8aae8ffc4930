using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Cms;
using Seal.Cryptography.Keys;
using Seal.Cryptography.Timestamps;

namespace Seal.Documents.Judging;

/// <summary>Digest and value of CMS and GB/T 35275 containers.</summary>
internal static class CmsCheck
{
    private const string Pades = "ETSI.CAdES.detached";

    public static CryptographicCheck Of(SignedBytes bytes, IReadOnlyList<long> range, CmsContent content, CmsSignerInfo signer, string? subFilter)
    {
        if (signer.DigestAlgorithm is not { } algorithm || signer.Scheme is null)
        {
            return WeakCheck.OfDetached(bytes, range, signer);
        }

        var digest = bytes.Digest(range, algorithm);
        var enclosed = content.EncapsulatedContent;
        var verification = signer.Verify(digest);
        if (enclosed is { } octets && !verification.DigestMatches)
        {
            // GB/T 35275 as some software writes it: the file's digest is the content, and what is signed is the digest of that.
            verification = signer.Verify(algorithm.HashData(octets.Span));
        }

        if (enclosed is null && signer is { SignedAttributes.Count: 0, Scheme.Family: SignatureFamily.Sm2, Certificate: { } own } && !verification.SignatureValid)
        {
            verification = signer.VerifySm2(bytes.Sm3Digest(Sm2Digest.Z(own.SubjectPublicKeyInfo, Sm2Digest.DefaultIdentity), range));
        }

        var matches = (enclosed is not { } held || held.Span.SequenceEqual(digest)) && DigestMatches(signer, verification);
        return new CryptographicCheck(
            Digest(matches, algorithm, digest),
            Value(signer, verification, namesSigner: subFilter == Pades),
            digest);
    }

    /// <summary>In a time stamp the signer signs the statement, and the statement names the digest of the bytes.</summary>
    public static CryptographicCheck OfTimestamp(
        SignedBytes bytes, IReadOnlyList<long> range, TimestampToken token, CmsContent content, CmsSignerInfo signer)
    {
        if (token.Info.MessageImprint.Algorithm is not { } algorithm || signer.DigestAlgorithm is not { } over || signer.Scheme is null)
        {
            return WeakCheck.NotAccepted(signer);
        }

        var digest = bytes.Digest(range, algorithm);
        var verification = signer.Verify(over.HashData(content.EncapsulatedContent!.Value.Span));
        var value = Value(signer, verification, namesSigner: true);
        return new CryptographicCheck(
            Digest(token.Info.MessageImprint.Is(algorithm, digest), algorithm, digest),
            value.Result == CheckResult.Passed && !verification.DigestMatches ? Check.Failed(CheckName.SignatureValue, "signature-invalid") : value,
            digest);
    }

    /// <summary>Without signed attributes the signature itself is over the digest, and tells both at once.</summary>
    internal static bool DigestMatches(CmsSignerInfo signer, CmsVerification verification) =>
        verification.DigestMatches && (signer.SignedAttributes.Count > 0 || signer.Certificate is null || verification.SignatureValid || !IsKnown(signer));

    private static bool IsKnown(CmsSignerInfo signer) => signer.Certificate is not { } certificate || Signatures.StrengthOf(certificate.SubjectPublicKeyInfo).IsKnown;

    private static Check Digest(bool matches, DigestAlgorithm algorithm, byte[] digest)
    {
        (string, string)[] evidence = [("algorithm", $"{algorithm}"), ("digest", Convert.ToHexStringLower(digest))];
        return matches ? Check.Passed(CheckName.Digest, "digest-matches", evidence) : Check.Failed(CheckName.Digest, "digest-differs", evidence);
    }

    private static Check Value(CmsSignerInfo signer, CmsVerification verification, bool namesSigner)
    {
        (string, string)[] evidence = [("algorithm", signer.SignatureAlgorithmOid)];
        if (signer.Certificate is null)
        {
            return Check.Unknown(CheckName.SignatureValue, "signer-certificate-missing", evidence);
        }

        (var isKnown, var isStrong) = Signatures.StrengthOf(signer.Certificate.SubjectPublicKeyInfo);
        if (!isKnown)
        {
            return Check.Unknown(CheckName.SignatureValue, "algorithm-not-accepted", evidence);
        }

        var failure = !verification.SignatureValid ? "signature-invalid"
            : !verification.ContentTypeMatches ? "content-type-differs"
            : verification.SigningCertificateAttributeMatches == false ? "signing-certificate-differs"
            : verification.SigningCertificateAttributeMatches is null && namesSigner ? "signing-certificate-absent"
            : null;
        return failure is not null ? Check.Failed(CheckName.SignatureValue, failure, evidence)
            : isStrong ? Check.Passed(CheckName.SignatureValue, "signature-valid", evidence)
            : Check.Unknown(CheckName.SignatureValue, "algorithm-not-accepted", evidence);
    }
}
