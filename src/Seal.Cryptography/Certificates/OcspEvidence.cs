using System.Collections.Concurrent;

namespace Seal.Cryptography.Certificates;

/// <summary>
/// Revocation by a given set of OCSP answers. An answer counts if one who may answer for the issuer signed it and if it speaks
/// for the time asked: the time lies between its two updates, or it was made later and before the certificate expired. What no
/// answer speaks of, others are asked.
/// </summary>
/// <param name="answers">The answers, by any responders.</param>
/// <param name="otherwise">Who is asked about what they say nothing of, such as lists.</param>
public sealed class OcspEvidence(IEnumerable<OcspResponse> answers, IRevocationEvidence otherwise) : IRevocationEvidence
{
    private readonly (OcspResponse Answer, OcspSingle Statement)[] _statements =
    [
        .. answers.SelectMany(static answer => answer.Statements.Select(statement => (answer, statement))).OrderByDescending(static pair => pair.statement.ThisUpdate),
    ];

    private readonly ConcurrentDictionary<(OcspResponse Answer, Certificate Issuer), bool> _verified = new();

    /// <inheritdoc/>
    public RevocationFinding Find(Certificate certificate, Certificate issuer, DateTimeOffset at)
    {
        foreach (var (answer, statement) in _statements)
        {
            if (statement.Finding is RevocationFinding.Unknown
                || !statement.Certificate.Names(certificate, issuer)
                || !SpeaksFor(statement, certificate, at)
                || !_verified.GetOrAdd((answer, issuer), static pair => pair.Answer.IsSignedFor(pair.Issuer)))
            {
                continue;
            }

            return statement.Finding is RevocationFinding.Revoked revoked && revoked.At > at
                ? new RevocationFinding.Good(revoked.At)
                : statement.Finding;
        }

        return otherwise.Find(certificate, issuer, at);
    }

    private static bool SpeaksFor(OcspSingle statement, Certificate certificate, DateTimeOffset at) => statement.ThisUpdate <= at
        ? at <= statement.NextUpdate || statement.Finding is RevocationFinding.Revoked { Reason: not RevocationReason.CertificateHold }
        : statement.ThisUpdate <= certificate.NotAfter;
}
