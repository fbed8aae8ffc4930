using Seal.Domain.Holdings;

namespace Seal.Service.Settings;

/// <summary>Settings of time stamps (RFC 3161): the service's own authority, or one outside for sealing.</summary>
public sealed record TimestampSettings
{
    /// <summary>The policy that the own authority stamps under, as an object identifier; a default of this software, which promises nothing beyond RFC 3161.</summary>
    public string Policy { get; init; } = "2.25.147869658569450689149381391298778702824";

    /// <summary>By how much the own clock may be off, as its stamps state it: what the machine's time synchronisation keeps to.</summary>
    public TimeSpan Accuracy { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The algorithm of the own authority's key, which also says which chain certifies it.</summary>
    public KeyAlgorithm Algorithm { get; init; } = KeyAlgorithm.EcdsaP256;

    /// <summary>The address of an outside authority that stamps what is sealed here; empty: the own one does. Its root belongs into <see cref="DocumentSettings.TrustedRoots"/>.</summary>
    public string OutsideUrl { get; init; } = "";

    /// <summary>How long the outside authority may take to answer.</summary>
    public TimeSpan OutsideTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
