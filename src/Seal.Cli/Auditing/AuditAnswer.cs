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
    public static string Json(AuditResult result, ProjectionCoverage? projections) => JsonSerializer.Serialize(
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
            Projections = projections,
            Root = Convert.ToBase64String(result.Root.Span),
            Witnesses = result.Testimony,
            result.FindingCount,
            result.Findings,
        },
        Options);

    /// <summary>For a person.</summary>
    public static string Words(AuditResult result, ProjectionCoverage? projections, bool chinese)
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
        AppendProjections(words, projections, chinese);
        if (!result.SignaturesChecked)
        {
            words.AppendLine(chinese ? "未给出密钥（--key），未检查检查点的签名。" : "No key was given (--key): the signatures of checkpoints were not checked.");
        }

        if (result.Testimony is { } testimony)
        {
            Tell(words, testimony, chinese);
        }

        foreach (var finding in result.Findings)
        {
            words.AppendLine(PlainText.Of($"✗ {(chinese ? finding.Zh : finding.En)}{PlaceOf(finding, chinese)} ({finding.Code})"));
        }

        if (result.FindingCount > result.Findings.Count)
        {
            var more = result.FindingCount - result.Findings.Count;
            words.AppendLine(chinese ? $"另有 {more} 处。" : $"And {more} more.");
        }

        return words.ToString().TrimEnd();
    }

    // What is said of a table is said once, whatever row it is; all other findings name their position themselves.
    private static string PlaceOf(Finding finding, bool chinese) => (finding, chinese) switch
    {
        ({ Code: FindingCode.TableContradicts, Position: { } position }, true) => string.Create(CultureInfo.InvariantCulture, $"首见于第 {position} 条。"),
        ({ Code: FindingCode.TableContradicts, Position: { } position }, false) => string.Create(CultureInfo.InvariantCulture, $" First at position {position}."),
        _ => "",
    };

    private static void AppendProjections(StringBuilder words, ProjectionCoverage? projections, bool chinese)
    {
        if (projections is null)
        {
            words.AppendLine(chinese ? "仅审计账本本身；由其得出的状态表只有直接审计数据库时才检查。" : "The log alone was audited: tables derived from it are checked when the database itself is audited.");
            return;
        }

        words.AppendLine(chinese
            ? string.Create(CultureInfo.InvariantCulture, $"已将 {projections.Checked.Count} 个状态表的 {projections.Rows} 行与事件重新核对。")
            : string.Create(CultureInfo.InvariantCulture, $"Folded anew and compared {projections.Rows} rows of {projections.Checked.Count} derived tables."));
        if (projections.Unchecked.Count > 0)
        {
            var names = PlainText.Of(string.Join(", ", projections.Unchecked));
            words.AppendLine(chinese ? $"未检查的表：{names}。" : $"Tables not checked: {names}.");
        }
    }

    private static void Tell(StringBuilder words, AuditTestimony testimony, bool chinese)
    {
        if (testimony.Size is { } size)
        {
            words.AppendLine(chinese
                ? string.Create(CultureInfo.InvariantCulture, $"前 {size} 条经不少于 {testimony.Needed} 名见证人联署。")
                : string.Create(CultureInfo.InvariantCulture, $"The first {size} entries are cosigned by the {testimony.Needed} witnesses needed."));
        }

        foreach (var said in testimony.Seen)
        {
            words.AppendLine(PlainText.Of(chinese
                ? string.Create(CultureInfo.InvariantCulture, $"{said.Witness} 于 {said.At:yyyy-MM-ddTHH:mm:ssZ} 见到 {said.Size} 条")
                : string.Create(CultureInfo.InvariantCulture, $"{said.Witness} saw {said.Size} entries at {said.At:yyyy-MM-ddTHH:mm:ssZ}")));
        }
    }
}
