using Seal.Testing;

namespace Seal.Journeys.Tests;

/// <summary>What every refusal must look like (RFC 9457).</summary>
internal static class Refusals
{
    /// <summary>A problem answer with this status, code and field, and with sentences that say something.</summary>
    public static Answer ShouldBeRefused(this Answer answer, int status, string code, string? field = null)
    {
        var said = answer.Body.ToJsonString();
        answer.Code.ShouldBe(code, said);
        ((int)answer.Status).ShouldBe(status, said);
        Text(answer, "field").ShouldBe(field, said);
        answer.MediaType.ShouldBe("application/problem+json");
        Text(answer, "type")!.ShouldEndWith(code);
        answer.Body["status"]!.GetValue<int>().ShouldBe(status);
        foreach (var sentence in new[] { "title", "detail" })
        {
            Text(answer, sentence).ShouldNotBeNullOrWhiteSpace(said);
            Text(answer, sentence)!.ShouldNotContain("{", customMessage: said);
        }

        return answer;
    }

    public static string? Text(this Answer answer, string member) => answer.Body[member]?.GetValue<string>();
}
