using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Seal.Documents.Judging;
using Seal.Domain.Deciding;
using Seal.Service.Commands;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Seal.Service.OpenApi;

/// <summary>
/// Schemas told by the very serialiser contract that commands are read and answers are written with: what is required, what
/// may be null and which names there are cannot differ from what the service does.
/// </summary>
public sealed class SerialiserSchemas(XmlTexts texts) : ISchemaGenerator
{
    // A judgement names its values as the standards do (TOTAL_PASSED), which the domain's options would overrule.
    private static readonly JsonSerializerOptions JudgementOptions = new(JsonSerializerOptions.Web) { NumberHandling = JsonNumberHandling.Strict };

    /// <summary>The schema of a command's body, JSON Schema 2020-12; the key that stands in the route is left out.</summary>
    public JsonObject BodyOf(CommandDescription command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var schema = Export(command.Type, CommandBinding.Options, answer: false);
        if (!command.Contract.Creates)
        {
            var key = JsonNamingPolicy.CamelCase.ConvertName(command.Type.GetConstructors()[0].GetParameters()[0].Name!);
            (schema["properties"] as JsonObject)?.Remove(key);
            (schema["required"] as JsonArray)?.RemoveAll(name => (string?)name == key);
            if (schema["required"] is JsonArray { Count: 0 })
            {
                schema.Remove("required");
            }
        }

        return schema;
    }

    /// <inheritdoc/>
    public IOpenApiSchema GenerateSchema(
        Type modelType, SchemaRepository schemaRepository, MemberInfo? memberInfo = null, ParameterInfo? parameterInfo = null, ApiParameterRouteInfo? routeInfo = null)
    {
        ArgumentNullException.ThrowIfNull(schemaRepository);
        ArgumentNullException.ThrowIfNull(modelType);
        var schema = Export(modelType, modelType.Assembly == typeof(Judgement).Assembly ? JudgementOptions : DomainJson.Options, answer: true);
        if (!schema.ContainsKey("properties"))
        {
            return Read(schema);
        }

        if (!schemaRepository.TryLookupByType(modelType, out var known))
        {
            var name = NameOf(modelType);
            schemaRepository.RegisterType(modelType, name);
            known = schemaRepository.AddDefinition(name, Read(schema));
        }

        return known;
    }

    /// <summary>The same for an OpenAPI document.</summary>
    public static OpenApiSchema Read(JsonObject schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var read = OpenApiModelFactory.Parse<OpenApiSchema>(schema.ToJsonString(), OpenApiSpecVersion.OpenApi3_1, new OpenApiDocument(), out var diagnostic, "json");
        return read is not null && diagnostic.Errors.Count == 0
            ? read
            : throw new InvalidOperationException($"No schema: {string.Join("; ", diagnostic.Errors.Select(error => error.Message))}");
    }

    private static string NameOf(Type type) => type.IsGenericType
        ? string.Concat(type.GetGenericArguments().Select(NameOf)) + type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]
        : type.Name;

    private JsonObject Export(Type type, JsonSerializerOptions contract, bool answer) => (JsonObject)contract.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, node) => Describe(context, node, answer),
    });

    private JsonObject Describe(JsonSchemaExporterContext context, JsonNode node, bool answer)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var schema = PlainText(type) ?? node as JsonObject ?? [];
        if (schema.ContainsKey("enum") && !schema.ContainsKey("type"))
        {
            schema["type"] = "string";
        }

        if (schema.TryGetPropertyValue("default", out var value) && value is null)
        {
            schema.Remove("default");
        }

        if (answer && schema.ContainsKey("properties"))
        {
            // Nothing is written for nothing: what can be null may be absent.
            schema["required"] = new JsonArray([.. context.TypeInfo.Properties.Where(property => property.Get is not null && (!property.IsGetNullable || IsOfAnyType(property))).Select(property => (JsonNode)property.Name)]);
        }

        TellOptionalTexts(context, schema);
        if (context.PropertyInfo is { } property)
        {
            AllowNull(schema, property.AssociatedParameter?.IsNullable ?? property.IsGetNullable);
            if (IsOfAnyType(property) && schema["type"] is JsonArray types)
            {
                schema["type"] = types[0]!.DeepClone();
            }
        }

        var words = context.PropertyInfo?.AttributeProvider is MemberInfo member ? texts.SummaryOf(member) : context.Path.Length == 0 ? texts.SummaryOf(type) : "";
        if (words.Length > 0)
        {
            schema["description"] = words;
        }

        return schema;
    }

    // The exporter does not ask about a property that any JSON would do for, as far as it knows, once it has a default.
    private void TellOptionalTexts(JsonSchemaExporterContext context, JsonObject schema)
    {
        foreach (var property in context.TypeInfo.Properties)
        {
            if (schema["properties"]?[property.Name] is JsonObject { Count: 1 } bare && bare.ContainsKey("default")
                && PlainText(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is { } plain)
            {
                AllowNull(plain, property.AssociatedParameter?.IsNullable ?? property.IsGetNullable);
                if (property.AttributeProvider is MemberInfo member)
                {
                    plain["description"] = texts.SummaryOf(member);
                }

                schema["properties"]![property.Name] = plain;
            }
        }
    }

    // Keys, PINs and free text are written as plain strings by converters that tell the exporter nothing.
    private static JsonObject? PlainText(Type type) => type switch
    {
        _ when type == typeof(FreeText) => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = FreeText.MaximumLength },
        _ when type == typeof(Pin) => new() { ["type"] = "string", ["minLength"] = Pin.MinimumLength, ["maxLength"] = Pin.MaximumLength, ["format"] = "password" },
        _ when type == typeof(Commitment) => new() { ["type"] = "string", ["pattern"] = "^[0-9a-f]{64}$" },
        _ when type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IKey<>)) =>
            new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 200 },
        _ => null,
    };

    // What a generic type holds is never nothing here, but its declaration cannot say so.
    private static bool IsOfAnyType(JsonPropertyInfo property) =>
        property.AttributeProvider is PropertyInfo { DeclaringType: { IsGenericType: true } declaring } member
        && declaring.GetGenericTypeDefinition().GetProperty(member.Name)!.PropertyType.IsGenericParameter;

    private static void AllowNull(JsonObject schema, bool nullable)
    {
        if (nullable && schema["type"] is JsonValue type)
        {
            schema["type"] = new JsonArray(type.DeepClone(), "null");
        }
    }
}
