using System.Text.Json.Nodes;

namespace Seal.EventModel.Tests.Model;

/// <summary>The five kinds of element in an Emlang file.</summary>
public enum ElementKind
{
    /// <summary><c>t:</c> somebody at a screen or a route.</summary>
    Trigger,

    /// <summary><c>c:</c> a command.</summary>
    Command,

    /// <summary><c>e:</c> an event.</summary>
    Event,

    /// <summary><c>x:</c> a rejection.</summary>
    Exception,

    /// <summary><c>v:</c> a view; among what is given, the name of a background.</summary>
    View,
}

/// <summary>One line of a slice or a scenario.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Lane">The swim lane: an actor for triggers, a stream for events; empty when there is none.</param>
/// <param name="Name">Its name without the lane.</param>
/// <param name="Props">Its properties; some of them are directions for the player (see the model's README).</param>
public sealed record Element(ElementKind Kind, string Lane, string Name, JsonObject Props)
{
    /// <summary>A property's text; <c>null</c> when it has none of that name.</summary>
    public string? Text(string property) => Props[property]?.ToString();

    /// <inheritdoc/>
    public override string ToString() => Lane.Length > 0 ? $"{Lane}/{Name}" : Name;
}

/// <summary>One thing that one person does or sees.</summary>
/// <param name="Name">Its name: that of its command or view.</param>
/// <param name="File">The file it is in, relative to the model's folder.</param>
/// <param name="Steps">Who does it, with which command, what happens, what is seen.</param>
/// <param name="Scenarios">Its tests.</param>
public sealed record Slice(string Name, string File, IReadOnlyList<Element> Steps, IReadOnlyList<Scenario> Scenarios)
{
    /// <summary>Its command; <c>null</c> for a view's slice.</summary>
    public Element? Command => Steps.FirstOrDefault(step => step.Kind == ElementKind.Command);

    /// <summary>The first event of its command, which no other command begins with; <c>null</c> for a view's slice.</summary>
    public Element? FirstEvent => Steps.SkipWhile(step => step.Kind != ElementKind.Command).FirstOrDefault(step => step.Kind == ElementKind.Event);

    /// <summary>Who may do it: the lanes of its triggers, in order; the first is who does it unless a test says otherwise.</summary>
    public IReadOnlyList<string> Actors => [.. Steps.Where(step => step.Kind == ElementKind.Trigger).Select(step => step.Lane).Distinct()];
}

/// <summary>One test of a slice.</summary>
/// <param name="Slice">The name of the slice.</param>
/// <param name="Name">A sentence.</param>
/// <param name="Given">The first event of each thing that happened before, in order; backgrounds are written out.</param>
/// <param name="When">The command.</param>
/// <param name="Then">Events, at most one rejection, and views.</param>
public sealed record Scenario(string Slice, string Name, IReadOnlyList<Element> Given, Element When, IReadOnlyList<Element> Then)
{
    /// <summary>The rejection expected; <c>null</c> when the command is to succeed.</summary>
    public Element? Rejection => Then.FirstOrDefault(element => element.Kind == ElementKind.Exception);

    /// <inheritdoc/>
    public override string ToString() => $"{Slice}: {Name}";
}
