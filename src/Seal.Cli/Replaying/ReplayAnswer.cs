using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Seal.Cli.Verifying;
using Seal.Domain.Deciding;
using Seal.Domain.Seals;
using Seal.Ledger.Evidence;

namespace Seal.Cli.Replaying;

/// <summary>Tells a story to a person.</summary>
internal sealed class ReplayAnswer(bool chinese)
{
    public string Of(Story story, EvidenceResult checkedFile, DateTimeOffset now)
    {
        var words = new StringBuilder();
        AppendEvents(words, story);
        AppendState(words, story, now);
        AppendProof(words, checkedFile);
        return words.ToString().TrimEnd();
    }

    public string Of(StoryDifference difference, EvidenceResult checkedFile)
    {
        var words = new StringBuilder();
        words.AppendLine(Say(
            $"从版本 {difference.Earlier.Version} 到版本 {difference.Later.Version}：", $"From version {difference.Earlier.Version} to version {difference.Later.Version}:"));
        foreach (var change in difference.Changes)
        {
            words.AppendLine(PlainText.Of($"  {change.Field}: {Value(change.Before)} → {Value(change.After)}"));
        }

        if (difference.Changes.Count == 0)
        {
            words.AppendLine(Say("  状态没有变化。", "  Nothing changed in its state."));
        }

        words.AppendLine();
        AppendEvents(words, difference.Between);
        AppendProof(words, checkedFile);
        return words.ToString().TrimEnd();
    }

    private void AppendEvents(StringBuilder words, Story story)
    {
        foreach (var told in story.Events)
        {
            words.AppendLine(PlainText.Of($"{Terms.Time(told.Recorded.RecordedAt)}  {EventSentences.Of(told.Happened).In(chinese)}"));
            foreach (var said in told.Words)
            {
                words.AppendLine(PlainText.Of(Say($"    原因：“{said.Words}”", $"    why: “{said.Words}”")));
            }

            words.AppendLine(PlainText.Of("    " + Who(told)));
            words.AppendLine(PlainText.Of("    " + Where(told)));
        }

        words.AppendLine();
    }

    private string Who(StoryEvent told)
    {
        var who = Terms.Office(told.Who).In(chinese) + (told.Who == Role.System ? "" : $" {told.Actor}");
        var how = told.Command is { } command ? Say($"，命令 {command}", $" by {command}") : "";
        var channel = told.Channel is { } way and not "Online" ? Say($"，渠道 {way}", $", channel {way}") : "";
        var proof = told.Proof is { } number ? Say($"，身份核验 {number}", $", proof of person {number}") : "";
        return Say($"由{who}", $"by the {who}".Replace("the the ", "the ", StringComparison.Ordinal)) + how + channel + proof;
    }

    private string Where(StoryEvent told) =>
        Say($"账本第 {told.Recorded.Position} 条，{told.Recorded.Stream} 版本 {told.Recorded.Version}", $"ledger position {told.Recorded.Position}, version {told.Recorded.Version} of {told.Recorded.Stream}")
        + (told.IsProven ? Say("，已证明 ✓", ", proven ✓") : Say("，未能证明 ✗", ", NOT PROVEN ✗"));

    private void AppendState(StringBuilder words, Story story, DateTimeOffset now)
    {
        var seal = story.State;
        if (story.Version == 0)
        {
            words.AppendLine(Say("当时还没有这枚印章。", "There was no such seal then."));
            return;
        }

        var expired = seal.Status is SealStatus.Active or SealStatus.Issued && seal.ValidUntil <= now ? Say("（已过期）", " (expired)") : "";
        words.AppendLine(PlainText.Of(Say(
            $"版本 {story.Version} 时：“{seal.Name}”（{Terms.Kind(seal.Kind).Zh}），{Terms.Status(seal.Status).Zh}{expired}",
            $"At version {story.Version}: “{seal.Name}” ({Terms.Kind(seal.Kind).En}), {Terms.Status(seal.Status).En}{expired}")));
        words.AppendLine(PlainText.Of(Say($"  所属 {seal.Organisation}", $"  of {seal.Organisation}")));
        if (seal.Code.Length > 0)
        {
            words.AppendLine(PlainText.Of(Say(
                $"  编码 {seal.Code}，有效期 {Terms.Time(seal.ValidFrom)} 至 {Terms.Time(seal.ValidUntil)}，印章数据第 {seal.Edition} 版",
                $"  code {seal.Code}, valid from {Terms.Time(seal.ValidFrom)} to {Terms.Time(seal.ValidUntil)}, edition {seal.Edition}")));
        }

        foreach (var (holding, certificate) in seal.Signers)
        {
            words.AppendLine(PlainText.Of(Say($"  持章 {holding}，证书 {certificate}", $"  holding {holding}, certificate {certificate}")));
        }
    }

    private void AppendProof(StringBuilder words, EvidenceResult result)
    {
        words.AppendLine();
        words.AppendLine(PlainText.Of(result.SignaturesChecked
            ? Say($"证明基于账本 {result.Origin} 前 {result.Size} 条的签名检查点，签名已核对。", $"Proven under the signed checkpoint of the first {result.Size} entries of {result.Origin}; its signature was checked.")
            : Say($"证明基于账本 {result.Origin} 前 {result.Size} 条的检查点；未给出密钥（--key），未检查签名：不能说明检查点出自该账本。", $"Proven under the checkpoint of the first {result.Size} entries of {result.Origin}. No key was given (--key): signatures were NOT checked, so nothing shows that the log made that checkpoint.")));
        foreach (var finding in result.Findings)
        {
            words.AppendLine(PlainText.Of($"✗ {(chinese ? finding.Zh : finding.En)} ({finding.Code})"));
        }
    }

    private string Say(string zh, string en) => chinese ? zh : en;

    private string Value(JsonNode? value) => value switch
    {
        null => Say("（无）", "(nothing)"),
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        _ => value.ToJsonString(ReplayJson.Options),
    };
}
