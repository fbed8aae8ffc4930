using System.Text.Json;
using System.Text.Json.Nodes;
using Seal.Domain.Deciding;

namespace Seal.EventModel.Tests.Model;

/// <summary>A command to give, as a scenario has it: by whom, how much later, with what proof, and with which properties.</summary>
/// <param name="Command">The command.</param>
/// <param name="By">The person's name in the scenario.</param>
/// <param name="After">The time to let pass first; <c>null</c>: none.</param>
/// <param name="Proof">Which proof of person to present.</param>
/// <param name="Props">Its properties, not yet resolved.</param>
public sealed record Play(CommandDescription Command, string By, string? After, ProofKind Proof, JsonObject Props)
{
    /// <summary>
    /// The command of an element: what the element leaves open is as in the example among the slice's steps, and it is given by
    /// the first actor there.
    /// </summary>
    public static Play Of(Slice slice, Element element)
    {
        var command = CommandCatalog.Find(slice.Command!.Name) ?? throw new FormatException($"There is no command {slice.Command.Name}.");
        var props = (JsonObject)slice.Command.Props.DeepClone();
        foreach (var (name, value) in element.Props)
        {
            props[name] = value?.DeepClone();
        }

        return new Play(
            command,
            props["by"]?.ToString() ?? JsonNamingPolicy.KebabCaseLower.ConvertName(slice.Actors[0]),
            props["after"]?.ToString(),
            props["proof"] is { } proof ? Enum.Parse<ProofKind>(proof.ToString(), ignoreCase: true) : ProofKind.Fresh,
            props);
    }

    /// <summary>The command's body as JSON, the key of the stream it addresses included, at a time.</summary>
    public JsonObject Body(World world, DateTimeOffset now)
    {
        var body = new Resolver(world, now).Resolve(Props, Command.Type);
        foreach (var nothing in body.Where(member => member.Value is null).Select(member => member.Key).ToList())
        {
            body.Remove(nothing);
        }

        return body;
    }
}

/// <summary>Which proof of person is presented with a command that needs one.</summary>
public enum ProofKind
{
    /// <summary>A new one, for this command.</summary>
    Fresh,

    /// <summary>None.</summary>
    None,

    /// <summary>One that has been used.</summary>
    Spent,

    /// <summary>One too old.</summary>
    Expired,

    /// <summary>One for another command.</summary>
    Other,
}
