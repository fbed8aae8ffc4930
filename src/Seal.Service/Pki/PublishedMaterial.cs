using Seal.Cryptography.Certificates;
using Seal.Documents.Pdf;
using Seal.Service.Keys;
using Seal.Service.Verification;

namespace Seal.Service.Pki;

/// <summary>
/// The validation material of the service's own certificates: OCSP answers for holders and services, lists for the authorities.
/// Of certificates from elsewhere (an outside time-stamping authority's) it has what lies in the folder of trusted roots; their
/// revocation state is fetched from where they say, if the settings allow it (<c>Trust:FetchRevocation</c>), and else said to be missing.
/// </summary>
public sealed class PublishedMaterial(Authorities authorities, RevocationLists lists, OcspAnswers answers, TrustedRoots trusted, RevocationAccess access) : IValidationMaterialSource
{
    /// <inheritdoc/>
    public async ValueTask<ValidationMaterial> CollectAsync(IReadOnlyCollection<Certificate> certificates, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        List<OcspResponse> said = [];
        foreach (var certificate in certificates)
        {
            if (authorities.Chains.FirstOrDefault(chain => certificate.Issuer.Matches(chain.Issuing.Certificate.Subject)) is not { } issuer)
            {
                continue;
            }

            var asked = OcspRequest.Create(OcspCertId.Of(certificate, issuer.Issuing.Certificate), []);
            var answer = OcspResponse.Parse((await answers.AnswerAsync(issuer, asked, cancellation)).Der);
            if (answer.Status != OcspResponseStatus.Successful)
            {
                throw new ValidationMaterialException($"The service's own OCSP responder answers {answer.Status} about {certificate}.");
            }

            said.Add(answer);
        }

        var published = await lists.GetAsync(cancellation);
        KnownValidationMaterial known = new(
            [.. authorities.Intermediates, .. authorities.Roots, .. trusted.Certificates],
            [.. authorities.Chains.Select(chain => Crl.Parse(published.Complete[chain.RootName]))],
            said)
        {
            Source = access.Open(),
        };
        return await known.CollectAsync(certificates, cancellation);
    }
}
