namespace Seal.Ledger.Auditing;

/// <summary>
/// Checks a whole log and trusts nothing of it but the keys and checkpoints that the auditor brings: every entry is hashed
/// anew, and the root over all of them compared with every checkpoint; positions have no gap, times never go back, the
/// versions of each stream follow one another, and every hash tile holds what the entries give. Memory stays flat.
/// </summary>
public sealed class Audit
{
    // A log whose end is gone must not be asked for bundle after bundle for ever.
    private const int MostMissingBundles = 16;

    private readonly ITileSource _source;
    private readonly AuditOptions _options;
    private readonly Findings _findings;

    private Audit(ITileSource source, AuditOptions options) => (_source, _options, _findings) = (source, options, new Findings(options.MaximumFindings));

    /// <summary>Audits a log.</summary>
    /// <param name="source">Where it is read.</param>
    /// <param name="options">What it is checked against.</param>
    /// <param name="progress">Told how far the audit is; null if nobody asks.</param>
    /// <param name="ct">Breaks it off; with a state file it can be gone on with.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="SourceUnreadableException">The source cannot be read.</exception>
    public static Task<AuditResult> RunAsync(ITileSource source, AuditOptions options, IProgress<AuditProgress>? progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        return new Audit(source, options).RunAsync(progress, ct);
    }

    private async Task<AuditResult> RunAsync(IProgress<AuditProgress>? progress, CancellationToken ct)
    {
        var note = await _source.CheckpointAsync(ct);
        var newest = ReadNewest(note);
        var signed = newest?.Head.Size ?? 0;
        var total = await _source.CountAsync(signed, ct);
        var kept = ReadKept(newest?.Origin);
        var origin = newest?.Origin ?? kept.FirstOrDefault().Origin ?? "";
        RequireLength(kept, signed, total);

        var testimony = await HearAsync(note, origin, ct);
        testimony?.Judge(signed);
        var heads = testimony?.Heads ?? [];
        var state = AuditState.Take(_options.StateFile, origin, _options);
        // A tree that a witness saw and that lies behind where the audit was broken off has not been compared.
        using var run = state is not null && state.Size <= total && heads.All(head => head.Size > state.Size) ? AuditRun.GoOn(state, _options, _findings) : AuditRun.Begin(_options, _findings);
        var known = kept.Select(one => (one.Head, IsKept: true)).Concat(heads.Select(head => (head, false)));
        await using var trail = new CheckpointTrail(
            _options, _findings, origin,
            newest is null ? known : known.Append((newest.Value.Head, false)),
            _source.HistoryAsync(run.FirstUncompared, ct).Where(older => older != note), run.FirstUncompared, run.Range.Size)
        {
            Compared = state?.Checkpoints ?? 0,
        };
        try
        {
            await trail.StartAsync();
            await WalkAsync(run, trail, origin, total, progress, ct);
            await run.FinishAsync(_source, ct);
        }
        catch (Exception e) when (e is OperationCanceledException or SourceUnreadableException)
        {
            await run.SaveAsync(origin, trail.Compared);
            throw;
        }

        var entries = new AuditedEntries(origin, run.Range.Size, run.Range.Root(), run.Range.ToBytes(), run.Order.Last) { Versions = run.Order.Versions };
        foreach (var finding in await _source.CheckTablesAsync(_findings.Bad is null ? entries : null, ct))
        {
            _findings.Add(finding);
        }

        run.Finish();
        var told = _findings.Told(entriesHold: trail.LastHolds && trail.Compared > 0);
        return new AuditResult(
            origin, signed, run.Range.Size, run.Order.Versions.Count, trail.Compared, _options.Keys.Count > 0, run.Range.Root(), note, told, _findings.Count)
        {
            Testimony = testimony?.Result,
        };
    }

    private async Task<Testimony?> HearAsync(string? newest, string origin, CancellationToken ct)
    {
        if (_options.Witnesses.Count == 0)
        {
            return null;
        }

        var testimony = new Testimony(_options, _findings, origin);
        // Logs may publish their newest checkpoint with the witnesses' lines on it.
        foreach (var note in _options.Kept.Append(newest).OfType<string>())
        {
            testimony.Read(note);
        }

        await foreach (var note in _source.CosignedAsync(ct))
        {
            testimony.Read(note);
        }

        return testimony;
    }

    private async Task WalkAsync(AuditRun run, CheckpointTrail trail, string origin, long total, IProgress<AuditProgress>? progress, CancellationToken ct)
    {
        if (trail.NextSize == run.Range.Size)
        {
            await trail.CompareAsync(run.Range.Root(), run.Range.Size);
        }

        progress?.Report(new AuditProgress(run.Range.Size, total));
        await using var reads = new ReadAhead(_source, run.Range.Size, total, _options.ReadAhead);
        var missing = 0;
        while (await reads.NextAsync(ct) is { } bundles)
        {
            foreach (var read in bundles)
            {
                missing = read.Slots is null ? missing + 1 : 0;
                if (missing == MostMissingBundles)
                {
                    _findings.AddMissing(read.First, total - read.First);
                    return;
                }

                ct.ThrowIfCancellationRequested();
                await run.CheckAsync(read, trail, _source, ct);
                await run.SaveIfDueAsync(origin, trail.Compared);
                progress?.Report(new AuditProgress(run.Range.Size, total));
            }
        }
    }

    private (string Origin, TreeHead Head, bool IsSigned)? ReadNewest(string? note)
    {
        if (note is null)
        {
            _findings.Add(FindingCode.CheckpointMissing, null, "The log has no checkpoint: nobody answers for it.", "账本没有检查点，无人为其内容负责。");
            return null;
        }

        var newest = CheckpointTrail.Read(note, _options, _findings, "The newest checkpoint", "最新检查点");
        if (newest is { } read && _options.Keys.Count > 0 && _options.Keys.All(key => key.Name != read.Origin))
        {
            _findings.Add(FindingCode.OtherLog, null, $"The log is {read.Origin}; the keys are of {_options.Keys.First().Name}.", $"该账本为 {read.Origin}，而所给密钥属于 {_options.Keys.First().Name}。");
        }

        return newest;
    }

    private List<(string Origin, TreeHead Head, bool IsSigned)> ReadKept(string? origin)
    {
        var kept = new List<(string Origin, TreeHead Head, bool IsSigned)>();
        foreach (var note in _options.Kept)
        {
            if (CheckpointTrail.Read(note, _options, _findings, "The checkpoint that was kept", "留存的检查点") is not { } read)
            {
                continue;
            }

            if (origin is null || read.Origin == origin)
            {
                kept.Add(read);
            }
            else
            {
                _findings.Add(FindingCode.OtherLog, null, $"The log is {origin}; the checkpoint that was kept is of {read.Origin}.", $"该账本为 {origin}，而留存的检查点属于 {read.Origin}。");
            }
        }

        return kept;
    }

    private void RequireLength(List<(string Origin, TreeHead Head, bool IsSigned)> kept, long signed, long total)
    {
        foreach (var size in kept.Select(one => one.Head.Size).Where(size => size > signed))
        {
            _findings.Add(
                FindingCode.Shrunk, total < size ? total : signed,
                $"The log signs {signed} entries; a checkpoint that was kept has {size}.", $"账本现签名 {signed} 条，而留存的检查点有 {size} 条。");
        }
    }
}
