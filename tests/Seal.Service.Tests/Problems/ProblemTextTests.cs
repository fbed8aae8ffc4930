using System.Text.RegularExpressions;
using Seal.Domain.Holdings;
using Seal.Service.Problems;

namespace Seal.Service.Tests.Problems;

public sealed partial class ProblemTextTests
{
    public static TheoryData<string> Codes => [.. ProblemTexts.Codes.Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_problem_has_sentences_and_no_sentences_are_without_a_problem() =>
        ProblemTexts.Codes.Order(StringComparer.Ordinal).ShouldBe(AllProblems.Everything.Select(problem => problem.Code).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Codes))]
    public void Both_languages_say_what_is_wrong_and_how_to_mend_it(string code)
    {
        foreach (var language in ProblemTexts.Languages)
        {
            var text = ProblemTexts.Get(code, language);
            text.Title.ShouldEndWith(language == "zh" ? "。" : ".");
            text.Remedy.ShouldEndWith(language == "zh" ? "。" : ".");
            Han().IsMatch(text.Title).ShouldBe(language == "zh");
            Han().IsMatch(text.Remedy).ShouldBe(language == "zh");
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Sentences_name_only_what_the_problem_carries(string code)
    {
        var problems = AllProblems.Everything.Where(problem => problem.Code == code).ToList();
        var english = PlaceholdersOf(code, "en");
        PlaceholdersOf(code, "zh").Except(["field"]).ShouldBe(english.Except(["field"]), ignoreOrder: true);
        foreach (var name in english.Union(PlaceholdersOf(code, "zh")))
        {
            if (name == "field")
            {
                problems.ShouldAllBe(problem => problem.Field != null);
            }
            else
            {
                AllProblems.Values.GetValueOrDefault(code, []).ShouldContain(name);
            }
        }
    }

    [Fact]
    public void An_answer_carries_code_field_and_values_and_has_them_in_its_sentences()
    {
        var problem = Problem.From(HoldingRejections.PinWrong.With("left", "4") with { Field = "oldPin" });

        var answer = problem.Describe("zh");

        answer.Status.ShouldBe(403);
        answer.Title.ShouldBe("签章密码错误，还可尝试 4 次。");
        answer.Detail.ShouldNotBeNull().ShouldContain("oldPin");
        answer.Extensions["code"].ShouldBe("pin-wrong");
        answer.Extensions["field"].ShouldBe("oldPin");
        answer.Extensions["left"].ShouldBe("4");
    }

    private static List<string> PlaceholdersOf(string code, string language)
    {
        var text = ProblemTexts.Get(code, language);
        return [.. Placeholder().Matches(text.Title + text.Remedy).Select(match => match.Groups[1].Value).Distinct()];
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();
}
