using System.Security.Cryptography;
using Seal.Service.Keys;
using Seal.Service.Problems;

namespace Seal.Service.Pki;

/// <summary>What the certificate authority publishes: its certificates and its revocation lists.</summary>
public static class PkiRoutes
{
    /// <summary>Maps them.</summary>
    public static void MapPki(this IEndpointRouteBuilder routes)
    {
        var pki = routes.MapGroup("/pki").AllowAnonymous().WithTags("pki");
        pki.MapGet("/{name}.cer", (string name, Authorities authorities) => TypedResults.Bytes(
                Find(authorities, name)?.RawData.ToArray() ?? throw new ProblemException(RequestProblems.NothingHere),
                "application/pkix-cert"))
            .WithName("IssuerCertificate").WithSummary("The certificate of an authority, such as ca-issuing-ecdsa (DER)")
            .Produces<byte[]>(StatusCodes.Status200OK, "application/pkix-cert");
        pki.MapGet("/{name}.crl", async (string name, RevocationLists lists, CancellationToken cancellation) => TypedResults.Bytes(
                (await lists.GetAsync(cancellation)).GetValueOrDefault(name) ?? throw new ProblemException(RequestProblems.NothingHere),
                "application/pkix-crl"))
            .WithName("RevocationList").WithSummary("The revocation list of an authority, such as ca-issuing-ecdsa (DER)")
            .Produces<byte[]>(StatusCodes.Status200OK, "application/pkix-crl");
        pki.MapGet("/roots.pem", (Authorities authorities) => TypedResults.Text(
                string.Join('\n', authorities.Roots.Select(root => PemEncoding.WriteString("CERTIFICATE", root.RawData.Span))) + "\n", "application/x-pem-file"))
            .WithName("Roots").WithSummary("The roots that this service trusts by itself (PEM)").Produces<string>(StatusCodes.Status200OK, "application/x-pem-file");
    }

    private static Cryptography.Certificates.Certificate? Find(Authorities authorities, string name) => authorities.Chains
        .Select(chain => chain.IssuingName == name ? chain.Issuing.Certificate : chain.RootName == name ? chain.Root.Certificate : null)
        .FirstOrDefault(certificate => certificate is not null);
}
