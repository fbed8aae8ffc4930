using Seal.Domain.CertificateKinds;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Seals;
using Seal.Service.Keys;
using Seal.Service.OpenApi;
using Seal.Service.Problems;
using Seal.Service.Projections;

namespace Seal.Service.Views;

/// <summary>Looking at certificates and at orders for them.</summary>
public static class CertificateViews
{
    private const Role Staff = Role.Registry | Role.Reviewer | Role.Maker | Role.CertificateOfficer | Role.Authority | Role.Auditor | Role.Regulator | Role.Administrator;

    // Papers are for those who hand them in and for who reviews them.
    private const Role Reviewers = Role.OwnerSide | Role.CertificateOfficer;

    /// <summary>Maps the views.</summary>
    public static void MapCertificates(this IEndpointRouteBuilder routes)
    {
        var certificates = routes.MapGroup("/api/certificates").RequireAuthorization().WithTags("certificate");
        certificates.MapGet("/{id}", CertificateAsync).WithName("CertificateNow").WithSummary("A certificate's state").Produces<View<Certificate>>();
        certificates.MapGet("/{id}/file", FileAsync).WithName("CertificateFile").WithSummary("The certificate itself (DER)").Produces<byte[]>(StatusCodes.Status200OK, "application/pkix-cert");
        var kinds = routes.MapGroup("/api/certificate-kinds").AllowAnonymous().WithTags("certificate-order");
        kinds.MapGet("", (DomainSettings rules) => TypedResults.Json(rules.CertificateKinds.All, DomainJson.Options)).WithName("CertificateKinds")
            .WithSummary("The kinds of certificates that can be ordered: subjects, keys, papers, deadlines").Produces<IReadOnlyList<CertificateKind>>();
        kinds.MapGet("/file", () => TypedResults.Bytes(CertificateKindCatalog.ShippedFile(), "application/json", "certificate-kinds.json")).WithName("ShippedCertificateKinds")
            .WithSummary("The file of kinds that the platform comes with, to begin one's own with").Produces<byte[]>(StatusCodes.Status200OK, "application/json");
        var orders = routes.MapGroup("/api/certificate-orders").RequireAuthorization().WithTags("certificate-order");
        orders.MapGet("", OrdersAsync).WithName("ListCertificateOrders").WithSummary("Orders for certificates, by organisation and status").Takes("organisation", "status", "limit", "cursor")
            .Produces<Page<View<CertificateOrder>>>();
        orders.MapGet("/{id}", OrderAsync).WithName("CertificateOrderNow").WithSummary("An order for a certificate now, with its deadlines").Produces<View<CertificateOrder>>();
        orders.MapGet("/{id}/materials/{digest}", MaterialAsync).WithName("CertificateOrderMaterial").WithSummary("A paper handed in with an order, by its SHA-256")
            .Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream");
    }

    private static async Task<IResult> CertificateAsync(HttpContext http, string id, ViewReader views, ViewAccess access)
    {
        var certificate = await AllowedAsync(http, id, views, access);
        http.Response.Headers.ETag = $"\"{certificate.Version}\"";
        return TypedResults.Json(certificate, DomainJson.Options);
    }

    private static async Task<IResult> FileAsync(HttpContext http, string id, ViewReader views, ViewAccess access, CertificateDesk certificates)
    {
        await AllowedAsync(http, id, views, access);
        return TypedResults.Bytes(
            (await certificates.FindAsync(CertificateId.From(id), http.RequestAborted))?.RawData.ToArray() ?? throw new ProblemException(RequestProblems.NothingHere), "application/pkix-cert", $"{id}.cer");
    }

    private static async Task<View<Certificate>> AllowedAsync(HttpContext http, string id, ViewReader views, ViewAccess access)
    {
        var certificate = await views.GetAsync<Certificate>(SealProjections.Certificates, id, http.RequestAborted);
        var organisation = certificate.State.Seal.Stream.IsNone
            ? certificate.State.Organisation
            : (await views.GetAsync<ElectronicSeal>(SealProjections.Seals, certificate.State.Seal.Value, http.RequestAborted)).State.Organisation;
        await access.RequireAsync(http, Role.OwnerSide | Role.Holder | Staff, organisation, [certificate.State.Holding.Stream]);
        return certificate;
    }

    private static async Task<IResult> OrdersAsync(HttpContext http, ViewReader views, ViewAccess access)
    {
        var query = new QueryParameters(http.Request, "organisation", "status", "limit", "cursor");
        var filters = await access.NarrowAsync(http, query, Staff);
        return TypedResults.Json(await views.QueryAsync<CertificateOrder>(views.Asked(query, SealProjections.CertificateOrders, filters), http.RequestAborted), DomainJson.Options);
    }

    private static async Task<IResult> OrderAsync(HttpContext http, string id, ViewReader views, ViewAccess access)
    {
        var order = await views.GetAsync<CertificateOrder>(SealProjections.CertificateOrders, id, http.RequestAborted);
        await access.RequireAsync(http, Role.OwnerSide | Staff, order.State.Organisation);
        http.Response.Headers.ETag = $"\"{order.Version}\"";
        return TypedResults.Json(order, DomainJson.Options);
    }

    private static async Task<IResult> MaterialAsync(HttpContext http, string id, string digest, ViewReader views, ViewAccess access, OrderFiles files)
    {
        var order = await views.GetAsync<CertificateOrder>(SealProjections.CertificateOrders, id, http.RequestAborted);
        await access.RequireAsync(http, Reviewers, order.State.Organisation);
        return order.State.Materials.Any(material => material.Digest == digest) && await files.MaterialAsync(CertificateOrderId.From(id), digest, http.RequestAborted) is { } content
            ? TypedResults.Bytes(content, "application/octet-stream", $"{digest}.bin")
            : throw new ProblemException(RequestProblems.NothingHere);
    }
}
