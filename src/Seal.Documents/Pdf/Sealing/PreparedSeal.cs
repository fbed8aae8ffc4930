using Seal.Cryptography.Algorithms;

namespace Seal.Documents.Pdf;

/// <summary>
/// A sealed document that lacks only its signature: what is to be signed can be hashed, signed elsewhere (on a device,
/// by a remote service), and put in. The source stream must stay open and unchanged until then.
/// </summary>
public sealed class PreparedSeal
{
    private const int CopyBuffer = 128 * 1024;

    private readonly Stream _source;
    private readonly byte[] _update;
    private readonly int _holeStart;
    private readonly int _holeLength;
    private readonly PdfLimits _limits;

    internal PreparedSeal(Stream source, byte[] update, SignatureDictionary dictionary, string fieldName, PdfLimits limits)
    {
        ByteRange = dictionary.PatchRange(update, source.Length);
        _source = source;
        _update = update;
        _holeStart = (int)dictionary.ContentsStart;
        _holeLength = (int)dictionary.ContentsLength;
        _limits = limits;
        FieldName = fieldName;
    }

    /// <summary>The name of the signature field.</summary>
    public string FieldName { get; }

    /// <summary>The four numbers of <c>/ByteRange</c>: what is signed is everything but <c>/Contents</c>.</summary>
    public IReadOnlyList<long> ByteRange { get; }

    /// <summary>Longest signature, in bytes of DER, that fits.</summary>
    public int Capacity => (_holeLength - 2) / 2;

    /// <summary>Hashes what is to be signed, in memory that does not grow with the document.</summary>
    public async Task<byte[]> DigestAsync(DigestAlgorithm algorithm, CancellationToken cancellation)
    {
        using IncrementalDigest digest = new(algorithm);
        _source.Position = 0;
        await digest.AppendAsync(_source, _source.Length, cancellation);
        digest.Append(_update.AsSpan(0, _holeStart));
        digest.Append(_update.AsSpan(_holeStart + _holeLength));
        return digest.Finish();
    }

    /// <summary>Writes the sealed document at level B-B: the source bit for bit, then the update with the signature in it.</summary>
    /// <param name="signature">The signature container, DER; padded with zeros to the room reserved.</param>
    /// <param name="destination">Written from its current position on.</param>
    /// <param name="cancellation">Stops the writing.</param>
    /// <exception cref="PdfFormatException"><see cref="PdfProblem.SignatureTooLong"/>.</exception>
    public Task CompleteAsync(ReadOnlyMemory<byte> signature, Stream destination, CancellationToken cancellation) =>
        WriteAsync(destination, [Fill(signature)], cancellation);

    /// <summary>
    /// Writes the sealed document at the level wanted: the source bit for bit, the update with the signature, its time stamp in it,
    /// and an update each for validation material and document time stamp.
    /// </summary>
    /// <param name="signature">The signature container, DER.</param>
    /// <param name="strength">The level, and whose help there is.</param>
    /// <param name="destination">Written from its current position on, once everything is at hand.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="PdfFormatException"><see cref="PdfProblem.SignatureTooLong"/>.</exception>
    /// <exception cref="Seal.Cryptography.Timestamps.TimestampException">There is no time stamp, and a lower level is not allowed.</exception>
    /// <exception cref="ValidationMaterialException">There is no revocation state, and a lower level is not allowed.</exception>
    public async Task<SealOutcome> CompleteAsync(ReadOnlyMemory<byte> signature, SealStrength strength, Stream destination, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(strength);
        LongTermSteps steps = new(_source, strength, _limits);
        var container = await steps.StampAsync(signature, cancellation);
        steps.Take(Fill(container));
        var padded = new byte[Capacity];
        container.CopyTo(padded);
        await steps.PreserveAsync([padded], cancellation);
        await WriteAsync(destination, steps.Updates, cancellation);
        return new SealOutcome(FieldName, ByteRange, container, steps.Reached, steps.StampedAt, steps.Shortfall);
    }

    /// <summary>The update with a signature in its place.</summary>
    internal byte[] Fill(ReadOnlyMemory<byte> signature)
    {
        if (signature.Length > Capacity)
        {
            throw new PdfFormatException(PdfProblem.SignatureTooLong, $"a signature of {signature.Length} bytes in room for {Capacity}");
        }

        var digits = new byte[2 * signature.Length];
        Convert.TryToHexStringLower(signature.Span, digits, out _);
        byte[] update = [.. _update];
        digits.CopyTo(update, _holeStart + 1);
        return update;
    }

    private Task WriteAsync(Stream destination, IReadOnlyList<byte[]> updates, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return CopyAsync(_source, updates, destination, cancellation);
    }

    internal static async Task CopyAsync(Stream source, IReadOnlyList<byte[]> updates, Stream destination, CancellationToken cancellation)
    {
        source.Position = 0;
        await source.CopyToAsync(destination, CopyBuffer, cancellation);
        foreach (var update in updates)
        {
            await destination.WriteAsync(update, cancellation);
        }
    }
}
