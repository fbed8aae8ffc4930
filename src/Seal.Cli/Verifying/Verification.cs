using Seal.Cli.Auditing;
using Seal.Cli.Receipts;
using Seal.Cryptography.Certificates;
using Seal.Documents.Impressions;
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
        ReceiptFiles receipts;
        try
        {
            trusted = await TrustedFiles.ReadAsync(request.Trust, cancellation);
            receipts = ReceiptFiles.Read(request.Receipts);
        }
        catch (UnusableFileException unusable)
        {
            await Console.Error.WriteLineAsync($"seal: {request.Words.Sentence(unusable.Problem)}: {PlainText.Of(unusable.File)} ({unusable.Problem.Code})");
            return ExitCodes.Unreadable;
        }
        catch (AuditRequestException wrong)
        {
            await Console.Error.WriteLineAsync($"seal: {PlainText.Of(wrong.Message)}");
            return ExitCodes.Unreadable;
        }

        using SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseCookies = false };
        using HttpClient http = new(handler);
        List<FileAnswer> answers = [];
        await Progress.OverAsync([.. request.Files.SelectMany(Documents.In)], async file => answers.Add(await JudgeAsync(file, request, trusted, receipts, http, cancellation)));
        if (request.Report is { } path && !await WriteReportAsync(path, answers, request.Words, cancellation))
        {
            return ExitCodes.Unreadable;
        }

        if (request.Json)
        {
            await Console.Out.WriteLineAsync(JsonAnswer.Of(answers).AsMemory(), cancellation);
        }
        else
        {
            using Report report = new(request.Words, trustGiven: request.Trust.IsGiven);
            report.Write(answers);
        }

        return ExitCodes.Of(answers);
    }

    /// <summary>Writes the report; false when that cannot be done, which has then been told.</summary>
    private static async Task<bool> WriteReportAsync(string path, List<FileAnswer> answers, Wording words, CancellationToken cancellation)
    {
        try
        {
            var report = JudgementReport.Write(
                [.. answers.Select(answer => answer.Judgement).OfType<Judgement>()],
                words.IsChinese,
                FontOutlines.FindSong(),
                TimeProvider.System.GetUtcNow(),
                [.. answers.Where(answer => answer.Problem is not null).Select(answer => (answer.File, answer.Problem!))]);
            await File.WriteAllBytesAsync(path, report, cancellation);
            return true;
        }
        catch (ImpressionException missing)
        {
            await Console.Error.WriteLineAsync($"seal: {missing.Message}");
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"seal: {words.ReportUnwritable}: {PlainText.Of(path)}");
        }

        return false;
    }

    private static async Task<FileAnswer> JudgeAsync(string file, VerifyRequest request, TrustedFiles trusted, ReceiptFiles receipts, HttpClient http, CancellationToken cancellation)
    {
        var register = receipts.For(file);
        JudgeOptions options = new()
        {
            TrustAnchors = trusted.Signers,
            TimestampAnchors = trusted.Timestamps,
            SealMakerAnchors = trusted.SealMakers,
            Revocation = trusted.Revocation,
            RevocationSource = request.Trust.Fetch ? new RevocationFetcher(http, new RevocationFetchLimits()) : null,
            Register = register,
            Intermediates = register?.Intermediates ?? [],
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
