using Seal.Service.Problems;
using Seal.Service.Tests.Support;

namespace Seal.Service.Tests.Problems;

public sealed class LanguageTests
{
    [Theory]
    [InlineData("zh", "zh")]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "zh")]
    [InlineData("en-GB, zh;q=0.9", "en")]
    [InlineData("en;q=0.3, zh;q=0.7", "zh")]
    [InlineData("fr, zh-Hans;q=0.5, en;q=0.2", "zh")]
    [InlineData("ZH-cn", "zh")]
    public void The_language_with_the_higher_weight_is_chosen(string header, string language) =>
        ProblemTexts.LanguageOf(Requests.WithHeader("Accept-Language", header)).ShouldBe(language);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("fr, de;q=0.5")]
    [InlineData("*")]
    [InlineData(";;;q=nonsense")]
    public void English_is_spoken_when_neither_is_asked_for(string? header) =>
        ProblemTexts.LanguageOf(Requests.WithHeader("Accept-Language", header)).ShouldBe("en");

    [Fact]
    public void A_language_that_is_refused_is_not_spoken() =>
        ProblemTexts.LanguageOf(Requests.WithHeader("Accept-Language", "zh;q=0")).ShouldBe("en");
}
