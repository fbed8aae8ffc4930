using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Seal.Service.Usage;

namespace Seal.Service.OpenApi;

/// <summary>Headers and query parameters, described once for all routes.</summary>
public static class KnownParameters
{
    /// <summary>Chinese or English.</summary>
    public static OpenApiParameter AcceptLanguage => Header("Accept-Language", "The language of problem answers: zh or en.", "zh-CN, en;q=0.8");

    /// <summary>Carries the command out once.</summary>
    public static OpenApiParameter IdempotencyKey =>
        Header("Idempotency-Key", "A value of your own, 1–200 characters. A request repeated with the same key and body (PINs aside) is carried out once and answered alike.", "2026-03-05-0001");

    /// <summary>Only at this version.</summary>
    public static OpenApiParameter IfMatch =>
        Header("If-Match", "The version, in quotes, that the addressed thing must still be at; else the answer is 412.", "\"3\"");

    /// <summary>With inclusion proofs.</summary>
    public static OpenApiParameter Prefer => Header("Prefer", "ledger-proof: the answer carries inclusion proofs under a signed checkpoint (RFC 6962).", "ledger-proof");

    /// <summary>The proof of person.</summary>
    /// <param name="always">Whether nobody may go without.</param>
    public static OpenApiParameter ProofOfPerson(bool always)
    {
        var header = Header(
            Proofs.ProofVerifier.Header,
            "A fresh assertion of the identity provider (a compact JWS) for exactly this person, command, address and body; it serves once. GET /api/proof-of-person tells where to get one.",
            "eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ.eyJpc3MiOiJzZWFsLWRlbW8taWRlbnRpdHkifQ.c2lnbmF0dXJl");
        header.Required = always;
        return header;
    }

    /// <summary>The key in the route.</summary>
    public static OpenApiParameter InRoute(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Path,
        Required = true,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 200 },
    };

    /// <summary>A query parameter by its name and the path of the route that takes it.</summary>
    /// <exception cref="ArgumentException">Nobody has described it: a defect that the tests find.</exception>
    public static OpenApiParameter InQuery(string name, string path) => name switch
    {
        "limit" => Query(name, "How many items a page has at most; 50 when not given.", new() { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "200", Default = 50 }),
        "cursor" => Query(name, "Where the page begins: the value of next in the page before.", Text),
        "version" => Query(name, "As of this version of the stream; not together with at.", Number),
        "at" => Query(name, "As of this time (RFC 3339); not together with version.", Time),
        "organisation" => Query(name, "Only of this organisation, by its unified social credit code. Needed by all who hold no office.", Text),
        "application" => Query(name, "The application under review that shows the person to a reviewer.", Text),
        "status" => Query(name, "Only in this status.", Text),
        "seal" => Query(name, "Only uses of this seal.", Text),
        "person" when path.EndsWith("/certificate-orders", StringComparison.Ordinal) => Query(name, "Only with this person in the certificate. Those of the bearer alone need neither office nor organisation.", Text),
        "for" => Query(name, "The signing certificate whose key opens the envelope, by its serial number; the other one of the pair when not given.", Text),
        "format" => Query(name, "der: SM2EnvelopedKey; skf: ENVELOPEDKEYBLOB. der when not given.", new() { Type = JsonSchemaType.String, Enum = [JsonValue.Create("der"), JsonValue.Create("skf")], Default = "der" }),
        "person" => Query(name, "Only uses by this person.", Text),
        "app" => Query(name, "Only uses by this application of an organisation, by its number; not together with person.", Text),
        "region" => Query(name, "Only of organisations seated in this division (GB/T 2260).", new() { Type = JsonSchemaType.String, Pattern = "^[0-9]{6}$" }),
        "outcome" => Query(name, "Only with this outcome.", new() { Type = JsonSchemaType.String, Enum = [.. UsageQuery.Outcomes.Keys.Select(outcome => (JsonNode)JsonValue.Create(outcome))] }),
        "from" when path.EndsWith("/difference", StringComparison.Ordinal) => Query(name, "What it is compared with: a version (0: nothing yet) or a time (RFC 3339).", Text, required: true),
        "to" when path.EndsWith("/difference", StringComparison.Ordinal) => Query(name, "The later version or time; now when not given.", Text),
        "from" when path.StartsWith("ledger/", StringComparison.Ordinal) => Query(name, "The smaller size of the log.", Number, required: true),
        "to" => Query(name, "The larger size of the log; its present size when not given.", Number),
        "from" => Query(name, "Not before this time (RFC 3339).", Time),
        "until" => Query(name, "Before this time (RFC 3339).", Time),
        "offset" => Query(name, "Where the days begin: minutes east of UTC, such as 480 for Beijing time; 0 when not given.", new() { Type = JsonSchemaType.Integer, Minimum = "-720", Maximum = "840", Default = 0 }),
        "after" => Query(name, "A position of the ledger that the caller has seen, such as a command's answer gave; the answer is not behind it.", new() { Type = JsonSchemaType.Integer, Minimum = "0" }),
        "scope" => Query(name, "all: with every use of the seals; story: without them. all when not given.", new() { Type = JsonSchemaType.String, Enum = [.. Evidence.EvidenceScope.Known.Select(scope => JsonValue.Create(scope))], Default = Evidence.EvidenceScope.All }),
        "size" => Query(name, "The size of the log in which inclusion is proven; its present size when not given.", Number),
        _ => throw new ArgumentException($"The query parameter {name} is not described.", nameof(name)),
    };

    private static OpenApiSchema Text => new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 200 };

    private static OpenApiSchema Number => new() { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "1" };

    private static OpenApiSchema Time => new() { Type = JsonSchemaType.String, Format = "date-time" };

    private static OpenApiParameter Query(string name, string description, OpenApiSchema schema, bool required = false) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema, Required = required };

    private static OpenApiParameter Header(string name, string description, string example) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = JsonValue.Create(example),
    };
}
