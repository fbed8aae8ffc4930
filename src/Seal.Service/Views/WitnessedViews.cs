using System.Text;
using Seal.Ledger;
using Seal.Service.OpenApi;
using Seal.Service.Problems;

namespace Seal.Service.Views;

/// <summary>What others say of the ledger.</summary>
public static class WitnessedViews
{
    // The example of C2SP tlog-cosignature.
    private const string Example = """
        example.com/behind-the-sofa
        20852163
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

        — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
        — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==

        """;

    /// <summary>Maps the views. The name is one that a file may have beside <c>checkpoint</c>, where a log is published as a folder.</summary>
    public static void MapWitnessed(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/ledger/witnessed-checkpoint", WitnessedAsync).AllowAnonymous().WithTags("ledger").WithName("WitnessedCheckpoint")
            .WithSummary("The newest checkpoint that enough witnesses cosigned, a C2SP signed note with their lines")
            .WithDescription("It is at most some seconds older than /ledger/checkpoint while the witnesses answer. Check its lines under keys that the witnesses gave you themselves.")
            .MayRefuse(RequestProblems.NotWitnessed).Shows(Example).Produces<string>(StatusCodes.Status200OK, "text/plain");

    private static async Task<IResult> WitnessedAsync(HttpContext http, EventLedger ledger) =>
        await ledger.WitnessedCheckpointAsync(http.RequestAborted) is { } witnessed
            ? TypedResults.Text(witnessed.Checkpoint.Note, "text/plain", Encoding.UTF8)
            : throw new ProblemException(RequestProblems.NotWitnessed);
}
