using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Seal.Domain.Deciding;
using Seal.Service.Commands;

namespace Seal.Service.OpenApi;

/// <summary>
/// The schema of a command's body, told by the very serialiser contract that <see cref="CommandBinding"/> reads it with: what
/// is required, what may be null and which names there are cannot differ from what is accepted.
/// </summary>
public sealed class CommandSchemas(XmlTexts texts)
{
    /// <summary>The schema of a command's body as JSON Schema 2020-12; the key that stands in the route is left out.</summary>
    public JsonObject BodyOf(CommandDescription command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };
        var schema = (JsonObject)CommandBinding.Options.GetJsonSchemaAsNode(command.Type, options);
        var properties = schema["properties"]?.AsObject() ?? [];
        if (!command.Contract.Creates)
        {
            var key = JsonNamingPolicy.CamelCase.ConvertName(command.Type.GetConstructors()[0].GetParameters()[0].Name!);
            properties.Remove(key);
            if (schema["required"] is JsonArray required)
            {
                required.RemoveAll(name => (string?)name == key);
                if (required.Count == 0)
                {
                    schema.Remove("required");
                }
            }
        }

        return schema;
    }

    /// <summary>The same for an OpenAPI document.</summary>
    public static OpenApiSchema ToOpenApi(JsonObject schema, OpenApiDocument document)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var read = OpenApiModelFactory.Parse<OpenApiSchema>(schema.ToJsonString(), OpenApiSpecVersion.OpenApi3_1, document, out var diagnostic, "json");
        return read is not null && diagnostic.Errors.Count == 0
            ? read
            : throw new InvalidOperationException($"No schema: {string.Join("; ", diagnostic.Errors.Select(error => error.Message))}");
    }

    /// <summary>The schema of a value that is written as plain text; <c>null</c> when the type is not such a one.</summary>
    public static JsonObject? PlainText(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type switch
        {
            _ when type == typeof(FreeText) => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = FreeText.MaximumLength },
            _ when type == typeof(Pin) => new() { ["type"] = "string", ["minLength"] = Pin.MinimumLength, ["maxLength"] = Pin.MaximumLength, ["format"] = "password" },
            _ when type == typeof(Commitment) => new() { ["type"] = "string", ["pattern"] = "^[0-9a-f]{64}$" },
            _ when type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IKey<>)) =>
                new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 200 },
            _ => null,
        };
    }

    private JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var schema = PlainText(type) ?? node as JsonObject ?? [];
        if (schema.ContainsKey("enum") && !schema.ContainsKey("type"))
        {
            schema["type"] = "string";
        }

        if (context.PropertyInfo is { } property)
        {
            AllowNull(schema, property.AssociatedParameter?.IsNullable ?? property.IsSetNullable);
            if (property.AttributeProvider is MemberInfo member && texts.SummaryOf(member) is { Length: > 0 } text)
            {
                schema["description"] = text;
            }
        }

        return schema;
    }

    private static void AllowNull(JsonObject schema, bool nullable)
    {
        if (nullable && schema["type"] is JsonValue type)
        {
            schema["type"] = new JsonArray(type.DeepClone(), "null");
        }
    }
}
