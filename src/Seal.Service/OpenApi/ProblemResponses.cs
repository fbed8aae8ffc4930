using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Seal.Service.Problems;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Seal.Service.OpenApi;

/// <summary>Describes problem answers (RFC 9457): one for each status, with every code that it may carry.</summary>
public static partial class ProblemResponses
{
    private const string SchemaId = "Problem";

    private static readonly FrozenDictionary<string, string> Samples = new Dictionary<string, string>
    {
        ["code"] = "pdf-too-complex",
        ["left"] = "4",
        ["name"] = "深圳市示例科技有限公司合同专用章",
        ["trace"] = "0HNB1Q2:00000001",
        ["version"] = "4",
        ["why"] = "font-lacks-character",
    }.ToFrozenDictionary();

    /// <summary>Adds the answers for these problems to an operation.</summary>
    public static void AddProblems(this OpenApiOperation operation, IEnumerable<Problem> problems, OperationFilterContext context)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(context);
        operation.Responses ??= [];
        var known = operation.Responses.Keys.ToHashSet();
        foreach (var status in problems.Where(problem => !known.Contains(KeyOf(problem.Status))).DistinctBy(problem => problem.Code).GroupBy(problem => problem.Status).OrderBy(status => status.Key))
        {
            operation.Responses[KeyOf(status.Key)] = Describe(status.Key, [.. status.OrderBy(problem => problem.Code, StringComparer.Ordinal)], context);
        }
    }

    private static OpenApiResponse Describe(int status, IReadOnlyList<Problem> problems, OperationFilterContext context)
    {
        var sentences = problems.Select(problem => $"- `{problem.Code}`: {Placeholder().Replace(ProblemTexts.Get(problem.Code, "en").Title, "…")}");
        return new OpenApiResponse
        {
            Description = $"{ReasonPhrases.GetReasonPhrase(status)}\n\n{string.Join('\n', sentences)}",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new()
                {
                    Schema = new OpenApiSchema
                    {
                        AllOf = [Reference(context)],
                        Properties = new Dictionary<string, IOpenApiSchema>
                        {
                            ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. problems.Select(problem => (JsonNode)JsonValue.Create(problem.Code))] },
                        },
                    },
                    Example = JsonSerializer.SerializeToNode(Sample(problems[0]).Describe("en"), JsonSerializerOptions.Web),
                },
            },
        };
    }

    private static string KeyOf(int status) => status.ToString(CultureInfo.InvariantCulture);

    // A problem as it would be told, with a value for everything that its sentences name.
    private static Problem Sample(Problem problem)
    {
        var text = ProblemTexts.Get(problem.Code, "en");
        return Placeholder().Matches(text.Title + text.Remedy).Select(match => match.Groups[1].Value)
            .Where(name => Samples.ContainsKey(name) && !problem.Values.ContainsKey(name)).Distinct()
            .Aggregate(problem, (told, name) => told.With(name, Samples[name]));
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();

    private static OpenApiSchemaReference Reference(OperationFilterContext context)
    {
        if (!context.SchemaRepository.Schemas.ContainsKey(SchemaId))
        {
            context.SchemaRepository.AddDefinition(SchemaId, Schema());
        }

        return new OpenApiSchemaReference(SchemaId, context.Document);
    }

    private static OpenApiSchema Schema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Problem details (RFC 9457), in the language of Accept-Language. Further members are the values that the sentences name.",
        Required = new HashSet<string> { "type", "title", "status", "detail", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri", Description = "Identifies the kind of problem." },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What is wrong." },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "The HTTP status." },
            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "How to mend it." },
            ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The stable code; never renamed." },
            ["field"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The field, parameter or header at fault, when one is." },
        },
        AdditionalPropertiesAllowed = true,
    };
}
