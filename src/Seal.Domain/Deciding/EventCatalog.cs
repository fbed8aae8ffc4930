using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Seal.Domain.Persons;
using Seal.Domain.Signings;

namespace Seal.Domain.Deciding;

/// <summary>The events of this domain: their stored names, and their bodies to and from UTF-8 JSON.</summary>
public static class EventCatalog
{
    /// <summary>The catalogue behind the static members.</summary>
    public static EventTypes Domain { get; } = EventTypes.Of(typeof(IEvent).Assembly, [new PersonRegisteredV1(), new SigningSealedV1(), new DeviceSigningRequestedV1()]);

    /// <summary>Every event type by its stored name, e.g. <c>seal.frozen.v1</c>.</summary>
    public static IReadOnlyDictionary<string, Type> All => Domain.All;

    /// <summary>The stored name of an event.</summary>
    public static string WireNameOf(IEvent happened) => Domain.WireNameOf(happened.GetType());

    /// <summary>The stored name of an event type.</summary>
    public static string WireNameOf(Type type) => Domain.WireNameOf(type);

    /// <summary>The stored names of an event type, those of its older versions too: what a reader of the ledger looks for.</summary>
    public static IReadOnlyList<string> WireNamesOf(Type type) => Domain.WireNamesOf(type);

    /// <summary>An event's body as UTF-8 JSON.</summary>
    public static byte[] Serialize(IEvent happened) => EventTypes.Serialize(happened);

    /// <summary>The event with a stored name and body.</summary>
    /// <exception cref="UnknownEventException">No event has that name.</exception>
    /// <exception cref="JsonException">The body is not that event's.</exception>
    public static IEvent Deserialize(string wireName, ReadOnlySpan<byte> body) => Domain.Deserialize(wireName, body);
}

/// <summary>A set of event types, and the ways from older versions to present ones.</summary>
public sealed class EventTypes
{
    private readonly FrozenDictionary<string, Type> _types;
    private readonly FrozenDictionary<Type, string> _names;
    private readonly FrozenDictionary<string, IUpcaster> _upcasters;

    private EventTypes(IReadOnlyCollection<(string Name, Type Type)> types, IEnumerable<IUpcaster> upcasters)
    {
        _types = types.ToFrozenDictionary(one => one.Name, one => one.Type, StringComparer.Ordinal);
        _names = types.ToFrozenDictionary(one => one.Type, one => one.Name);
        _upcasters = upcasters.ToFrozenDictionary(one => one.From, StringComparer.Ordinal);
    }

    /// <summary>Every event type by its stored name.</summary>
    public IReadOnlyDictionary<string, Type> All => _types;

    /// <summary>The events of an assembly.</summary>
    /// <exception cref="InvalidOperationException">An event has no <see cref="EventNameAttribute"/>.</exception>
    public static EventTypes Of(Assembly assembly, IEnumerable<IUpcaster> upcasters)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var types = assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IEvent)));
        return new EventTypes([.. types.Select(type => (NameOf(type), type))], upcasters);
    }

    /// <summary>The stored name of an event type.</summary>
    public string WireNameOf(Type type) => _names[type];

    /// <summary>The stored names of an event type, the present one first.</summary>
    public IReadOnlyList<string> WireNamesOf(Type type)
    {
        List<string> names = [WireNameOf(type)];
        for (var at = 0; at < names.Count; at++)
        {
            names.AddRange(_upcasters.Values.Where(upcaster => upcaster.To == names[at]).Select(upcaster => upcaster.From));
        }

        return names;
    }

    /// <summary>An event's body as UTF-8 JSON.</summary>
    public static byte[] Serialize(IEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return JsonSerializer.SerializeToUtf8Bytes(happened, happened.GetType(), DomainJson.Options);
    }

    /// <summary>The event with a stored name and body; an older version is brought up to the present one first.</summary>
    /// <exception cref="UnknownEventException">No event has that name, and no way leads from it to one.</exception>
    /// <exception cref="JsonException">The body is not that event's.</exception>
    public IEvent Deserialize(string wireName, ReadOnlySpan<byte> body)
    {
        if (_types.TryGetValue(wireName, out var type))
        {
            return (IEvent)(JsonSerializer.Deserialize(body, type, DomainJson.Options) ?? throw new JsonException($"The body of {wireName} is null."));
        }

        if (!_upcasters.TryGetValue(wireName, out var upcaster))
        {
            throw new UnknownEventException(wireName);
        }

        var old = JsonNode.Parse(body) as JsonObject ?? throw new JsonException($"The body of {wireName} is not an object.");
        return Deserialize(upcaster.To, JsonSerializer.SerializeToUtf8Bytes(upcaster.Upcast(old), DomainJson.Options));
    }

    private static string NameOf(Type type) =>
        type.GetCustomAttribute<EventNameAttribute>()?.WireName ?? throw new InvalidOperationException($"{type} has no [EventName].");
}

/// <summary>Brings the body of an older version of an event up to the next one; stored events are never rewritten.</summary>
public interface IUpcaster
{
    /// <summary>The stored name it reads, e.g. <c>seal.frozen.v1</c>.</summary>
    string From { get; }

    /// <summary>The stored name it gives, e.g. <c>seal.frozen.v2</c>.</summary>
    string To { get; }

    /// <summary>The body of the newer version.</summary>
    JsonObject Upcast(JsonObject body);
}

/// <summary>A stored event has a name that this version of the programme does not know; it must not be read over.</summary>
public sealed class UnknownEventException(string wireName) : Exception($"No event is named '{wireName}'.")
{
    /// <summary>The name.</summary>
    public string WireName { get; } = wireName;
}
