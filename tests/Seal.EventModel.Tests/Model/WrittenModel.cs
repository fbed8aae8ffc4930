namespace Seal.EventModel.Tests.Model;

/// <summary>Everything that is written in the folder <c>eventmodel/</c>.</summary>
public sealed class WrittenModel
{
    private readonly Dictionary<string, IReadOnlyList<Element>> _backgrounds;
    private readonly Dictionary<string, Slice> _byFirstEvent;

    private WrittenModel(IReadOnlyList<Slice> slices, Dictionary<string, IReadOnlyList<Element>> backgrounds)
    {
        _backgrounds = backgrounds;
        Slices = [.. slices.Select(slice => slice with { Scenarios = [.. slice.Scenarios.Select(one => one with { Given = [.. one.Given.SelectMany(WrittenOut)] })] })];
        Commands = Slices.Where(slice => slice.Command is not null).ToDictionary(slice => slice.Command!.Name, StringComparer.Ordinal);
        _byFirstEvent = Commands.Values.ToDictionary(slice => slice.FirstEvent?.Name ?? slice.Name, StringComparer.Ordinal);

        // Some come to one of several events: each of them tells that the command was given, too.
        foreach (var slice in Commands.Values)
        {
            foreach (var first in slice.Scenarios.Select(scenario => scenario.Then.FirstOrDefault(element => element.Kind == ElementKind.Event)).OfType<Element>())
            {
                _byFirstEvent.TryAdd(first.Name, slice);
            }
        }
    }

    /// <summary>The folder.</summary>
    public static string Folder { get; } = Path.Combine(Root(AppContext.BaseDirectory), "eventmodel");

    /// <summary>The model as it is in the folder.</summary>
    public static WrittenModel Current { get; } = Load(Folder);

    /// <summary>All slices, those of commands and those of views.</summary>
    public IReadOnlyList<Slice> Slices { get; }

    /// <summary>The slices of commands, by command.</summary>
    public IReadOnlyDictionary<string, Slice> Commands { get; }

    /// <summary>All tests.</summary>
    public IEnumerable<Scenario> Scenarios => Slices.SelectMany(slice => slice.Scenarios);

    /// <summary>The names of the backgrounds.</summary>
    public IReadOnlyCollection<string> Backgrounds => _backgrounds.Keys;

    /// <summary>Reads a folder.</summary>
    public static WrittenModel Load(string folder)
    {
        var slices = Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .SelectMany(file => Emlang.Read(File.ReadAllText(file), Path.GetRelativePath(folder, file).Replace('\\', '/')))
            .ToList();
        return new WrittenModel(
            [.. slices.Where(slice => slice.File != "backgrounds.yaml")],
            slices.Where(slice => slice.File == "backgrounds.yaml").ToDictionary(slice => slice.Name, slice => slice.Steps, StringComparer.Ordinal));
    }

    /// <summary>The command that brought a given event about: the one that begins with it.</summary>
    public Slice CommandOf(Element given) => _byFirstEvent.TryGetValue(given.Name, out var slice)
        ? slice
        : throw new FormatException($"No command begins with {given}: under given stands the first event of what happened.");

    private IEnumerable<Element> WrittenOut(Element given)
    {
        if (given.Kind != ElementKind.View)
        {
            return [given];
        }

        return _backgrounds.TryGetValue(given.Name, out var steps)
            ? steps.SelectMany(WrittenOut)
            : throw new FormatException($"There is no background {given.Name}.");
    }

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "Seal.sln"))
        ? folder
        : Root(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run inside the repository: Seal.sln was not found above them."));
}
