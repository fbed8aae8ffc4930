using System.Globalization;
using Seal.Documents.Judging;

namespace Seal.Cli.Verifying;

/// <summary>The words of the report in one language.</summary>
internal sealed record Wording
{
    public const string Chinese = "zh";
    public const string English = "en";

    private static readonly string[] LanguageVariables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    public required bool IsChinese { get; init; }

    public required string Signature { get; init; }

    public required string Signer { get; init; }

    public required string Time { get; init; }

    public required string Seal { get; init; }

    public required string Place { get; init; }

    public required string LaterChanges { get; init; }

    public required string Unknown { get; init; }

    public required string NoSignature { get; init; }

    public required string NoTrust { get; init; }

    public required string Unreadable { get; init; }

    public required string ReportUnwritable { get; init; }

    public required string File { get; init; }

    public required string VerdictTitle { get; init; }

    public static Wording Of(string language) => language == Chinese ? Zh : En;

    /// <summary>The language that the environment asks for (POSIX: the first of the variables that is set).</summary>
    public static string FromEnvironment() =>
        LanguageVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value))
            ?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true ? Chinese : English;

    public string Sentence(Reason reason) => IsChinese ? reason.Zh : reason.En;

    public string Name(Verdict verdict) => verdict switch
    {
        Verdict.TotalPassed => IsChinese ? "通过 TOTAL_PASSED" : "passed TOTAL_PASSED",
        Verdict.TotalFailed => IsChinese ? "不通过 TOTAL_FAILED" : "failed TOTAL_FAILED",
        _ => IsChinese ? "无法判定 INDETERMINATE" : "indeterminate INDETERMINATE",
    };

    public string Name(CheckName check) => JudgementWords.Of(check, IsChinese);

    public string Name(TimeSource source) => JudgementWords.Of(source, IsChinese);

    public string Name(ChangeKind kind) => JudgementWords.Of(kind, IsChinese);

    public string Change(LaterChange change) => IsChinese
        ? $"第 {change.Revision} 次修订：{Name(change.Kind)}（{(change.Permitted ? "允许" : "不允许")}）"
        : $"revision {change.Revision}: {Name(change.Kind)} ({(change.Permitted ? "permitted" : "not permitted")})";

    public string Tell(SealFacts seal) => IsChinese
        ? $"{seal.Name}（{seal.Owner}）；签署时 {seal.StateAtSigning}，今天 {seal.StateToday}"
        : $"{seal.Name} ({seal.Owner}); at signing {seal.StateAtSigning}, today {seal.StateToday}";

    public string Tell(SealDataFacts seal) => IsChinese
        ? $"{seal.Name}（{seal.SealId}），有效期 {Day(seal.ValidFrom)} 至 {Day(seal.ValidUntil)}"
        : $"{seal.Name} ({seal.SealId}), valid from {Day(seal.ValidFrom)} to {Day(seal.ValidUntil)}";

    public string Tell(StampPlace place)
    {
        var page = place.Page?.ToString(CultureInfo.InvariantCulture) ?? "?";
        var box = string.Create(CultureInfo.InvariantCulture, $"{place.WidthMm:0.##} × {place.HeightMm:0.##} mm @ {place.XMm:0.##}, {place.YMm:0.##} mm");
        return (IsChinese ? $"第 {page} 页 {box}" : $"page {page}: {box}") + (place.Slice is null ? "" : IsChinese ? "（骑缝）" : " (slice)");
    }

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Wording Zh { get; } = new()
    {
        IsChinese = true,
        Signature = "签名",
        Signer = "签名者",
        Time = "签署时间",
        Seal = "印章",
        Place = "位置",
        LaterChanges = "签署之后",
        Unknown = "未知",
        NoSignature = "文件中没有签名。",
        NoTrust = "没有给出受信任的根证书，因此任何签名都不能判定为通过；请用 --trust 指定。",
        Unreadable = "无法读取",
        ReportUnwritable = "报告无法写入",
        File = "文件",
        VerdictTitle = "结论",
    };

    private static Wording En { get; } = new()
    {
        IsChinese = false,
        Signature = "Signature",
        Signer = "Signer",
        Time = "Signed at",
        Seal = "Seal",
        Place = "Place",
        LaterChanges = "Afterwards",
        Unknown = "unknown",
        NoSignature = "There is no signature in this document.",
        NoTrust = "No trusted root was given, so no signature can pass; name one with --trust.",
        Unreadable = "could not be read",
        ReportUnwritable = "the report cannot be written",
        File = "File",
        VerdictTitle = "Verdict",
    };
}
