using Seal.Domain.Seals;
using Seal.Service.Keys;

namespace Seal.Service.Effects;

/// <summary>
/// What a device is to sign, as an event keeps it: in base64, and where seal data (GB/T 38540) are a part of it, with a full stop in
/// their place. They have a picture in them and are kept elsewhere, by the edition; an event has 65,535 bytes.
/// </summary>
public sealed class DeviceBytes(Editions editions)
{
    private const char Gap = '.';

    /// <summary>The text to be kept.</summary>
    /// <param name="seal">The seal.</param>
    /// <param name="edition">The edition of its data.</param>
    /// <param name="toBeSigned">What is to be signed.</param>
    /// <param name="holdsSealData">Whether the seal data may be in it.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<string> KeepAsync(SealId seal, int edition, ReadOnlyMemory<byte> toBeSigned, bool holdsSealData, CancellationToken cancellation)
    {
        if (!holdsSealData)
        {
            return Convert.ToBase64String(toBeSigned.Span);
        }

        var data = await editions.GetAsync(seal, edition, cancellation);
        var at = toBeSigned.Span.IndexOf(data);
        return at < 0
            ? Convert.ToBase64String(toBeSigned.Span)
            : Convert.ToBase64String(toBeSigned.Span[..at]) + Gap + Convert.ToBase64String(toBeSigned.Span[(at + data.Length)..]);
    }

    /// <summary>The bytes that were kept as this text.</summary>
    public async Task<byte[]> FillAsync(SealId seal, int edition, string kept, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(kept);
        return kept.Split(Gap) switch
        {
            [var before, var after] => [.. Convert.FromBase64String(before), .. await editions.GetAsync(seal, edition, cancellation), .. Convert.FromBase64String(after)],
            _ => Convert.FromBase64String(kept),
        };
    }
}
