using Seal.Documents.Pdf;

namespace Seal.Documents.Judging;

/// <summary>
/// Judges the signatures of a PDF by nine checks. Whatever the file is, the answer is a <see cref="Judgement"/> or a
/// <see cref="PdfFormatException"/>, within the limits' time and memory; nothing of it is executed, and nothing it names is
/// fetched unless <see cref="JudgeOptions.RevocationSource"/> does.
/// </summary>
public static class PdfJudge
{
    /// <summary>Judges a document.</summary>
    /// <param name="document">Readable and seekable; read from position 0.</param>
    /// <param name="options">By what.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="PdfFormatException">The file cannot be read, with a code of <see cref="PdfProblem"/>.</exception>
    public static Task<Judgement> JudgeAsync(Stream document, JudgeOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(options);

        // Reading at random positions blocks, and a hostile file takes its seconds: not on the caller's thread.
        return Task.Run(() => JudgeHereAsync(document, options, cancellation), cancellation);
    }

    private static async Task<Judgement> JudgeHereAsync(Stream document, JudgeOptions options, CancellationToken cancellation)
    {
        var file = PdfFile.OpenRepairing(document, options.Limits, cancellation);
        var signatures = PdfSignature.FindAll(file);
        if (signatures.Count == 0)
        {
            file.RequireReadableTail();
        }

        using SignedBytes bytes = new(file);
        CoverageCheck coverage = new(file);
        ChangesCheck changes = new(file);
        ExaminedSignature[] examined = [.. signatures.Select(signature => ExaminedSignature.Of(file, bytes, signature, coverage, changes))];
        var evidence = EvidenceOf(file, examined, options);
        var timestamps = await DocumentTimestamps.JudgeAsync(examined, evidence, options, cancellation);
        SignatureJudge judge = new(evidence, timestamps, signatures.Count == 0 ? null : ShownPlaces.In(file), options);
        List<SignatureJudgement> judged = [];
        foreach (var signature in examined)
        {
            judged.Add(await judge.JudgeAsync(signature, cancellation));
        }

        (var verdict, var sub) = VerdictTable.Of(judged);
        return new Judgement
        {
            File = options.FileName,
            Digest = $"sha256:{Convert.ToHexStringLower(bytes.DigestOfFile())}",
            Verdict = verdict,
            SubIndication = sub,
            Signatures = judged,
        };
    }

    private static EvidencePool EvidenceOf(PdfFile file, IEnumerable<ExaminedSignature> signatures, JudgeOptions options)
    {
        EvidencePool evidence = new(options.Intermediates, options.Revocation, options.RevocationSource);
        evidence.Add(ValidationData.Of(file.Newest));
        foreach (var content in signatures.Select(signature => signature.Container.Content))
        {
            if (content is not null)
            {
                evidence.Add(content);
            }
        }

        return evidence;
    }
}
