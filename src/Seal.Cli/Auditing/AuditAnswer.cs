using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Seal.Cli.Verifying;
using Seal.Ledger.Auditing;

namespace Seal.Cli.Auditing;

/// <summary>Tells what an audit found.</summary>
internal static class AuditAnswer
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>For a machine; the member names are public API.</summary>
    public static string Json(AuditResult result) => JsonSerializer.Serialize(
        new
        {
            result.IsInOrder,
            FirstBadPosition = result.Findings.FirstOrDefault(finding => finding.Position is not null)?.Position,
            result.Origin,
            result.Entries,
            result.Signed,
            result.Streams,
            CheckpointsCompared = result.Checkpoints,
            result.SignaturesChecked,
            Root = Convert.ToBase64String(result.Root.Span),
            result.FindingCount,
            result.Findings,
        },
        Options);

    /// <summary>For a person.</summary>
    public static string Words(AuditResult result, bool chinese)
    {
        var words = new StringBuilder();
        var origin = PlainText.Of(result.Origin);
        words.AppendLine((result.IsInOrder, chinese) switch
        {
            (true, true) => $"账本 {origin} 完好。",
            (true, false) => $"The ledger {origin} is in order.",
            (false, true) => $"账本 {origin} 有问题！",
            (false, false) => $"The ledger {origin} is NOT in order.",
        });
        words.AppendLine(chinese
            ? string.Create(CultureInfo.InvariantCulture, $"已检查 {result.Entries} 条（其中 {result.Signed} 条已签名）、{result.Streams} 个事件流、{result.Checkpoints} 个检查点。")
            : string.Create(CultureInfo.InvariantCulture, $"Checked {result.Entries} entries ({result.Signed} of them signed) in {result.Streams} streams against {result.Checkpoints} checkpoints."));
        words.AppendLine("root " + Convert.ToBase64String(result.Root.Span));
        if (!result.SignaturesChecked)
        {
            words.AppendLine(chinese ? "未给出密钥（--key），未检查检查点的签名。" : "No key was given (--key): the signatures of checkpoints were not checked.");
        }

        foreach (var finding in result.Findings)
        {
            words.AppendLine(PlainText.Of($"✗ {(chinese ? finding.Zh : finding.En)} ({finding.Code})"));
        }

        if (result.FindingCount > result.Findings.Count)
        {
            var more = result.FindingCount - result.Findings.Count;
            words.AppendLine(chinese ? $"另有 {more} 处。" : $"And {more} more.");
        }

        return words.ToString().TrimEnd();
    }
}
