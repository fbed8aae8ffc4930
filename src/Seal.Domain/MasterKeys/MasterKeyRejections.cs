using Seal.Domain.Deciding;

namespace Seal.Domain.MasterKeys;

/// <summary>Refusals that have to do with the vault's master keys.</summary>
[Rejections]
public static class MasterKeyRejections
{
    /// <summary>The token has no such key.</summary>
    public static Rejection MasterKeyUnknown => new("master-key-unknown", RejectionKind.NotFound, "key");

    /// <summary>It is the newest one, or something is still wrapped under it.</summary>
    public static Rejection MasterKeyInUse => new("master-key-in-use", RejectionKind.Conflict, "key");

    /// <summary>It was destroyed before.</summary>
    public static Rejection MasterKeyDestroyed => new("master-key-destroyed", RejectionKind.Gone, "key");
}
