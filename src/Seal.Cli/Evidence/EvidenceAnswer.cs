using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Seal.Cli.Verifying;
using Seal.Ledger.Evidence;

namespace Seal.Cli.Evidence;

/// <summary>Tells what the check of an evidence file found.</summary>
internal static class EvidenceAnswer
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>For a machine; the member names are public API.</summary>
    public static string Json(EvidenceResult result, BelongingChecks belonging, CertificateChecks certificates) => JsonSerializer.Serialize(
        new
        {
            result.IsInOrder,
            result.Header?.About,
            result.Header?.Scope,
            result.Version,
            result.Header?.MadeAt,
            result.Origin,
            result.Size,
            result.Streams,
            result.Events,
            result.Proven,
            result.Materials,
            MaterialsErased = belonging.Erased,
            CertificatesChecked = certificates.Checked,
            Roots = certificates.Roots.Select(root => new { Subject = root.Subject.ToString(), Sha256 = root.Thumbprint }),
            result.SignaturesChecked,
            result.Cosignatures,
            result.FindingCount,
            result.Findings,
        },
        Options);

    /// <summary>For a person.</summary>
    public static string Words(EvidenceResult result, BelongingChecks belonging, CertificateChecks certificates, bool rootsTrusted, bool chinese)
    {
        var words = new StringBuilder();
        void Say(string zh, string en) => words.AppendLine(PlainText.Of(chinese ? zh : en));

        var about = result.Header?.About ?? "?";
        Say($"{about} 的证据{(result.IsInOrder ? "完好。" : "有问题！")}", $"The evidence of {about} is {(result.IsInOrder ? "in order." : "NOT in order.")}");
        Say(
            $"版本 1 至 {result.Version} 无缺。共 {result.Streams} 个事件流、{result.Events} 个事件，其中 {result.Proven} 个已证明在账本 {result.Origin} 的前 {result.Size} 条之中。".Replace(
                "版本 1 至 0 无缺。", "", StringComparison.Ordinal),
            string.Create(CultureInfo.InvariantCulture, $"{result.Streams} streams with {result.Events} events, {result.Proven} of them proven to be among the first {result.Size} entries of {result.Origin}; {about} to version {result.Version}."));
        Say(
            $"{certificates.Checked} 张证书可追溯到根证书；{result.Materials} 份材料，其中 {belonging.Erased} 份已被删除。",
            $"{certificates.Checked} certificates lead to their roots; {result.Materials} materials, {belonging.Erased} of them erased.");
        if (!rootsTrusted)
        {
            foreach (var root in certificates.Roots)
            {
                Say($"  根证书 {root.Subject} SHA-256 {root.Thumbprint}：未给出受信任的根（--trust），请自行比对。", $"  root {root.Subject} SHA-256 {root.Thumbprint}: no trusted root was given (--trust), compare it yourself.");
            }
        }

        if (!result.SignaturesChecked)
        {
            Say("未给出密钥（--key），未检查签名：不能说明检查点和文件出自该账本。", "No key was given (--key): signatures were NOT checked, so nothing shows that the log made this.");
        }

        if (result.Cosignatures > 0)
        {
            Say($"检查点另有 {result.Cosignatures} 个他方签名。", $"The checkpoint has {result.Cosignatures} signatures by others.");
        }

        foreach (var finding in result.Findings)
        {
            Say($"✗ {finding.Zh} ({finding.Code})", $"✗ {finding.En} ({finding.Code})");
        }

        if (result.FindingCount > result.Findings.Count)
        {
            Say($"另有 {result.FindingCount - result.Findings.Count} 处。", $"And {result.FindingCount - result.Findings.Count} more.");
        }

        Say("检查点之后发生的事不在其中。", "What happened after the checkpoint is not in it.");
        return words.ToString().TrimEnd();
    }
}
