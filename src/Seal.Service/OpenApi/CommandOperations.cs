using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Seal.Domain.Deciding;
using Seal.Service.Commands;
using Seal.Service.Problems;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Seal.Service.OpenApi;

/// <summary>Describes the routes of commands, all from the commands themselves.</summary>
public sealed class CommandOperations(XmlTexts texts, SerialiserSchemas schemas) : IOperationFilter
{
    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(context);
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<CommandDescription>().FirstOrDefault() is not { } command)
        {
            return;
        }

        var (summary, rest) = Sentences(texts.SummaryOf(command.Type));
        operation.Summary = summary;
        operation.Description = $"{rest}{WhoMay(command.Contract)}";
        operation.Parameters = [.. Parameters(command)];
        var body = schemas.BodyOf(command);
        operation.RequestBody = Body(command, body, context);
        operation.Responses = new OpenApiResponses { [command.Contract.Creates ? "201" : "200"] = Receipt(command, context) };
        operation.AddProblems(Problems(command, body), context);
    }

    private static (string First, string Others) Sentences(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? (text, "") : (text[..(end + 1)], $"{text[(end + 2)..]}\n\n");
    }

    private static string WhoMay(CommandContract contract)
    {
        var roles = Enum.GetValues<Role>()
            .Where(role => role is not (Role.None or Role.System) && int.IsPow2((int)role) && contract.Who.HasFlag(role))
            .Select(role => JsonNamingPolicy.KebabCaseLower.ConvertName(role.ToString()).Replace('-', ' '));
        var proof = (contract.NeedsProof, contract.Who & Role.Offices & ~Role.System) switch
        {
            (false, _) => "No proof of person is needed.",
            (true, var offices) when offices == Role.None || contract.ProofEvenByOffice => "A proof of person is needed.",
            _ => "A proof of person is needed, except by office.",
        };
        return $"Who may: {string.Join(", ", roles)}. {proof}";
    }

    private IEnumerable<IOpenApiParameter> Parameters(CommandDescription command)
    {
        var contract = command.Contract;
        if (!contract.Creates)
        {
            var key = command.Type.GetProperty(command.Type.GetConstructors()[0].GetParameters()[0].Name!)!;
            yield return KnownParameters.InRoute("id", texts.SummaryOf(key));
        }

        if (contract.NeedsProof)
        {
            yield return KnownParameters.ProofOfPerson(always: contract.ProofEvenByOffice || (contract.Who & Role.Offices) == Role.None);
        }

        yield return KnownParameters.IdempotencyKey;
        if (!contract.Creates)
        {
            yield return KnownParameters.IfMatch;
        }

        yield return KnownParameters.Prefer;
        yield return KnownParameters.AcceptLanguage;
    }

    private static OpenApiRequestBody Body(CommandDescription command, JsonObject schema, OperationFilterContext context)
    {
        context.SchemaRepository.AddDefinition(command.Name, SerialiserSchemas.Read(schema));
        return new()
        {
            Required = schema.ContainsKey("required"),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new()
                {
                    Schema = new OpenApiSchemaReference(command.Name, context.Document),
                    Example = CommandExamples.Of(command.Name),
                },
            },
        };
    }

    private static OpenApiResponse Receipt(CommandDescription command, OperationFilterContext context)
    {
        var headers = new Dictionary<string, IOpenApiHeader>
        {
            ["ETag"] = Header("The addressed thing's version now, in quotes."),
            ["Idempotent-Replayed"] = Header("true when this answer was given before to the same Idempotency-Key."),
        };
        if (command.Contract.Creates)
        {
            headers["Location"] = Header("Where the new thing is to be found.");
        }

        return new OpenApiResponse
        {
            Description = "Recorded in the ledger.",
            Headers = headers,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = context.SchemaGenerator.GenerateSchema(typeof(CommandReceipt), context.SchemaRepository) },
            },
        };
    }

    private static OpenApiHeader Header(string description) => new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static IEnumerable<Problem> Problems(CommandDescription command, JsonObject body)
    {
        var contract = command.Contract;
        IEnumerable<Problem> problems =
        [
            RequestProblems.BodyUnreadable, RequestProblems.UnknownField("colour"), RequestProblems.InvalidHeader("Idempotency-Key"), RequestProblems.NotSignedIn, RequestProblems.TryAgain, RequestProblems.BodyTooLarge,
            RequestProblems.MediaType, RequestProblems.IdempotencyKeyReused, RequestProblems.LedgerUnavailable, RequestProblems.LedgerDiskFull, RequestProblems.ClockJump,
            RequestProblems.Unexpected,
        ];
        problems = problems.Concat(DecisionRejections.Of(command).Select(Problem.From));
        if ((body["properties"] as JsonObject)?.Select(field => field.Key).FirstOrDefault() is { } field)
        {
            problems = problems.Concat([RequestProblems.MissingField(field), RequestProblems.InvalidField(field)]);
        }

        if (!contract.Creates)
        {
            problems = problems.Concat([RequestProblems.StaleVersion, RequestProblems.NothingHere]);
        }

        return contract.NeedsProof ? problems.Concat([RequestProblems.ProofInvalid, RequestProblems.ProviderUnreachable]) : problems;
    }
}
