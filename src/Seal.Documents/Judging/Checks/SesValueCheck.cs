using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Documents.Ses;

namespace Seal.Documents.Judging;

/// <summary>Digest and value of a seal's signature (GB/T 38540, GM/T 0031) over a PDF: dataHash is SM3 of the covered bytes.</summary>
internal static class SesValueCheck
{
    public static CryptographicCheck Of(SignedBytes bytes, IReadOnlyList<long> range, SesSignature ses, Certificate signer)
    {
        var digest = bytes.Digest(range, DigestAlgorithm.Sm3);
        (string, string)[] hash = [("algorithm", $"{DigestAlgorithm.Sm3}"), ("digest", Convert.ToHexStringLower(digest))];
        return new CryptographicCheck(
            ses.DataHash.Span.SequenceEqual(digest)
                ? Check.Passed(CheckName.Digest, "digest-matches", hash)
                : Check.Failed(CheckName.Digest, "digest-differs", hash),
            Value(ses, signer),
            digest);
    }

    /// <summary>Whether the signer's key made the signature value.</summary>
    public static Check Value(SesSignature ses, Certificate signer)
    {
        (string, string)[] algorithm = [("algorithm", ses.SignatureAlgorithmOid)];
        var value = SesTrust.JudgeSignature(SesStep.SignatureValue, ses.SignatureAlgorithmOid, signer, ses.TbsBytes.Span, ses.Signature.Span);
        return value.Outcome switch
        {
            SesOutcome.Passed => Check.Passed(CheckName.SignatureValue, "signature-valid", algorithm),
            SesOutcome.Unknown => Check.Unknown(CheckName.SignatureValue, "algorithm-not-accepted", algorithm),
            _ when value.Reason == SesReason.AlgorithmNotAccepted => Check.Unknown(CheckName.SignatureValue, "algorithm-not-accepted", algorithm),
            _ => Check.Failed(CheckName.SignatureValue, "signature-invalid", algorithm),
        };
    }
}
