namespace Seal.Domain.Deciding;

/// <summary>Refusals that any command can meet before its own rules are asked.</summary>
[Rejections]
public static class AccessRejections
{
    /// <summary>The actor is none of those who may give the command.</summary>
    public static Rejection NotPermitted => new("not-permitted", RejectionKind.Forbidden);

    /// <summary>The command needs a proof of person and none came with it.</summary>
    public static Rejection ProofMissing => new("proof-missing", RejectionKind.Forbidden);

    /// <summary>The proof is another person's, or was given for another command or another object.</summary>
    public static Rejection ProofForOther => new("proof-for-other", RejectionKind.Forbidden);

    /// <summary>The proof is too old.</summary>
    public static Rejection ProofExpired => new("proof-expired", RejectionKind.Forbidden);

    /// <summary>The proof has been used before: each serves once.</summary>
    public static Rejection ProofSpent => new("proof-spent", RejectionKind.Conflict);
}
