using Seal.Cryptography.Certificates;

namespace Seal.Documents.Pdf;

/// <summary>Validation material out of certificates, lists and answers that are at hand.</summary>
/// <param name="certificates">Certificates that may lie above others; roots are those that signed themselves.</param>
/// <param name="lists">Revocation lists.</param>
/// <param name="answers">OCSP answers; where one speaks of a certificate, no list is taken for it.</param>
public sealed class KnownValidationMaterial(
    IReadOnlyCollection<Certificate> certificates, IReadOnlyCollection<Crl> lists, IReadOnlyCollection<OcspResponse> answers) : IValidationMaterialSource
{
    /// <inheritdoc/>
    public ValueTask<ValidationMaterial> CollectAsync(IReadOnlyCollection<Certificate> certificates, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        return ValueTask.FromResult(Collect(certificates));
    }

    private ValidationMaterial Collect(IReadOnlyCollection<Certificate> asked)
    {
        HashSet<Certificate> path = [];
        HashSet<Crl> usedLists = [];
        HashSet<OcspResponse> usedAnswers = [];
        List<Certificate> missing = [];
        Queue<Certificate> open = new(asked);
        while (open.TryDequeue(out var certificate))
        {
            if (!path.Add(certificate) || IsRoot(certificate))
            {
                continue;
            }

            if (IssuerOf(certificate, asked) is not { } issuer)
            {
                missing.Add(certificate);
                continue;
            }

            open.Enqueue(issuer);
            if (certificate.Find(OcspResponder.NoCheck.Oid) is not null)
            {
                continue; // RFC 6960 §4.2.2.2.1: nobody need ask
            }

            if (answers.FirstOrDefault(answer => answer.Statements.Any(statement => statement.Certificate.Names(certificate, issuer))) is { } spoken)
            {
                usedAnswers.Add(spoken);
            }
            else if (lists.FirstOrDefault(list => list.Issuer.Matches(certificate.Issuer) && list.IsUnderstood && list.IsSignedBy(issuer)) is { } list)
            {
                usedLists.Add(list);
            }
            else
            {
                missing.Add(certificate);
            }
        }

        return new ValidationMaterial([.. path], [.. usedLists], [.. usedAnswers], missing);
    }

    private Certificate? IssuerOf(Certificate certificate, IEnumerable<Certificate> beside) => certificates.Concat(beside)
        .FirstOrDefault(candidate => candidate.Subject.Matches(certificate.Issuer) && certificate.IsSignedBy(candidate));

    private static bool IsRoot(Certificate certificate) => certificate.IsSelfIssued && certificate.IsSignedBy(certificate);
}
