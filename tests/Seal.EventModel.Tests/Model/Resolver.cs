using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using Seal.Domain.Applications;
using Seal.Domain.Apps;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.MasterKeys;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Seals;
using Seal.Domain.Signings;
using ApplicationId = Seal.Domain.Applications.ApplicationId;

namespace Seal.EventModel.Tests.Model;

/// <summary>Puts what the names in properties stand for in their place, by the type that a command or an event gives the property.</summary>
/// <param name="world">Who and what the names stand for.</param>
/// <param name="from">The time that periods count from.</param>
public sealed class Resolver(World world, DateTimeOffset from)
{
    /// <summary>The properties of a type by their names in JSON.</summary>
    public static IReadOnlyDictionary<string, Type> PropertiesOf(Type type) => type
        .GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).First().GetParameters()
        .ToDictionary(parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!), parameter => parameter.ParameterType, StringComparer.Ordinal);

    /// <summary>The properties that are the type's own, resolved; directions for the player are left out.</summary>
    public JsonObject Resolve(JsonObject props, Type type)
    {
        var known = PropertiesOf(type);
        return new JsonObject(props.Where(prop => known.ContainsKey(prop.Key)).Select(prop => KeyValuePair.Create(prop.Key, Value(prop.Value, known[prop.Key], prop.Key))));
    }

    private JsonNode? Value(JsonNode? value, Type type, string property) => value switch
    {
        null => null,
        JsonArray items => new JsonArray([.. items.Select(item => Value(item, ItemOf(type), property))]),
        JsonObject inner when type.IsAssignableTo(typeof(IEnumerable)) => inner.DeepClone(),
        JsonObject inner => Resolve(inner, Nullable.GetUnderlyingType(type) ?? type),
        _ when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>(), Nullable.GetUnderlyingType(type) ?? type, property),
        _ => value.DeepClone(),
    };

    private JsonNode? Text(string text, Type type, string property) => type switch
    {
        _ when type == typeof(PersonId) => world.Person(text),
        _ when type == typeof(OrganisationId) => world.Organisation(text),
        _ when type == typeof(HoldingId) => world.Holding(text),
        _ when type == typeof(SealId) || type == typeof(ApplicationId) || type == typeof(CertificateId) || type == typeof(CertificateOrderId) || type == typeof(SigningId) || type == typeof(MasterKeyId) || type == typeof(AppId) => world.Key(text),
        _ when type == typeof(DocumentId) => world.Document(text),
        _ when type == typeof(Pin) => World.Pin(text),
        _ when type == typeof(DateTimeOffset) && CalendarPeriod.Is(text) => World.Time(CalendarPeriod.After(from, text)),
        _ when text == "standard-set" && type == typeof(IReadOnlyList<SealRequest>) => JsonSerializer.SerializeToNode(SealRequest.StandardSet, DomainJson.Options),
        _ when type == typeof(string) && property is "name" or "englishName" => world.Name(text),
        _ when type == typeof(string) && property == "code" => world.Code(text),
        _ when type == typeof(string) && property == "serialNumber" => world.Token(text),
        _ when type == typeof(string) && property == "request" => world.Request(text),
        _ when type == typeof(string) && property == "signature" => world.Signature(text),
        _ when type == typeof(string) && property == "by" => world.Key(text),
        _ => text,
    };

    private static Type ItemOf(Type type) => type.GetInterfaces().Append(type)
        .Where(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))
        .Select(one => one.GetGenericArguments()[0]).First();
}
