using System.Security.Cryptography;
using Seal.Ledger.Auditing;

namespace Seal.Ledger.Evidence;

/// <summary>The checkpoint of an evidence file.</summary>
/// <param name="Origin">The log's name.</param>
/// <param name="Head">Size and root.</param>
/// <param name="Cosignatures">Signatures by others than the log.</param>
internal sealed record EvidenceCheckpoint(string Origin, TreeHead Head, int Cosignatures)
{
    /// <summary>Reads it and holds it against the keys and what was kept; null if it cannot be read.</summary>
    public static EvidenceCheckpoint? Read(string note, AuditOptions options, Findings findings)
    {
        if (CheckpointTrail.Read(note, options, findings, "The checkpoint", "检查点") is not { } read)
        {
            return null;
        }

        if (options.Keys.Count > 0 && options.Keys.All(key => key.Name != read.Origin))
        {
            findings.Add(FindingCode.OtherLog, null, $"The log is {read.Origin}; the keys are of {options.Keys.First().Name}.", $"该账本为 {read.Origin}，而所给密钥属于 {options.Keys.First().Name}。");
        }

        foreach (var kept in options.Kept)
        {
            // Of another size there is nothing to compare with: that takes the log itself.
            if (CheckpointTrail.Read(kept, options, findings, "The checkpoint that was kept", "留存的检查点") is { } older
                && older.Origin == read.Origin && older.Head.Size == read.Head.Size && older.Head != read.Head)
            {
                findings.Add(
                    FindingCode.Rewritten, null,
                    $"The checkpoint that was kept has another root for {read.Head.Size} entries.", $"留存的检查点对 {read.Head.Size} 条有不同的根。");
            }
        }

        return new EvidenceCheckpoint(read.Origin, read.Head, SignedNote.Parse(note).Signatures.Count(signature => signature.Name != read.Origin));
    }

    /// <summary>Holds the statement at the end against what was read.</summary>
    public void RequireStatement(string note, string about, ReadOnlyMemory<byte> digest, AuditOptions options, Findings findings)
    {
        if (!IsRight(note, new EvidenceStatement(Origin, about, Head.Size, digest), options))
        {
            findings.Add(
                FindingCode.StatementForged, null,
                "The file as a whole is not what the log signed: something was changed, added or taken out.", "文件整体与账本所签不符：有内容被改动、添加或删除。");
        }
    }

    private static bool IsRight(string note, EvidenceStatement statement, AuditOptions options)
    {
        try
        {
            var parsed = SignedNote.Parse(note);
            if (options.Keys.Count > 0)
            {
                parsed.Verify(options.Keys);
            }

            return parsed.Text == statement.ToText();
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
