using Seal.Service.Problems;

namespace Seal.Service.Tests.Support;

/// <summary>Expects a problem and gives it back.</summary>
internal static class Refused
{
    public static Problem With(string code, Action action)
    {
        var problem = Should.Throw<ProblemException>(action).Problem;
        problem.Code.ShouldBe(code);
        return problem;
    }

    public static async Task<Problem> WithAsync(string code, Func<Task> action)
    {
        var problem = (await Should.ThrowAsync<ProblemException>(action)).Problem;
        problem.Code.ShouldBe(code);
        return problem;
    }
}
