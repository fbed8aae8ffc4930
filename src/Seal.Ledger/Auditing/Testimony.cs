using System.Text;
using Seal.Ledger.Witnessing;

namespace Seal.Ledger.Auditing;

/// <summary>What witnesses said of a log, as far as an audit could learn it.</summary>
/// <param name="Needed">How many of them the auditor wants under one checkpoint.</param>
/// <param name="Size">Entries under the largest checkpoint that so many cosigned; null if there is none.</param>
/// <param name="Seen">The newest cosignature of each witness that has one.</param>
public sealed record AuditTestimony(int Needed, long? Size, IReadOnlyList<Cosignature> Seen);

/// <summary>Gathers the cosignatures of the auditor's witnesses from the checkpoints that carry any.</summary>
internal sealed class Testimony(AuditOptions options, Findings findings, string origin)
{
    /// <summary>The most checkpoints that are looked at: enough of them must have seen the log lately.</summary>
    public const int MostNotes = 100;

    private readonly Dictionary<(string Name, uint KeyId), Cosignature> _seen = [];
    private readonly List<TreeHead> _heads = [];
    private long? _size;

    /// <summary>The trees that witnesses saw; the entries must be those.</summary>
    public IReadOnlyList<TreeHead> Heads => _heads;

    /// <summary>What was learnt.</summary>
    public AuditTestimony Result => new(options.WitnessesNeeded, _size, [.. _seen.Values.OrderBy(said => said.Witness, StringComparer.Ordinal)]);

    /// <summary>Reads a checkpoint that may carry cosignatures. One that is not the log's says nothing of it.</summary>
    public void Read(string note)
    {
        SignedNote parsed;
        TreeHead head;
        try
        {
            parsed = SignedNote.Parse(note);
            (var from, head) = TreeHead.ParseCheckpointText(parsed.Text);
            if (from != origin || (options.Keys.Count > 0 && !CheckpointTrail.IsSigned(parsed, options.Keys)))
            {
                return;
            }
        }
        catch (FormatException)
        {
            // Told where checkpoints are read; here it is only one that no witness speaks for.
            return;
        }

        var said = SaidOf(parsed, head.Size);
        if (said.Count == 0)
        {
            return;
        }

        _heads.Add(head);
        foreach (var one in said.Where(one => !_seen.TryGetValue((one.Witness, one.KeyId), out var known) || known.Size < one.Size))
        {
            _seen[(one.Witness, one.KeyId)] = one;
        }

        if (said.Count >= options.WitnessesNeeded && !(_size >= head.Size))
        {
            _size = head.Size;
        }
    }

    /// <summary>Tells what is missing.</summary>
    /// <param name="signed">Entries under the newest checkpoint.</param>
    public void Judge(long signed)
    {
        if (_size is null)
        {
            var (needed, all) = (options.WitnessesNeeded, options.Witnesses.Count);
            findings.Add(
                FindingCode.NotWitnessed, null,
                $"No checkpoint is cosigned by {needed} of the {all} witnesses: the operator may show others another log.",
                $"没有任何检查点同时获得 {all} 名见证人中 {needed} 名的联署：运营方可能向他人出示另一份账本。");
        }

        if (_heads.Count > 0 && _heads.Max(head => head.Size) is var largest && largest > signed)
        {
            findings.Add(
                FindingCode.Shrunk, signed,
                $"The log signs {signed} entries; witnesses saw {largest}.", $"账本现签名 {signed} 条，而见证人见过 {largest} 条。");
        }
    }

    private List<Cosignature> SaidOf(SignedNote note, long size)
    {
        var text = Encoding.UTF8.GetBytes(note.Text);
        var said = new Dictionary<(string, uint), Cosignature>();
        foreach (var line in note.Signatures)
        {
            if (options.Witnesses.FirstOrDefault(key => key.Name == line.Name && key.KeyId == line.KeyId) is not { } witness)
            {
                continue;
            }

            if (witness.Verify(text, line.Signature.Span) && Cosignature.TryRead(line, size, out var cosignature))
            {
                said[(line.Name, line.KeyId)] = cosignature;
            }
            else
            {
                findings.Add(
                    FindingCode.CosignatureForged, null,
                    $"A cosignature of {witness.Name} on {size} entries is not that witness's.", $"{size} 条处署名为 {witness.Name} 的联署不是该见证人所签。");
            }
        }

        return [.. said.Values];
    }
}
