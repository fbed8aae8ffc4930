using Seal.Documents.Judging;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;
using Seal.Domain.Signings;
using Seal.Service.OpenApi;
using Seal.Service.Problems;
using Seal.Service.Projections;
using Seal.Service.Settings;
using Seal.Service.SignIn;
using Seal.Service.Views;

namespace Seal.Service.Files;

/// <summary>An uploaded document.</summary>
/// <param name="Id">Its number, to be named when sealing.</param>
/// <param name="Digest">SHA-256, lower-case hex.</param>
/// <param name="Length">Length in bytes.</param>
/// <param name="KeptUntil">When it is deleted at the latest (UTC).</param>
public sealed record UploadedDocument(string Id, string Digest, long Length, DateTimeOffset KeptUntil);

/// <summary>Documents in and out: upload to be sealed, fetch the sealed file once, and the renewed one.</summary>
public static class DocumentRoutes
{
    /// <summary>Maps them.</summary>
    public static void MapDocuments(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/documents", UploadAsync).RequireAuthorization().WithTags("signing").WithName("UploadDocument")
            .WithSummary("Upload a PDF or OFD to be sealed").MayRefuse(
                RequestProblems.FileTooLarge(new DocumentSettings().SealingLimit), RequestProblems.UploadsFull(new DocumentSettings().UploadsLimit), RequestProblems.StorageFull)
            .Accepts<byte[]>("application/pdf", "application/ofd").Produces<UploadedDocument>(StatusCodes.Status201Created);
        routes.MapGet("/api/signings/{id}/document", FetchSealedAsync).RequireAuthorization().WithTags("signing").WithName("FetchSealedDocument")
            .WithSummary("Fetch the sealed file, once").MayRefuse(RequestProblems.AlreadyDelivered).Produces<byte[]>(StatusCodes.Status200OK, "application/pdf", "application/ofd");
        routes.MapGet("/api/signings/{id}/renewed-document", FetchRenewedAsync).RequireAuthorization().WithTags("signing").WithName("FetchRenewedDocument")
            .WithSummary("Fetch the file whose evidence was renewed last, once").MayRefuse(RequestProblems.AlreadyDelivered).Produces<byte[]>(StatusCodes.Status200OK, "application/pdf");
    }

    private static async Task<IResult> UploadAsync(HttpContext http, Uploads uploads, ServiceSettings settings, TimeProvider clock)
    {
        var limit = settings.Documents.SealingLimit;
        if (http.Request.ContentLength > limit)
        {
            throw new ProblemException(RequestProblems.FileTooLarge(limit));
        }

        http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = limit + 1;
        var file = await uploads.TakeAsync(http.User.ToActor().Person, http.Request.Body, http.Request.ContentLength, http.RequestAborted).OrFileTooLarge(limit);
        return TypedResults.Json(
            new UploadedDocument(file.Key, file.Digest, file.Length, clock.GetUtcNow() + settings.Documents.Keep), DomainJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> FetchSealedAsync(HttpContext http, string id, ViewReader views, SealedFiles files)
    {
        var signing = (await views.GetAsync<Signing>(SealProjections.Signings, id, http.RequestAborted)).State;
        return await FetchAsync(http, files, signing.Person, signing.Status == SigningStatus.Sealed ? id : null, id);
    }

    private static async Task<IResult> FetchRenewedAsync(HttpContext http, string id, ViewReader views, SealedFiles files)
    {
        var signing = (await views.GetAsync<Signing>(SealProjections.Signings, id, http.RequestAborted)).State;
        return await FetchAsync(http, files, signing.Renewal?.By ?? signing.Person, signing.Renewal?.Renewed.Value, id);
    }

    private static async Task<IResult> FetchAsync(HttpContext http, SealedFiles files, PersonId whose, string? key, string id)
    {
        if (whose != http.User.ToActor().Person)
        {
            throw new ProblemException(RequestProblems.NotForYou);
        }

        if (key is null)
        {
            throw new ProblemException(RequestProblems.NothingHere);
        }

#pragma warning disable CA2000 // The answer disposes it.
        var file = files.Files.Open(key) ?? throw new ProblemException(RequestProblems.AlreadyDelivered);
#pragma warning restore CA2000

        http.Response.OnCompleted(() =>
        {
            // Only a file that went out whole is gone; a broken connection may ask again.
            if (!http.RequestAborted.IsCancellationRequested)
            {
                files.Files.Delete(key);
            }

            return Task.CompletedTask;
        });
        return await FileJudge.IsPackageAsync(file, http.RequestAborted)
            ? TypedResults.Stream(file, "application/ofd", $"{id}.ofd")
            : TypedResults.Stream(file, "application/pdf", $"{id}.pdf");
    }
}
