using Seal.Domain.Deciding;
using Seal.Domain.Inquiries;
using Seal.Domain.Signings;
using Seal.Service.OpenApi;
using Seal.Service.Problems;
using Seal.Service.Projections;
using Seal.Service.SignIn;
using Seal.Service.Views;

namespace Seal.Service.Receipts;

/// <summary>Receipts to keep beside sealed documents: with one, a verifier needs neither this service nor a network.</summary>
public static class ReceiptRoutes
{
    private const string JsonType = "application/json";

    // Its proofs are shortened.
    private const string Example = """
        {"format":"seal-receipt/1","about":"signing/0f6c1d0be8a94f27b5c2d1e0a7986b54","checkpoint":"seal.example/ledger\n75\nq3fT0mC1yV2gk8Jt0m8T2u8H1fZr7b0yqz1xvW4c5nE=\n\n— seal.example/ledger 1qBk7w==\n","keys":["seal.example/ledger+d6a064ef+AQ=="],"events":[{"position":74,"leaf":"{\"body\":{},\"metadata\":{},\"position\":74,\"recordedAt\":\"2026-03-05T08:29:59.120000Z\",\"stream\":\"signing/0f6c1d0be8a94f27b5c2d1e0a7986b54\",\"type\":\"signing.sealed.v2\",\"version\":2}","hashes":["mVwqTnmY0pW3tF3cJ0mU9Nw4QqkV3mWf8yTt0d0p5fM="]}],"materials":[]}

        """;

    /// <summary>Maps the view.</summary>
    public static void MapReceipts(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/signings/{id}/receipt", ReceiptAsync).RequireAuthorization().WithTags("signing").WithName("SigningReceipt")
            .WithSummary("The sealed receipt of a use of a seal: its events, proven under a signed checkpoint, for checking the document with no network")
            .Produces<string>(StatusCodes.Status200OK, JsonType).MayRefuse(RequestProblems.NotSealed).RecordsLooks().Shows(Example);

    private static async Task<IResult> ReceiptAsync(HttpContext http, string id, ViewReader views, ViewAccess access, SealingReceipts receipts)
    {
        var signing = await views.GetAsync<Signing>(SealProjections.Signings, id, http.RequestAborted);
        if (signing.State.Person != http.User.ToActor().Person)
        {
            await access.RequireAsync(http, Role.OwnerSide | Role.Auditor | Role.Regulator, signing.State.Organisation, inquiry: new(InquirySubject.Signing, Signing: SigningId.From(id)));
        }

        var receipt = await receipts.MakeAsync(SigningId.From(id), http.RequestAborted) ?? throw new ProblemException(RequestProblems.NotSealed);
        return TypedResults.Bytes(receipt.ToBytes(), JsonType, $"{id}.receipt");
    }
}
