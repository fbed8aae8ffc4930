using Seal.Cryptography.Algorithms;
using Seal.Cryptography.Certificates;
using Seal.Documents.Ofd;

namespace Seal.Documents.Judging;

/// <summary>Whether every protected file has the digest that Signature.xml gives, and Signature.xml the one that was signed.</summary>
internal static class OfdDigestCheck
{
    private const int NamesShown = 20;

    public static Check Of(OfdDigests digests, OfdSignature signature, OfdContainer container, Certificate? signer, ZipEntry? list)
    {
        var method = OfdCheckMethod.Of(signature.CheckMethod, signer);
        List<OfdReference> missing = [.. signature.References.Where(static reference => reference.File is null)];
        List<OfdReference> differing = method.Algorithm is { } algorithm
            ? [.. signature.References.Where(reference => reference.File is not null && !Matches(reference, algorithm))]
            : [];
        var bound = SignedDigestMatches(signature, container, signer);
        (string, string)[] evidence =
        [
            ("checkMethod", signature.CheckMethod ?? "none"),
            ("references", $"{signature.References.Count}"),
            ("signatureFile", Convert.ToHexStringLower(Sm3.HashData(signature.Content))),
            .. Named("missing", missing),
            .. Named("differing", differing),
        ];
        return bound == false ? Check.Failed(CheckName.Digest, "digest-signature-file-differs", evidence)
            : missing.Count > 0 ? Check.Failed(CheckName.Digest, "digest-file-missing", evidence)
            : differing.Count > 0 ? Check.Failed(CheckName.Digest, differing is [var only] && only.File == list ? "digest-list-changed" : "digest-differs", evidence)
            : method.Algorithm is null or DigestAlgorithm.Sha1 ? Check.Unknown(CheckName.Digest, "algorithm-not-accepted", evidence)
            : Check.Passed(CheckName.Digest, "digest-matches", evidence);

        bool Matches(OfdReference reference, DigestAlgorithm how) => reference.Digest is { } expected
            && method.Prefixes.Any(prefix => digests.Of(reference.File!, how, prefix) is { } actual && actual.AsSpan().SequenceEqual(expected));
    }

    /// <summary>
    /// Whether the seal's dataHash is that of Signature.xml: plain SM3, or as some vendors do it with the signer's SM2
    /// identity before it. Null where the container keeps no digest apart from its signature value.
    /// </summary>
    private static bool? SignedDigestMatches(OfdSignature signature, OfdContainer container, Certificate? signer)
    {
        if (container.Ses is not { } ses)
        {
            return container.Cms is null ? null : OfdSignatureValue.CmsDigestMatches(signature.Content, container.Cms);
        }

        return ses.DataHash.Span.SequenceEqual(Sm3.HashData(signature.Content))
            || (OfdCheckMethod.Identity(signer) is { } z && ses.DataHash.Span.SequenceEqual(Sm3.HashData([.. z, .. signature.Content])));
    }

    private static IEnumerable<(string, string)> Named(string name, List<OfdReference> references) =>
        references.Count > 0 ? [(name, string.Join(", ", references.Select(static reference => reference.Location).Take(NamesShown)))] : [];
}
