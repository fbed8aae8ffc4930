using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Seal.Domain.Deciding;
using Seal.Service.Problems;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Seal.Service.OpenApi;

/// <summary>Describes what all other routes have in common: their parameters, files in and out, and their problems.</summary>
public sealed class ViewOperations : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(context);
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var needsBearer = metadata.OfType<IAuthorizeData>().Any() && !metadata.OfType<IAllowAnonymous>().Any();
        if (needsBearer)
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(OpenApiSetup.Bearer, context.Document)] = [] }];
        }

        if (metadata.OfType<CommandDescription>().Any())
        {
            return;
        }

        var path = context.ApiDescription.RelativePath!;
        var keys = InRoute(path);
        var taken = metadata.OfType<TakenParameters>().SelectMany(parameters => parameters.Names).ToList();
        operation.Parameters =
        [
            .. keys.Select(name => KnownParameters.InRoute(name, KeyDescription(name))),
            .. taken.Select(name => KnownParameters.InQuery(name, path)),
            KnownParameters.AcceptLanguage,
        ];
        foreach (var (type, content) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
        {
            DescribeFile(type, content, "file");
        }

        foreach (var (type, content) in operation.Responses!.Values.SelectMany(response => response.Content ?? new Dictionary<string, OpenApiMediaType>()))
        {
            DescribeFile(type, content, null);
        }

        foreach (var (example, content) in metadata.OfType<AnswerExample>().SelectMany(shown => operation.Responses["200"].Content!.Values.Select(content => (shown, content))))
        {
            content.Example = JsonValue.Create(example.Text);
        }

        operation.AddProblems(Problems(path.StartsWith("api/", StringComparison.Ordinal) || path.StartsWith("ledger/", StringComparison.Ordinal), needsBearer, keys.Count > 0, taken, metadata.OfType<ExpectedProblems>()), context);
    }

    private static List<string> InRoute(string path) =>
        [.. path.Split('{').Skip(1).Select(part => part[..part.IndexOf('}', StringComparison.Ordinal)].Split(':')[0].TrimStart('*'))];

    private static string KeyDescription(string name) => name switch
    {
        "position" => "The event's position in the ledger, from 0.",
        "path" => "The index, such as x001/x234/067, with .p/W behind it when partial; a hash tile has its level and a slash before it.",
        _ => "Its key.",
    };

    private static void DescribeFile(string type, OpenApiMediaType content, string? field)
    {
        var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        if (type == "multipart/form-data" && field is not null)
        {
            content.Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string> { field },
                Properties = new Dictionary<string, IOpenApiSchema> { [field] = file },
            };
        }
        else if (type is Usage.UsageExport.Csv or Usage.UsageExport.JsonLines)
        {
            content.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
        }
        else if (!type.EndsWith("json", StringComparison.Ordinal) && !type.StartsWith("text/", StringComparison.Ordinal))
        {
            content.Schema = file;
        }
    }

    private static IEnumerable<Problem> Problems(bool readsLedger, bool needsBearer, bool hasKey, List<string> taken, IEnumerable<ExpectedProblems> expected)
    {
        IEnumerable<Problem> problems = [RequestProblems.Unexpected];
        if (readsLedger)
        {
            problems = problems.Append(RequestProblems.LedgerUnavailable);
        }

        if (needsBearer)
        {
            problems = problems.Concat([RequestProblems.NotSignedIn, RequestProblems.NotForYou]);
        }

        if (hasKey)
        {
            problems = problems.Append(RequestProblems.NothingHere);
        }

        if (taken.Count > 0)
        {
            problems = problems.Append(RequestProblems.InvalidParameter(taken[0]));
        }

        return problems.Concat(expected.SelectMany(route => route.Problems));
    }
}
