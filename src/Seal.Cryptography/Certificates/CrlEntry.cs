namespace Seal.Cryptography.Certificates;

/// <summary>One revoked certificate.</summary>
/// <param name="SerialNumber">Its serial number as in <see cref="Certificate.SerialNumber"/>.</param>
/// <param name="RevokedAt">From when on, UTC.</param>
/// <param name="Reason">Why.</param>
public sealed record CrlEntry(ReadOnlyMemory<byte> SerialNumber, DateTimeOffset RevokedAt, RevocationReason Reason);

#pragma warning disable CA1027 // consecutive numbers of the standard, with a gap at 7; not flags
/// <summary>Why a certificate was revoked (RFC 5280 §5.3.1).</summary>
public enum RevocationReason
{
    /// <summary>No reason given.</summary>
    Unspecified = 0,

    /// <summary>The key is, or may be, in other hands.</summary>
    KeyCompromise = 1,

    /// <summary>The issuer's key is, or may be, in other hands.</summary>
    CaCompromise = 2,

    /// <summary>The holder's name or other facts have changed.</summary>
    AffiliationChanged = 3,

    /// <summary>Replaced by another certificate.</summary>
    Superseded = 4,

    /// <summary>No longer needed.</summary>
    CessationOfOperation = 5,

    /// <summary>Suspended; may be lifted.</summary>
    CertificateHold = 6,

    /// <summary>A hold was lifted (delta lists only).</summary>
    RemoveFromCrl = 8,

    /// <summary>The holder lost the right to it.</summary>
    PrivilegeWithdrawn = 9,

    /// <summary>The attribute authority was compromised.</summary>
    AaCompromise = 10,
}
#pragma warning restore CA1027
