using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Seal.Domain.Deciding;
using Seal.Service.Commands;
using Seal.Service.OpenApi;
using Seal.Service.Problems;
using Seal.Service.Tests.Support;

namespace Seal.Service.Tests.OpenApi;

public sealed class OpenApiTests(RunningService running)
{
    private static readonly MethodInfo Bind = typeof(CommandBinding).GetMethod(nameof(CommandBinding.Bind))!;

    public static TheoryData<string> Commands => [.. CommandCatalog.All.Where(command => command.HasRoute).Select(command => command.Name)];

    [Fact]
    public async Task The_description_is_valid_openapi()
    {
        var read = OpenApiDocument.Parse((await running.OpenApiAsync()).ToJsonString());

        read.Diagnostic!.Errors.ShouldBeEmpty();
        read.Diagnostic.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_is_described_with_who_may_give_it_and_what_refuses_it(string name)
    {
        var command = CommandCatalog.Find(name)!;
        var operation = await OperationAsync(command);

        operation["operationId"]!.GetValue<string>().ShouldBe(name);
        operation["summary"]!.GetValue<string>().ShouldNotBeEmpty();
        operation["description"]!.GetValue<string>().ShouldContain("Who may: ");
        operation["security"]!.AsArray().ShouldHaveSingleItem();
        operation["responses"]!.AsObject().Select(response => response.Key).ShouldContain(command.Contract.Creates ? "201" : "200");

        var headers = operation["parameters"]!.AsArray().Where(parameter => (string?)parameter!["in"] == "header").Select(parameter => (string?)parameter!["name"]).ToList();
        headers.ShouldContain("Idempotency-Key");
        headers.Contains("If-Match").ShouldBe(!command.Contract.Creates);
        headers.Contains("Proof-Of-Person").ShouldBe(command.Contract.NeedsProof);

        var codes = operation["responses"]!.AsObject()
            .Select(response => response.Value!["content"]?["application/problem+json"]?["schema"]?["properties"]?["code"]?["enum"]?.AsArray())
            .SelectMany(listed => listed ?? []).Select(code => code!.GetValue<string>()).ToList();
        DecisionRejections.Of(command).Select(rejection => rejection.Code).ShouldBeSubsetOf(codes);
        codes.ShouldBeSubsetOf([.. ProblemTexts.Codes]);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task The_example_of_every_command_is_accepted_and_fits_its_schema(string name)
    {
        var command = CommandCatalog.Find(name)!;
        var content = (await OperationAsync(command))["requestBody"]!["content"]!["application/json"]!;
        // Nothing at all is not written as an example.
        var example = content["example"]?.AsObject() ?? [];
        JsonNode.DeepEquals(example, CommandExamples.Of(name)).ShouldBeTrue();

        Bind.MakeGenericMethod(command.Type).Invoke(null, [example, command.Contract.Creates ? null : "k-1"]).ShouldNotBeNull();

        content["schema"]!["$ref"]!.GetValue<string>().ShouldBe($"#/components/schemas/{name}");
        var schema = (await running.OpenApiAsync())["components"]!["schemas"]![name]!;
        schema["additionalProperties"]!.GetValue<bool>().ShouldBeFalse();
        var properties = schema["properties"]?.AsObject().Select(property => property.Key).ToList() ?? [];
        example.Select(member => member.Key).ShouldBeSubsetOf(properties);
        (schema["required"]?.AsArray().Select(required => required!.GetValue<string>()) ?? []).ShouldBeSubsetOf(example.Select(member => member.Key).ToList());
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task What_the_schema_requires_is_what_is_missed(string name)
    {
        var command = CommandCatalog.Find(name)!;
        var schema = (await running.OpenApiAsync())["components"]!["schemas"]![name]!;
        var required = schema["required"]?.AsArray().Select(one => one!.GetValue<string>()).ToHashSet() ?? [];
        foreach (var field in schema["properties"]?.AsObject().Select(property => property.Key) ?? [])
        {
            var body = CommandExamples.Of(name);
            body.Remove(field);
            var refused = Record.Exception(() => Bind.MakeGenericMethod(command.Type).Invoke(null, [body, command.Contract.Creates ? null : "k-1"]));
            ((refused?.InnerException as ProblemException)?.Problem.Code).ShouldBe(required.Contains(field) ? "missing-field" : null, field);
        }
    }

    [Fact]
    public void No_example_is_without_a_command() => CommandExamples.Commands.ShouldBe(Commands.Select(row => row.Data), ignoreOrder: true);

    [Fact]
    public async Task Every_route_says_what_it_is_for_and_every_field_of_a_command_is_explained()
    {
        var document = await running.OpenApiAsync();

        foreach (var (path, _, operation) in Operations(document))
        {
            ((string?)operation["summary"]).ShouldNotBeNullOrEmpty(path);
        }

        foreach (var name in Commands.Select(row => row.Data))
        {
            foreach (var (field, schema) in document["components"]!["schemas"]![name]!["properties"]?.AsObject() ?? [])
            {
                ((string?)schema!["description"]).ShouldNotBeNullOrEmpty($"{name}.{field}");
            }
        }
    }

    [Fact]
    public async Task A_view_takes_the_parameters_that_are_described_and_no_others()
    {
        foreach (var (path, method, operation) in Operations(await running.OpenApiAsync()).Where(one => one.Method == "get"))
        {
            var taken = operation["parameters"]!.AsArray().Where(parameter => (string?)parameter!["in"] == "query").ToList();
            if (taken.Count == 0)
            {
                continue;
            }

            var address = path.Replace("{id}", "nothing", StringComparison.Ordinal).Replace("{position}", "0", StringComparison.Ordinal);
            (await CodeOfAsync($"{address}?colour=red")).ShouldBe("invalid-parameter", path);
            foreach (var name in taken.Select(parameter => (string)parameter!["name"]!).Where(name => name != "cursor"))
            {
                var value = name switch
                {
                    "at" or "until" => "2026-03-05T00:00:00Z",
                    "from" when path.StartsWith("/api/usage", StringComparison.Ordinal) => "2026-03-05T00:00:00Z",
                    "scope" => "story",
                    "region" => "440300",
                    "outcome" => "sealed",
                    _ => "1",
                };
                var beside = name == "to" ? "&from=1" : "";
                (await CodeOfAsync($"{address}?{name}={value}{beside}")).ShouldNotBe("invalid-parameter", $"{path} {name}");
            }
        }
    }

    [Fact]
    public async Task The_page_to_read_it_on_needs_nothing_from_elsewhere()
    {
        var page = await running.Client.GetStringAsync("/docs/index.html", TestContext.Current.CancellationToken);

        page.ShouldNotContain("http://");
        page.ShouldNotContain("https://");
        foreach (var file in new[] { "swagger-ui-bundle.js", "swagger-ui.css", "index.js" })
        {
            (await running.Client.GetAsync($"/docs/{file}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK, file);
        }
    }

    private async Task<string?> CodeOfAsync(string address)
    {
        using var request = await running.AsAsync("auditor", HttpMethod.Get, address);
        using var answer = await running.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var type = answer.Content.Headers.ContentType?.MediaType;
        return type == "application/problem+json" ? (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["code"] : null;
    }

    private async Task<JsonObject> OperationAsync(CommandDescription command) => (await running.OpenApiAsync())["paths"]![command.Route]!["post"]!.AsObject();

    private static IEnumerable<(string Path, string Method, JsonObject Operation)> Operations(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        select (path.Key, method.Key, method.Value!.AsObject());
}
