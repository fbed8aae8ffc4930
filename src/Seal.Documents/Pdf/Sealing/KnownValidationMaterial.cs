using Seal.Cryptography.Certificates;
using Seal.Documents.Judging;

namespace Seal.Documents.Pdf;

/// <summary>Validation material out of certificates, lists and answers that are at hand.</summary>
/// <param name="certificates">Certificates that may lie above others; roots are those that signed themselves.</param>
/// <param name="lists">Revocation lists.</param>
/// <param name="answers">OCSP answers; where one speaks of a certificate, no list is taken for it.</param>
public sealed class KnownValidationMaterial(
    IReadOnlyCollection<Certificate> certificates, IReadOnlyCollection<Crl> lists, IReadOnlyCollection<OcspResponse> answers) : IValidationMaterialSource
{
    private readonly IReadOnlyCollection<Certificate> _certificates = certificates;

    /// <summary>Where states that are not at hand are fetched from, of certificates below the roots at hand alone; null for nowhere.</summary>
    public IRevocationSource? Source { get; init; }

    /// <inheritdoc/>
    public async ValueTask<ValidationMaterial> CollectAsync(IReadOnlyCollection<Certificate> certificates, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        var atHand = Collect(certificates, lists, answers);
        if (Source is null || atHand.Missing.Count == 0)
        {
            return atHand;
        }

        List<Crl> moreLists = [.. lists];
        List<OcspResponse> moreAnswers = [.. answers];
        foreach (var certificate in atHand.Missing)
        {
            if (IssuerOf(certificate, certificates) is { } issuer && IsTrusted(issuer, certificates))
            {
                var found = await Source.FetchAsync(certificate, issuer, cancellation);
                moreLists.AddRange(found.Lists.Select(der => Found.TryRead(der, Crl.Parse)).OfType<Crl>());
                moreAnswers.AddRange(found.Answers.Select(der => Found.TryRead(der, OcspResponse.Parse)).OfType<OcspResponse>().Where(answer => Speaks(answer, certificate, issuer)));
            }
        }

        return Collect(certificates, moreLists, moreAnswers);
    }

    private static bool Speaks(OcspResponse answer, Certificate certificate, Certificate issuer) => answer.Status == OcspResponseStatus.Successful
        && answer.Statements.Any(statement => statement.Finding is not RevocationFinding.Unknown && statement.Certificate.Names(certificate, issuer))
        && answer.IsSignedFor(issuer);

    private ValidationMaterial Collect(IReadOnlyCollection<Certificate> asked, IReadOnlyCollection<Crl> lists, IReadOnlyCollection<OcspResponse> answers)
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

    /// <summary>Whether the path above ends in a root that is at hand, and not only beside the signature.</summary>
    private bool IsTrusted(Certificate authority, IReadOnlyCollection<Certificate> beside)
    {
        HashSet<Certificate> path = [];
        for (var next = authority; next is not null && path.Add(next); next = IssuerOf(next, beside))
        {
            if (IsRoot(next))
            {
                return _certificates.Contains(next);
            }
        }

        return false;
    }

    private Certificate? IssuerOf(Certificate certificate, IEnumerable<Certificate> beside) => _certificates.Concat(beside)
        .FirstOrDefault(candidate => candidate.Subject.Matches(certificate.Issuer) && certificate.IsSignedBy(candidate));

    private static bool IsRoot(Certificate certificate) => certificate.IsSelfIssued && certificate.IsSignedBy(certificate);
}
