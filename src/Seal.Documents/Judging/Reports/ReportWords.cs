using System.Globalization;

namespace Seal.Documents.Judging;

/// <summary>The words of a report in one language.</summary>
internal sealed record ReportWords
{
    public required bool IsChinese { get; init; }

    public required string Title { get; init; }

    public required string JudgedAt { get; init; }

    public required string File { get; init; }

    public required string NoSignature { get; init; }

    public required string Signature { get; init; }

    public required string Signer { get; init; }

    public required string Issuer { get; init; }

    public required string SerialNumber { get; init; }

    public required string SignedAt { get; init; }

    public required string Seal { get; init; }

    public required string Places { get; init; }

    public required string StateAtSigning { get; init; }

    public required string StateToday { get; init; }

    public required string LaterChanges { get; init; }

    public required string Revision { get; init; }

    public required string Permitted { get; init; }

    public required string NotPermitted { get; init; }

    public required string Unknown { get; init; }

    public static ReportWords Chinese { get; } = new()
    {
        IsChinese = true,
        Title = "签章验证报告",
        JudgedAt = "验证时间",
        File = "文件",
        NoSignature = "文件中没有签名。",
        Signature = "签名",
        Signer = "签名者",
        Issuer = "颁发者",
        SerialNumber = "序列号",
        SignedAt = "签署时间",
        Seal = "印章",
        Places = "位置",
        StateAtSigning = "签署时",
        StateToday = "今天",
        LaterChanges = "签署之后",
        Revision = "修订",
        Permitted = "允许",
        NotPermitted = "不允许",
        Unknown = "未知",
    };

    public static ReportWords English { get; } = new()
    {
        IsChinese = false,
        Title = "Verification report",
        JudgedAt = "Judged at",
        File = "File",
        NoSignature = "There is no signature in this document.",
        Signature = "Signature",
        Signer = "Signer",
        Issuer = "issued by",
        SerialNumber = "serial number",
        SignedAt = "Signed at",
        Seal = "Seal",
        Places = "Places",
        StateAtSigning = "at signing",
        StateToday = "today",
        LaterChanges = "Afterwards",
        Revision = "Revision",
        Permitted = "permitted",
        NotPermitted = "not permitted",
        Unknown = "unknown",
    };

    public string Sentence(Reason reason) => IsChinese ? reason.Zh : reason.En;

    public string Of(Verdict verdict) => verdict switch
    {
        Verdict.TotalPassed => IsChinese ? "通过 TOTAL_PASSED" : "Passed (TOTAL_PASSED)",
        Verdict.TotalFailed => IsChinese ? "不通过 TOTAL_FAILED" : "Failed (TOTAL_FAILED)",
        _ => IsChinese ? "无法判定 INDETERMINATE" : "Indeterminate (INDETERMINATE)",
    };

    public string Of(CheckResult result) => result switch
    {
        CheckResult.Passed => IsChinese ? "通过" : "passed",
        CheckResult.Failed => IsChinese ? "不通过" : "failed",
        _ => Unknown,
    };

    /// <summary>Where a seal is shown.</summary>
    public string Of(StampPlace place)
    {
        var page = place.Page?.ToString(CultureInfo.InvariantCulture) ?? "?";
        var measures = string.Create(CultureInfo.InvariantCulture, $"{place.XMm:0.#} mm, {place.YMm:0.#} mm ({place.WidthMm:0.#} × {place.HeightMm:0.#} mm)");
        return IsChinese ? $"第 {page} 页 {measures}" : $"page {page} at {measures}";
    }

    /// <summary>How a seal stood, by the name that the register gives the state.</summary>
    public string OfState(string state) => !IsChinese ? state : state switch
    {
        "applied" => "已申请",
        "approved" => "已批准，待制章",
        "made" => "制作完成",
        "filed" => "已备案",
        "issued" => "已签发，待领取",
        "active" => "使用中",
        "frozen" => "已冻结",
        "revoked" => "已注销",
        "expired" => "已到期",
        "unknown" => Unknown,
        _ => state,
    };

    public string Of(CheckName check) => JudgementWords.Of(check, IsChinese);

    public string Of(TimeSource source) => JudgementWords.Of(source, IsChinese);

    public string Of(ChangeKind kind) => JudgementWords.Of(kind, IsChinese);
}
