using System.Security.Cryptography;
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
        OfdSignatureJudge judge = new(file, signatures, options);
        List<SignatureJudgement> judged = [];
        foreach (var signed in signatures)
        {
            judged.Add(await judge.JudgeAsync(signed, cancellation));
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
}
