using System.Text;
using Seal.Domain.Deciding;
using Seal.EventModel.Tests.Model;

namespace Seal.EventModel.Tests.Board;

/// <summary>Draws the model: for every stream that commands address, who gives which command and what comes of it.</summary>
public static class BoardWriter
{
    /// <summary>The board as Markdown with Mermaid pictures.</summary>
    public static string Write(WrittenModel model)
    {
        var text = new StringBuilder();
        text.Append("# The event model at a glance\n\nMade from the files beside it by the tests, which fail when it is not current; [how to read it](README.md).\n");
        foreach (var stream in model.Commands.Values.GroupBy(slice => CommandCatalog.Find(slice.Name)!.Contract.StreamType).OrderBy(stream => stream.Key, StringComparer.Ordinal))
        {
            text.Append($"\n## {stream.Key}\n\n```mermaid\nflowchart LR\n");
            Draw(text, [.. stream]);
            text.Append("```\n");
        }

        text.Append("\n## What can be seen\n\n| view | by | at | from |\n| --- | --- | --- | --- |\n");
        foreach (var view in model.Slices.Where(slice => slice.Command is null))
        {
            var route = view.Steps.Select(step => step.Text("route")).OfType<string>().FirstOrDefault();
            var events = view.Steps.Where(step => step.Kind == ElementKind.Event).Select(step => step.Name);
            text.Append($"| {view.Name} | {string.Join(", ", view.Actors)} | `{route}` | {string.Join(", ", events)} |\n");
        }

        return text.ToString();
    }

    private static void Draw(StringBuilder text, IReadOnlyList<Slice> slices)
    {
        foreach (var (lane, i) in slices.GroupBy(slice => string.Join(", ", slice.Actors)).Select((lane, i) => (lane, i)))
        {
            text.Append($"  subgraph actor{i}[\"{lane.Key}\"]\n");
            foreach (var slice in lane)
            {
                text.Append($"    {slice.Name}[{slice.Name}]:::command\n");
            }

            text.Append("  end\n");
        }

        var events = slices.SelectMany(slice => slice.Steps).Where(step => step.Kind == ElementKind.Event && step.Lane != "Proof").Distinct(ByName).ToList();
        foreach (var lane in events.GroupBy(step => step.Lane))
        {
            text.Append($"  subgraph stream{lane.Key}[\"{lane.Key}\"]\n");
            foreach (var step in lane)
            {
                text.Append($"    {step.Lane}{step.Name}([{step.Name}]):::event\n");
            }

            text.Append("  end\n");
        }

        foreach (var slice in slices)
        {
            foreach (var step in slice.Steps.Where(step => step.Kind == ElementKind.Event && step.Lane != "Proof"))
            {
                text.Append($"  {slice.Name} --> {step.Lane}{step.Name}\n");
            }
        }

        foreach (var (first, view) in slices.SelectMany(slice => slice.Steps.Where(step => step.Kind == ElementKind.View).Select(view => (slice.FirstEvent!, view.Name))).Distinct())
        {
            text.Append($"  {first.Lane}{first.Name} -.-> {view}[/{view}/]:::view\n");
        }

        text.Append("  classDef command fill:#a5d8ff,stroke:#1971c2,color:#000\n  classDef event fill:#ffd8a8,stroke:#e8590c,color:#000\n  classDef view fill:#b2f2bb,stroke:#2f9e44,color:#000\n");
    }

    private static EqualityComparer<Element> ByName { get; } = EqualityComparer<Element>.Create(
        (one, other) => one?.ToString() == other?.ToString(),
        element => element.ToString().GetHashCode(StringComparison.Ordinal));
}
