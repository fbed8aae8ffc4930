using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
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
        pki.MapGet("/{name}.crl", ListAsync)
            .WithName("RevocationList").WithSummary("The revocation list of an authority, such as ca-issuing-ecdsa, or what changed in it, ca-issuing-ecdsa-delta (DER)")
            .Produces<byte[]>(StatusCodes.Status200OK, "application/pkix-crl");
        pki.MapGet("/roots.pem", (Authorities authorities) => TypedResults.Text(
                string.Join('\n', authorities.Roots.Select(root => PemEncoding.WriteString("CERTIFICATE", root.RawData.Span))) + "\n", "application/x-pem-file"))
            .WithName("Roots").WithSummary("The roots that this service trusts by itself (PEM)").Produces<string>(StatusCodes.Status200OK, "application/x-pem-file");
    }

    private static async Task<IResult> ListAsync(string name, HttpContext http, RevocationLists lists)
    {
        var published = await lists.GetAsync(http.RequestAborted);
        var list = published.Find(name) ?? throw new ProblemException(RequestProblems.NothingHere);
        http.Response.Headers.CacheControl = "public, max-age=60, must-revalidate";
        return TypedResults.Bytes(list, "application/pkix-crl", lastModified: published.Made, entityTag: new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{published.Number}\"")));
    }

    private static Cryptography.Certificates.Certificate? Find(Authorities authorities, string name) => authorities.Chains
        .Select(chain => chain.IssuingName == name ? chain.Issuing.Certificate : chain.RootName == name ? chain.Root.Certificate : $"{chain.RootName}-cross" == name ? chain.Cross : null)
        .FirstOrDefault(certificate => certificate is not null);
}
