using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Seal.Domain.Deciding;

/// <summary>Every command of the domain, and the route that the one rule gives it.</summary>
public static class CommandCatalog
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<CommandDescription> All { get; } =
    [
        .. typeof(ICommand).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(ICommand)))
            .Select(type => new CommandDescription(type, (CommandContract)type.GetProperty("Contract", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!))
            .OrderBy(command => command.Name, StringComparer.Ordinal),
    ];

    private static readonly FrozenDictionary<string, CommandDescription> ByName = All.ToFrozenDictionary(command => command.Name, StringComparer.Ordinal);

    /// <summary>The command with a name; <c>null</c> when there is none.</summary>
    public static CommandDescription? Find(string name) => ByName.GetValueOrDefault(name);
}

/// <summary>A command as others see it.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Contract">Who may give it and what it needs.</param>
public sealed record CommandDescription(Type Type, CommandContract Contract)
{
    /// <summary>Its name, e.g. <c>FreezeSeal</c>.</summary>
    public string Name => Type.Name;

    /// <summary>Whether people can give it at a route of its own; what only the system gives, or a view, has none.</summary>
    public bool HasRoute => !Contract.GivenByView && (Contract.Who & ~Role.System) != Role.None;

    /// <summary>
    /// Where it is posted: <c>/api/{stream}s</c> when it begins a stream (with the name after it, if another command does so
    /// too), else <c>/api/{stream}s/{id}/{name}</c> with its name in kebab case without the stream's noun.
    /// </summary>
    public string Route => Contract switch
    {
        { Creates: true, NamesRoute: true } => $"/api/{Contract.StreamType}s/{Verb}",
        { Creates: true } => $"/api/{Contract.StreamType}s",
        _ => $"/api/{Contract.StreamType}s/{{id}}/{Verb}",
    };

    /// <summary>Its name in kebab case without the noun of the stream it addresses: <c>freeze</c>, <c>lift-freeze</c>.</summary>
    public string Verb => string.Join('-', JsonNamingPolicy.KebabCaseLower.ConvertName(Name).Split('-').Except(Contract.StreamType.Split('-')));
}
