using Seal.Cryptography.Certificates;
using Seal.Cryptography.Timestamps;

namespace Seal.Documents.Pdf;

/// <summary>
/// What comes after a signature, step by step up to the level wanted. Each step is an update of its own, kept in memory; what
/// cannot be had ends it there, if a lower level is allowed.
/// </summary>
internal sealed class LongTermSteps(Stream source, SealStrength strength, PdfLimits limits)
{
    private readonly List<byte[]> _updates = [];

    /// <summary>The updates to be written behind the source, in their order.</summary>
    public IReadOnlyList<byte[]> Updates => _updates;

    public PadesLevel Reached { get; private set; }

    /// <summary>What the first time stamp that was made states (UTC).</summary>
    public DateTimeOffset? StampedAt { get; private set; }

    public string? Shortfall { get; private set; }

    /// <summary>Puts a time stamp into the signature container, from B-T on.</summary>
    public async Task<ReadOnlyMemory<byte>> StampAsync(ReadOnlyMemory<byte> container, CancellationToken cancellation)
    {
        if (strength.SignatureTimestamps is not { } timestamps)
        {
            return container;
        }

        var signature = StampedContainer.TryRead(container) ?? throw new ArgumentException("This is no signature container.", nameof(container));
        try
        {
            (var stamped, var token) = await signature.StampAsync(timestamps, cancellation);
            (Reached, StampedAt) = (PadesLevel.T, token.Info.Time);
            return stamped;
        }
        catch (TimestampException unavailable) when (strength.LowerWhenUnavailable)
        {
            Shortfall = unavailable.Message;
            return container;
        }
    }

    /// <summary>Takes over the update that brought a signature.</summary>
    public void Take(byte[] update) => _updates.Add(update);

    /// <summary>Proves that what there is exists now, by a document time stamp.</summary>
    public async Task ProveAsync(CancellationToken cancellation)
    {
        var file = await OpenAsync(cancellation);
        (var update, var token) = await DocumentTimestamp.MakeAsync(file.File, file.Stream, strength.Stamper, limits, cancellation);
        _updates.Add(update);
        StampedAt ??= token.Info.Time;
    }

    /// <summary>Adds the validation material of signatures, then a document time stamp over it, as far as the level wants them.</summary>
    /// <param name="contents">The signatures' <c>/Contents</c> as they stand in the file, padding included.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task PreserveAsync(IReadOnlyList<ReadOnlyMemory<byte>> contents, CancellationToken cancellation)
    {
        if (strength.Level < PadesLevel.LT || Reached < PadesLevel.T)
        {
            return;
        }

        try
        {
            await StoreAsync(contents, cancellation);
            Reached = PadesLevel.LT;
            if (strength.Level == PadesLevel.LTA)
            {
                await ProveAsync(cancellation);
                Reached = PadesLevel.LTA;
            }
        }
        catch (Exception unavailable) when (strength.LowerWhenUnavailable && unavailable is TimestampException or ValidationMaterialException)
        {
            Shortfall = unavailable.Message;
        }
    }

    /// <summary>States that time stamps there are already prove the signatures.</summary>
    public void AssumeProven() => Reached = PadesLevel.T;

    private async Task StoreAsync(IReadOnlyList<ReadOnlyMemory<byte>> contents, CancellationToken cancellation)
    {
        List<(ReadOnlyMemory<byte> Contents, ValidationMaterial Material)> collected = [];
        List<Certificate> missing = [];
        foreach (var signature in contents)
        {
            var certificates = StampedContainer.TryRead(signature)?.Certificates ?? [];
            var material = await strength.Collector.CollectAsync(certificates, cancellation);
            missing.AddRange(material.Missing);
            collected.Add((signature, material));
        }

        if (missing.Count > 0)
        {
            var told = $"No issuer or no revocation state is to be had of {string.Join(", ", missing.Distinct())}.";
            Shortfall = strength.IncompleteMaterial ? told : throw new ValidationMaterialException(told);
        }

        var file = (await OpenAsync(cancellation)).File;
        if (SecurityStore.Write(file, collected) is { } update)
        {
            _updates.Add(update);
        }
    }

    /// <summary>Opens the document as it will be with the updates made so far.</summary>
    public async Task<(PdfFile File, Stream Stream)> OpenAsync(CancellationToken cancellation)
    {
        var joined = _updates.Count == 0 ? source : new JoinedStream(source, _updates.SelectMany(update => update).ToArray());
        return (await PdfFile.OpenAsync(joined, limits, cancellation), joined);
    }
}
