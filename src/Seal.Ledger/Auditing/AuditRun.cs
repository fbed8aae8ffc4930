using System.Diagnostics.CodeAnalysis;
using Seal.Ledger.Merkle;

namespace Seal.Ledger.Auditing;

/// <summary>What an audit knows of the entries it has been through.</summary>
internal sealed class AuditRun : IDisposable
{
    // 64 bundles: some seconds of work over a network.
    private const long SaveEvery = 1 << 14;

    private readonly AuditOptions _options;
    private readonly Findings _findings;
    private readonly UpperTiles _upper;
    private readonly Action<MerkleNode, byte[]> _take;
    private bool _isRootKnown = true;
    private bool _isBetweenBundles = true;
    private long _saved;

    private AuditRun(AuditOptions options, Findings findings, CompactRange range, UpperTiles upper, EntryOrder order) =>
        (_options, _findings, Range, _upper, Order, _take) = (options, findings, range, upper, order, upper.Take);

    /// <summary>The tree over the entries.</summary>
    public CompactRange Range { get; }

    /// <summary>What the entries say of their order.</summary>
    public EntryOrder Order { get; }

    /// <summary>The smallest checkpoint that has not been compared yet.</summary>
    public long FirstUncompared => Range.Size == 0 ? 0 : Range.Size + 1;

    /// <summary>Begins at the first entry.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The run disposes of its table.")]
    public static AuditRun Begin(AuditOptions options, Findings findings) => new(
        options, findings, new CompactRange(), new UpperTiles([]),
        new EntryOrder(new StreamVersions(options.StateFile is { } file ? AuditState.StreamsFile(file) : null), findings, DateTimeOffset.MinValue));

    /// <summary>Goes on where another run was broken off.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The run disposes of its table.")]
    public static AuditRun GoOn(AuditState state, AuditOptions options, Findings findings) => new(
        options, findings, new CompactRange(state.Size, state.Range), new UpperTiles(state.Tiles),
        new EntryOrder(new StreamVersions(AuditState.StreamsFile(options.StateFile!), state.StreamsSecret, state.Streams), findings, state.Last));

    /// <summary>Checks the entries of a bundle.</summary>
    public async Task CheckAsync(BundleRead read, CheckpointTrail trail, ITileSource source, CancellationToken ct)
    {
        _isBetweenBundles = false;
        foreach (var finding in read.Findings)
        {
            _findings.Add(finding);
        }

        var slots = read.Slots ?? new BundleSlot[read.Width];
        // Where entries are missing, the end of a log has no hashes of them either, and that says nothing new.
        if (read.Tile is null && !slots.Any(slot => slot.IsMissing))
        {
            _findings.Add(
                FindingCode.TileMissing, read.First,
                $"The hash tile of the entries from {read.First} on is missing or too short.", $"自第 {read.First} 条起的哈希分块缺失或不完整。");
        }

        for (var i = 0; i < slots.Length; i++)
        {
            var stored = read.Tile is null ? default : read.Tile.AsMemory(i * MerkleHash.Size, MerkleHash.Size);
            Range.Append(HashOf(read.First + i, slots[i], stored.Span), _take);
            if (Range.Size == trail.NextSize)
            {
                await trail.CompareAsync(_isRootKnown ? Range.Root() : null, Range.Size);
            }
        }

        await _upper.CompareFullAsync(source, _findings, ct);
        _isBetweenBundles = true;
    }

    /// <summary>Compares the partial tiles at the end.</summary>
    public Task FinishAsync(ITileSource source, CancellationToken ct)
    {
        _isBetweenBundles = false;
        return _upper.ComparePartialAsync(source, Range.Size, _findings, ct);
    }

    /// <summary>Keeps where the audit is, so that even one that is killed can be gone on with; each time as much again is done as keeping costs.</summary>
    public async Task SaveIfDueAsync(string origin, long checkpoints)
    {
        // A bundle that is not full is the last one, and nobody could go on from within it.
        if (Range.Size - _saved >= long.Max(SaveEvery, Order.Versions.Count) && Range.Size % HashTile.FullWidth == 0)
        {
            await SaveAsync(origin, checkpoints);
            _saved = Range.Size;
        }
    }

    /// <summary>Keeps where the audit is. One that found something, or is within a bundle, is not kept.</summary>
    public async Task SaveAsync(string origin, long checkpoints)
    {
        if (_options.StateFile is { } file && _isBetweenBundles && _findings is { Count: 0, Bad: null })
        {
            var state = new AuditState(
                origin, Range.Size, Range.ToBytes(), _upper.ToState(), Order.Last, Order.Versions.Secret, Order.Versions.Count, checkpoints, _options.Kept, AuditState.NamesOf(_options.Keys));
            await state.SaveAsync(file, Order.Versions);
        }
    }

    /// <summary>The audit is done: there is nothing to go on with.</summary>
    public void Finish()
    {
        if (_options.StateFile is { } file)
        {
            AuditState.Delete(file);
        }
    }

    public void Dispose()
    {
        if (_options.StateFile is null)
        {
            Order.Versions.Dispose();
        }
        else
        {
            Order.Versions.Delete();
        }
    }

    private ReadOnlySpan<byte> HashOf(long position, in BundleSlot slot, ReadOnlySpan<byte> stored)
    {
        if (slot.IsMissing)
        {
            _findings.AddMissing(position, 1);
            // The tile stands in, so that what comes behind the gap can still be judged.
            _isRootKnown &= !stored.IsEmpty;
            return stored.IsEmpty ? MerkleHash.EmptyRoot.Span : stored;
        }

        var hash = slot.Hash.Span;
        if (!stored.IsEmpty && !stored.SequenceEqual(hash))
        {
            _findings.AddBad(FindingCode.EntryChanged, position, $"Entry {position} is not what was hashed into the tree.", $"第 {position} 条与计入哈希树的内容不符。");
        }
        else if (slot.Facts is null)
        {
            _findings.AddBad(FindingCode.EntryMalformed, position, $"Entry {position} is no event of this ledger.", $"第 {position} 条不是本账本的事件。");
        }

        if (slot.Facts is { } facts)
        {
            Order.Check(position, facts);
        }

        return hash;
    }
}
