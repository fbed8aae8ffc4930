using System.Numerics;

namespace Seal.Cryptography.Certificates;

/// <summary>What goes into a revocation list (RFC 5280 §5). Numbers and times are handed in, so that building is repeatable.</summary>
public sealed record CrlRequest
{
    /// <summary>
    /// Of a complete list every certificate revoked and not yet expired, or all that expired since <see cref="ExpiredSince"/>; of a delta
    /// what changed since its base, with <see cref="RevocationReason.RemoveFromCrl"/> where a suspension ended.
    /// </summary>
    public required IReadOnlyCollection<CrlEntry> Entries { get; init; }

    /// <summary>Grows with each list of this authority, complete and delta counted together.</summary>
    public required BigInteger Number { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset ThisUpdate { get; init; }

    /// <summary>When at the latest the next one comes.</summary>
    public required DateTimeOffset NextUpdate { get; init; }

    /// <summary>From when on revoked certificates are kept on the list although they expired; null keeps none.</summary>
    public DateTimeOffset? ExpiredSince { get; init; }

    /// <summary>Makes a delta (§5.2.4): the number of the complete list since which the entries tell the changes.</summary>
    public BigInteger? BaseNumber { get; init; }

    /// <summary>Where the deltas of this complete list are published (§5.2.6); empty names none.</summary>
    public IReadOnlyList<string> FreshestUrls { get; init; } = [];
}
