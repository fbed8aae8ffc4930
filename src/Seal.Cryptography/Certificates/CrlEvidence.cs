using System.Collections.Concurrent;

namespace Seal.Cryptography.Certificates;

/// <summary>
/// Revocation by a given set of lists. A list counts if the issuer's own key signed it and the issuer may
/// sign lists, if it covers the certificate, and if it speaks for the time asked: either the time lies
/// between its two updates, or it was made later and before the certificate expired, since entries stay on
/// a list until then (RFC 5280 §3.3), or later still if it says that it keeps them. A delta list counts over the complete list that it
/// belongs to.
/// </summary>
/// <param name="lists">The lists, of any issuers.</param>
public sealed class CrlEvidence(IEnumerable<Crl> lists) : IRevocationEvidence
{
    private readonly Crl[] _lists = [.. lists.OrderByDescending(static list => list.ThisUpdate)];

    /// <summary>A list's signature is the costly part, and one list serves many certificates.</summary>
    private readonly ConcurrentDictionary<(Crl List, Certificate Issuer), bool> _verified = new();

    /// <inheritdoc/>
    public RevocationFinding Find(Certificate certificate, Certificate issuer, DateTimeOffset at)
    {
        if (issuer.KeyUsage is { } usage && !usage.HasFlag(KeyUsages.CrlSign))
        {
            return new RevocationFinding.Unknown();
        }

        var list = _lists.FirstOrDefault(candidate => candidate.BaseNumber is null && Counts(candidate, certificate, issuer, at));
        if (list is null)
        {
            return new RevocationFinding.Unknown();
        }

        var delta = _lists.FirstOrDefault(candidate => candidate.BaseNumber is not null && list.IsContinuedBy(candidate) && Counts(candidate, certificate, issuer, at));
        if ((delta?.Find(certificate) ?? list.Find(certificate)) is not { Reason: not RevocationReason.RemoveFromCrl } entry)
        {
            return new RevocationFinding.Good();
        }

        return entry.RevokedAt <= at
            ? new RevocationFinding.Revoked(entry.RevokedAt, entry.Reason)
            : new RevocationFinding.Good(entry.RevokedAt);
    }

    private bool Counts(Crl candidate, Certificate certificate, Certificate issuer, DateTimeOffset at) =>
        candidate.Issuer.Matches(issuer.Subject)
        && candidate.IsUnderstood
        && candidate.Scope?.Covers(certificate) != false
        && SpeaksFor(candidate, certificate, at)
        && _verified.GetOrAdd((candidate, issuer), static pair => pair.List.IsSignedBy(pair.Issuer));

    private static bool SpeaksFor(Crl list, Certificate certificate, DateTimeOffset at) =>
        list.ThisUpdate <= at
            ? list.NextUpdate is { } next && at <= next
            : list.ThisUpdate <= certificate.NotAfter || list.KeepsExpiredSince <= certificate.NotAfter;
}
