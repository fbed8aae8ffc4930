using Seal.Documents.Judging;
using Seal.Documents.Ofd;
using Seal.Documents.Pdf;

namespace Seal.Cli.Verifying;

/// <summary>Judges the files one after another and tells the answers.</summary>
internal static class Verification
{
    /// <summary>Runs <c>seal verify</c>.</summary>
    /// <returns>The exit code, one of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(VerifyRequest request, CancellationToken cancellation)
    {
        TrustedFiles trusted;
        try
        {
            trusted = await TrustedFiles.ReadAsync(request.Trust, request.RevocationLists, cancellation);
        }
        catch (UnusableFileException unusable)
        {
            await Console.Error.WriteLineAsync($"seal: {request.Words.Sentence(unusable.Problem)}: {PlainText.Of(unusable.File)}");
            return ExitCodes.Unreadable;
        }

        List<FileAnswer> answers = [];
        await Progress.OverAsync([.. request.Files.SelectMany(Documents.In)], async file => answers.Add(await JudgeAsync(file, request, trusted, cancellation)));
        if (request.Json)
        {
            await Console.Out.WriteLineAsync(JsonAnswer.Of(answers).AsMemory(), cancellation);
        }
        else
        {
            using Report report = new(request.Words, trustGiven: request.Trust.Count > 0);
            report.Write(answers);
        }

        return ExitCodes.Of(answers);
    }

    private static async Task<FileAnswer> JudgeAsync(string file, VerifyRequest request, TrustedFiles trusted, CancellationToken cancellation)
    {
        JudgeOptions options = new()
        {
            TrustAnchors = trusted.Certificates,
            TimestampAnchors = trusted.Certificates,
            SealMakerAnchors = trusted.Certificates,
            Revocation = trusted.Revocation,
            RequireLedger = request.RequireLedger,
            FileName = file,
        };
        try
        {
            await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
            return stream.CanSeek
                ? new FileAnswer(file, await FileJudge.JudgeAsync(stream, options, cancellation), null)
                : new FileAnswer(file, null, FileProblems.Of(FileProblems.NotAFile));
        }
        catch (PdfFormatException unreadable)
        {
            return new FileAnswer(file, null, FileProblems.Of(unreadable.Code));
        }
        catch (OfdFormatException unreadable)
        {
            return new FileAnswer(file, null, FileProblems.Of(unreadable.Code));
        }
        catch (Exception unreadable) when (FileProblems.CodeOf(unreadable, file) is { } code)
        {
            return new FileAnswer(file, null, FileProblems.Of(code));
        }
    }
}
