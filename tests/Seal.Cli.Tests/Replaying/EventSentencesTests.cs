using System.Runtime.CompilerServices;
using Seal.Cli.Replaying;
using Seal.Domain.Deciding;

namespace Seal.Cli.Tests.Replaying;

public sealed class EventSentencesTests
{
    public static TheoryData<string> WireNames => [.. EventCatalog.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(WireNames))]
    public async Task Every_event_of_the_domain_is_told_in_a_sentence_of_both_languages(string wireName)
    {
        EventSentences.Known.ShouldContain(EventCatalog.All[wireName]);
        var golden = Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../Seal.Domain.Tests/Golden", wireName + ".json");
        var sentence = EventSentences.Of(EventCatalog.Deserialize(wireName, await File.ReadAllBytesAsync(golden, TestContext.Current.CancellationToken)));

        sentence.Zh.ShouldEndWith("。");
        sentence.En.ShouldEndWith(".");
        (sentence.Zh + sentence.En).ShouldNotContain("Seal.Domain");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
