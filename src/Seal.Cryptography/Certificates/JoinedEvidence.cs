namespace Seal.Cryptography.Certificates;

/// <summary>
/// Several sources of revocation as one. A source that says "revoked" outweighs all that say "good", because a "good" may
/// merely be older; what one source knows of a later revocation is kept. Of a hold, which may have been lifted since, the first
/// source that knows the certificate decides.
/// </summary>
/// <param name="sources">The sources, the most current first.</param>
public sealed class JoinedEvidence(IEnumerable<IRevocationEvidence> sources) : IRevocationEvidence
{
    private readonly IRevocationEvidence[] _sources = [.. sources];

    /// <inheritdoc/>
    public RevocationFinding Find(Certificate certificate, Certificate issuer, DateTimeOffset at)
    {
        var findings = _sources.Select(source => source.Find(certificate, issuer, at)).Where(static finding => finding is not RevocationFinding.Unknown).ToArray();
        if (findings.OfType<RevocationFinding.Revoked>().Where(static revoked => revoked.Reason != RevocationReason.CertificateHold).MinBy(static revoked => revoked.At) is { } revoked)
        {
            return revoked;
        }

        return findings switch
        {
            [] => new RevocationFinding.Unknown(),
            [RevocationFinding.Revoked held, ..] => held,
            _ => new RevocationFinding.Good(findings.OfType<RevocationFinding.Good>().Min(static good => good.RevokedLaterAt)),
        };
    }
}
