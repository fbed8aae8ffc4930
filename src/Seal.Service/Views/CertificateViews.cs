using Seal.Cryptography.Keys;
using Seal.Domain.CertificateKinds;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Seals;
using Seal.Ledger;
using Seal.Service.Keys;
using Seal.Service.OpenApi;
using Seal.Service.Problems;
using Seal.Service.Projections;
using Seal.Service.SignIn;

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
        certificates.MapGet("/{id}/encryption-key", EncryptionKeyAsync).WithName("EncryptionKey").Takes("for", "format")
            .WithSummary("The key of an encryption certificate for its holder, in an envelope that the key of a signing certificate opens: SM2EnvelopedKey (GM/T 0009, DER), or with format=skf ENVELOPEDKEYBLOB (GM/T 0016)")
            .MayRefuse(RequestProblems.SigningCertificateNotActive).Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream");
        var kinds = routes.MapGroup("/api/certificate-kinds").AllowAnonymous().WithTags("certificate-order");
        kinds.MapGet("", (DomainSettings rules) => TypedResults.Json(rules.CertificateKinds.All, DomainJson.Options)).WithName("CertificateKinds")
            .WithSummary("The kinds of certificates that can be ordered: subjects, keys, papers, deadlines").Produces<IReadOnlyList<CertificateKind>>();
        kinds.MapGet("/file", () => TypedResults.Bytes(CertificateKindCatalog.ShippedFile(), "application/json", "certificate-kinds.json")).WithName("ShippedCertificateKinds")
            .WithSummary("The file of kinds that the platform comes with, to begin one's own with").Produces<byte[]>(StatusCodes.Status200OK, "application/json");
        var orders = routes.MapGroup("/api/certificate-orders").RequireAuthorization().WithTags("certificate-order");
        orders.MapGet("", OrdersAsync).WithName("ListCertificateOrders").WithSummary("Orders for certificates, by organisation and status").Takes("organisation", "person", "status", "limit", "cursor")
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

    // Nobody by office: the envelope is the holder's alone.
    private static async Task<IResult> EncryptionKeyAsync(HttpContext http, string id, ViewReader views, ViewAccess access, EncryptionKeys keys)
    {
        var query = new QueryParameters(http.Request, "for", "format");
        var certificate = await views.GetAsync<Certificate>(SealProjections.Certificates, id, http.RequestAborted);
        if (!IsOwn(http, certificate.State.Organisation, certificate.State.Person))
        {
            await access.RequireAsync(http, Role.OwnerSide, certificate.State.Organisation);
        }

        var signing = query.Text("for") is { } named ? CertificateId.From(named) : certificate.State.Pair;
        var envelope = certificate.State.IsForEncryption ? await keys.EnvelopeAsync(CertificateId.From(id), signing, http.RequestAborted) : null;
        // Whoever has a key that was lost or given up has no use of what it opens any more.
        if (envelope is not null && (await views.GetAsync<Certificate>(SealProjections.Certificates, signing.Value, http.RequestAborted)).State.Status != CertificateStatus.Active)
        {
            throw new ProblemException(RequestProblems.SigningCertificateNotActive);
        }

        return (envelope, query.Text("format")) switch
        {
            (null, _) => throw new ProblemException(RequestProblems.NothingHere),
            ({ } der, null or "der") => TypedResults.Bytes(der, "application/octet-stream", $"{id}.key.der"),
            ({ } der, "skf") => TypedResults.Bytes(Sm2EnvelopedKey.ToBlob(der), "application/octet-stream", $"{id}.key.skf"),
            _ => throw new ProblemException(RequestProblems.InvalidParameter("format")),
        };
    }

    // What a person ordered for themselves is nobody else's.
    private static bool IsOwn(HttpContext http, OrganisationId organisation, PersonId? person) => organisation.Stream.IsNone && person == http.User.ToActor().Person;

    private static async Task<View<Certificate>> AllowedAsync(HttpContext http, string id, ViewReader views, ViewAccess access)
    {
        var certificate = await views.GetAsync<Certificate>(SealProjections.Certificates, id, http.RequestAborted);
        if (certificate.State.Seal.Stream.IsNone && IsOwn(http, certificate.State.Organisation, certificate.State.Person))
        {
            return certificate;
        }

        var organisation = certificate.State.Seal.Stream.IsNone
            ? certificate.State.Organisation
            : (await views.GetAsync<ElectronicSeal>(SealProjections.Seals, certificate.State.Seal.Value, http.RequestAborted)).State.Organisation;
        await access.RequireAsync(http, Role.OwnerSide | Role.Holder | Staff, organisation, [certificate.State.Holding.Stream]);
        return certificate;
    }

    private static async Task<IResult> OrdersAsync(HttpContext http, ViewReader views, ViewAccess access)
    {
        var query = new QueryParameters(http.Request, "organisation", "person", "status", "limit", "cursor");
        var me = http.User.ToActor().Person;
        var person = query.Text("person") == "me" ? me.Value : query.Text("person");
        var isOwn = person == me.Value && query.Text("organisation") is null;
        var filters = isOwn ? query.Text("status") is { } status ? [new ProjectionFilter.Is("state.status", status)] : [] : await access.NarrowAsync(http, query, Staff);
        if (person is not null)
        {
            filters = [.. filters, new ProjectionFilter.Is("state.person", person)];
        }

        var page = await views.QueryAsync<CertificateOrder>(views.Asked(query, SealProjections.CertificateOrders, filters), http.RequestAborted);
        return TypedResults.Json(isOwn ? page with { Items = await ShownAsync(http, page.Items, access) } : page, DomainJson.Options);
    }

    // What an organisation ordered for somebody is the organisation's to look at: of those, only what each by itself would be shown.
    private static async Task<IReadOnlyList<View<CertificateOrder>>> ShownAsync(HttpContext http, IReadOnlyList<View<CertificateOrder>> orders, ViewAccess access)
    {
        Dictionary<OrganisationId, bool> may = [];
        List<View<CertificateOrder>> shown = [];
        foreach (var order in orders)
        {
            var organisation = order.State.Organisation;
            if (organisation.Stream.IsNone || (may.TryGetValue(organisation, out var known) ? known : may[organisation] = await access.MayAsync(http, Role.OwnerSide | Staff, organisation)))
            {
                shown.Add(order);
            }
        }

        return shown;
    }

    private static async Task<IResult> OrderAsync(HttpContext http, string id, ViewReader views, ViewAccess access)
    {
        var order = await views.GetAsync<CertificateOrder>(SealProjections.CertificateOrders, id, http.RequestAborted);
        if (!IsOwn(http, order.State.Organisation, order.State.Person))
        {
            await access.RequireAsync(http, Role.OwnerSide | Staff, order.State.Organisation);
        }

        http.Response.Headers.ETag = $"\"{order.Version}\"";
        return TypedResults.Json(order, DomainJson.Options);
    }

    private static async Task<IResult> MaterialAsync(HttpContext http, string id, string digest, ViewReader views, ViewAccess access, OrderFiles files)
    {
        var order = await views.GetAsync<CertificateOrder>(SealProjections.CertificateOrders, id, http.RequestAborted);
        if (!IsOwn(http, order.State.Organisation, order.State.Person))
        {
            await access.RequireAsync(http, Reviewers, order.State.Organisation);
        }

        return order.State.Materials.Any(material => material.Digest == digest) && await files.MaterialAsync(CertificateOrderId.From(id), digest, http.RequestAborted) is { } content
            ? TypedResults.Bytes(content, "application/octet-stream", $"{digest}.bin")
            : throw new ProblemException(RequestProblems.NothingHere);
    }
}
