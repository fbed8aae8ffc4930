namespace Seal.Cryptography.Certificates;

/// <summary>What is known of a certificate's revocation as of a time.</summary>
public abstract record RevocationFinding
{
    private RevocationFinding()
    {
    }

    /// <summary>Not revoked at that time.</summary>
    /// <param name="RevokedLaterAt">When it was revoked afterwards, if that is known.</param>
    public sealed record Good(DateTimeOffset? RevokedLaterAt = null) : RevocationFinding;

    /// <summary>Revoked at or before that time.</summary>
    /// <param name="At">From when on.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Revoked(DateTimeOffset At, RevocationReason Reason) : RevocationFinding;

    /// <summary>Nothing usable speaks of it.</summary>
    public sealed record Unknown : RevocationFinding;
}

/// <summary>Where path validation learns of revocation: lists, OCSP answers, the ledger.</summary>
public interface IRevocationEvidence
{
    /// <summary>The state of a certificate as of <paramref name="at"/>.</summary>
    /// <param name="certificate">The certificate in question.</param>
    /// <param name="issuer">Its issuer in the path, whose signature on the certificate has been verified.</param>
    /// <param name="at">As of when.</param>
    RevocationFinding Find(Certificate certificate, Certificate issuer, DateTimeOffset at);
}

/// <summary>Evidence that needs no source.</summary>
public static class RevocationEvidence
{
    /// <summary>There is none: every certificate below an anchor has an unknown state.</summary>
    public static IRevocationEvidence None { get; } = new Fixed(new RevocationFinding.Unknown());

    /// <summary>
    /// Revocation is judged elsewhere (the ledger, for certificates of our own authority) or does not matter
    /// to the caller: every certificate counts as good.
    /// </summary>
    public static IRevocationEvidence NotRequired { get; } = new Fixed(new RevocationFinding.Good());

    private sealed class Fixed(RevocationFinding finding) : IRevocationEvidence
    {
        public RevocationFinding Find(Certificate certificate, Certificate issuer, DateTimeOffset at) => finding;
    }
}
