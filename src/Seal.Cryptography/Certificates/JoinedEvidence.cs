namespace Seal.Cryptography.Certificates;

/// <summary>
/// Several sources of revocation as one. A source that says "revoked" outweighs all that say "good", because a "good" may
/// merely be older; what one source knows of a later revocation is kept.
/// </summary>
/// <param name="sources">The sources, in no order.</param>
public sealed class JoinedEvidence(IEnumerable<IRevocationEvidence> sources) : IRevocationEvidence
{
    private readonly IRevocationEvidence[] _sources = [.. sources];

    /// <inheritdoc/>
    public RevocationFinding Find(Certificate certificate, Certificate issuer, DateTimeOffset at)
    {
        var findings = _sources.Select(source => source.Find(certificate, issuer, at)).ToArray();
        if (findings.OfType<RevocationFinding.Revoked>().MinBy(static revoked => revoked.At) is { } revoked)
        {
            return revoked;
        }

        var good = findings.OfType<RevocationFinding.Good>().ToArray();
        return good.Length == 0
            ? new RevocationFinding.Unknown()
            : new RevocationFinding.Good(good.Min(static finding => finding.RevokedLaterAt));
    }
}
