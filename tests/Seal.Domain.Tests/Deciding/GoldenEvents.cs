using System.Text;
using System.Text.Json;
using Seal.Domain.Deciding;

namespace Seal.Domain.Tests.Deciding;

/// <summary>One stored event of every version there ever was: whatever becomes of the code, these must go on being read.</summary>
public sealed class GoldenEvents
{
    public static TheoryData<string> Names => [.. EventCatalog.All.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder(), "*.json").Where(file => !file.Contains(".received.", StringComparison.Ordinal)).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_event_has_a_stored_example(string name)
    {
        if (!File.Exists(FileOf(name)))
        {
            File.WriteAllBytes(FileOf($"{name}.received"), [.. EventCatalog.Serialize(SampleEvents.Of(EventCatalog.All[name])), (byte)'\n']);
            Assert.Fail($"Golden/{name}.json is missing. Look at Golden/{name}.received.json and put it in its place.");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_stored_event_is_read_and_written_back_as_it_was(string name)
    {
        var stored = File.ReadAllText(FileOf(name)).TrimEnd('\n');
        var happened = EventCatalog.Deserialize(name, Encoding.UTF8.GetBytes(stored));
        Encoding.UTF8.GetString(EventCatalog.Serialize(happened)).ShouldBe(stored);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_stored_event_with_a_field_too_many_is_not_read_over(string name)
    {
        var stored = File.ReadAllText(FileOf(name)).TrimEnd('\n');
        var more = Encoding.UTF8.GetBytes(stored == "{}" ? """{"somethingNew":1}""" : $$"""{"somethingNew":1,{{stored[1..]}}""");
        Should.Throw<JsonException>(() => EventCatalog.Deserialize(name, more));
    }

    private static string FileOf(string name) => Path.Combine(Folder(), $"{name}.json");

    private static string Folder()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Seal.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run inside the repository: Seal.sln was not found above them.");
        }

        return Path.Combine(folder, "tests", "Seal.Domain.Tests", "Golden");
    }
}
