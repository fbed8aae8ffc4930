using System.Security.Cryptography;

namespace Seal.Ledger.Auditing;

/// <summary>All checkpoints that the entries are compared with, smallest first: those kept, those the source has, the newest.</summary>
internal sealed class CheckpointTrail : IAsyncDisposable
{
    private readonly AuditOptions _options;
    private readonly Findings _findings;
    private readonly Queue<(TreeHead Head, bool IsKept)> _known;
    private readonly IAsyncEnumerator<string> _history;
    private readonly string _origin;
    private TreeHead? _next;
    private long _lastGood;

    public CheckpointTrail(AuditOptions options, Findings findings, string origin, IEnumerable<(TreeHead Head, bool IsKept)> known, IAsyncEnumerable<string> history, long from, long lastGood)
    {
        (_options, _findings, _origin, _lastGood) = (options, findings, origin, lastGood);
        _known = new(known.Where(one => one.Head.Size >= from).OrderBy(one => one.Head.Size));
        _history = history.GetAsyncEnumerator();
    }

    /// <summary>Checkpoints compared.</summary>
    public long Compared { get; set; }

    /// <summary>Whether the last one compared was right.</summary>
    public bool LastHolds { get; private set; } = true;

    /// <summary>The size at which the next comparison is due; it may be beyond the log.</summary>
    public long NextSize => long.Min(_next?.Size ?? long.MaxValue, _known.TryPeek(out var known) ? known.Head.Size : long.MaxValue);

    /// <summary>Finds the first checkpoint of the source.</summary>
    public async Task StartAsync() => _next = await NextAsync();

    /// <summary>Compares with every checkpoint of this size.</summary>
    /// <param name="root">Root over the first <paramref name="size"/> entries; null if it cannot be known.</param>
    /// <param name="size">How many.</param>
    public async Task CompareAsync(byte[]? root, long size)
    {
        while (_known.TryPeek(out var known) && known.Head.Size == size)
        {
            _known.Dequeue();
            Compare(known.Head, known.IsKept, root);
        }

        while (_next is { } head && head.Size <= size)
        {
            if (head.Size == size)
            {
                Compare(head, isKept: false, root);
            }

            _next = await NextAsync();
        }
    }

    public ValueTask DisposeAsync() => _history.DisposeAsync();

    /// <summary>Reads a checkpoint and checks who signed it.</summary>
    /// <returns>Origin and head; null if it is none. One that is not signed is told, and read all the same.</returns>
    public static (string Origin, TreeHead Head, bool IsSigned)? Read(string note, AuditOptions options, Findings findings, string whose, string wessen)
    {
        try
        {
            var parsed = SignedNote.Parse(note);
            var (origin, head) = TreeHead.ParseCheckpointText(parsed.Text);
            var signed = options.Keys.Count == 0 || IsSigned(parsed, options.Keys);
            if (!signed)
            {
                findings.Add(
                    FindingCode.CheckpointForged, null,
                    $"{whose} of {head.Size} entries is not signed by the log.", $"{wessen}（{head.Size} 条）不是由该账本签名的。");
            }

            return (origin, head, signed);
        }
        catch (FormatException e)
        {
            findings.Add(FindingCode.CheckpointMalformed, null, $"{whose} cannot be read: {e.Message}", $"{wessen}格式不正确。");
            return null;
        }
    }

    /// <summary>Whether one of the keys signed, and none of them wrongly.</summary>
    public static bool IsSigned(SignedNote note, IReadOnlyCollection<INoteVerifier> keys)
    {
        try
        {
            note.Verify(keys);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private void Compare(TreeHead head, bool isKept, byte[]? root)
    {
        Compared++;
        LastHolds = root is not null && head.Root.Span.SequenceEqual(root);
        if (LastHolds)
        {
            _lastGood = head.Size;
            return;
        }

        var first = _findings.Bad is { } bad && bad.First < head.Size ? bad.First : _lastGood;
        _findings.Add(
            isKept ? FindingCode.Rewritten : FindingCode.RootMismatch,
            first,
            isKept
                ? $"The first {head.Size} entries are not those of the checkpoint that was kept: something from {first} on was changed."
                : $"The first {head.Size} entries do not have the root that was signed: something from {first} on was changed.",
            isKept
                ? $"前 {head.Size} 条与所留存的检查点不符：自第 {first} 条起有改动。"
                : $"前 {head.Size} 条与已签名的根不符：自第 {first} 条起有改动。");
    }

    private async Task<TreeHead?> NextAsync()
    {
        while (await _history.MoveNextAsync())
        {
            if (Read(_history.Current, _options, _findings, "A checkpoint", "检查点") is { } read)
            {
                if (read.Origin == _origin)
                {
                    return read.Head;
                }

                _findings.Add(FindingCode.OtherLog, null, $"A checkpoint of {read.Head.Size} entries is of {read.Origin}.", $"检查点（{read.Head.Size} 条）属于 {read.Origin}。");
            }
        }

        return null;
    }
}
