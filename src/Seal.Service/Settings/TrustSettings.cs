namespace Seal.Service.Settings;

/// <summary>Settings about whom verification trusts with what.</summary>
public sealed record TrustSettings
{
    /// <summary>
    /// Policies that a verification may name, beside the one it gets without a name: this service's own authorities and
    /// <see cref="DocumentSettings.TrustedRoots"/> for everything.
    /// </summary>
    public IReadOnlyDictionary<string, TrustPolicySettings> Policies { get; init; } = new Dictionary<string, TrustPolicySettings>();

    /// <summary>Whether revocation that is not at hand is fetched, from addresses in certificates below a trusted root alone.</summary>
    public bool FetchRevocation { get; init; }
}

/// <summary>One policy: folders of roots (PEM or DER). An empty name trusts nobody with that.</summary>
public sealed record TrustPolicySettings
{
    /// <summary>Roots trusted with signing documents.</summary>
    public string Signers { get; init; } = "";

    /// <summary>Roots trusted with time stamps.</summary>
    public string Timestamps { get; init; } = "";

    /// <summary>Roots trusted with making seal data.</summary>
    public string SealMakers { get; init; } = "";

    /// <summary>Whether this service's own authorities are trusted as well.</summary>
    public bool OwnAuthorities { get; init; } = true;
}
