using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Seal.Domain.Deciding;
using Seal.Ledger;
using Seal.Service.Problems;
using Seal.Service.Vault;

namespace Seal.Service.Commands;

/// <summary>Reads a command from a request: its body, strictly, and the key in its route.</summary>
public static partial class CommandBinding
{
    /// <summary>Largest body of a command, in bytes.</summary>
    public const int BodyLimit = 64 * 1024;

    /// <summary>How commands are read: unknown, missing, null and duplicate members are refused.</summary>
    public static JsonSerializerOptions Options { get; } = new(DomainJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
        Converters = { new FreeTextConverter() },
    };

    /// <summary>Reads the body as one JSON object; an empty body is an empty object.</summary>
    /// <exception cref="ProblemException">It is too large, not JSON or not an object.</exception>
    public static async Task<JsonObject> ReadBodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ContentLength is > BodyLimit)
        {
            throw new ProblemException(RequestProblems.BodyTooLarge);
        }

        // There may be a PIN in it: the bytes do not stay in memory, though the texts made of them do until they are collected.
        var bytes = new byte[request.ContentLength is { } length ? (int)length + 1 : BodyLimit + 1];
        try
        {
            var read = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
            return read switch
            {
                0 => [],
                _ when read > BodyLimit => throw new ProblemException(RequestProblems.BodyTooLarge),
                _ when !request.HasJsonContentType() => throw new ProblemException(RequestProblems.MediaType),
                _ => Parse(bytes.AsSpan(0, read)),
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Makes the command of a body and the key in its route.</summary>
    /// <exception cref="ProblemException">A field is unknown, missing or holds what it cannot hold.</exception>
    public static TCommand Bind<TCommand>(JsonObject body, string? key) where TCommand : ICommand<TCommand>
    {
        ArgumentNullException.ThrowIfNull(body);
        var parameters = typeof(TCommand).GetConstructors()[0].GetParameters();
        var fields = parameters.Skip(key is null ? 0 : 1)
            .ToDictionary(parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!), parameter => parameter.HasDefaultValue);
        if (body.Select(member => member.Key).FirstOrDefault(name => !fields.ContainsKey(name)) is { } unknown)
        {
            throw new ProblemException(RequestProblems.UnknownField(unknown).With("allowed", string.Join(", ", fields.Keys)));
        }

        if (fields.FirstOrDefault(field => !field.Value && !body.ContainsKey(field.Key)).Key is { } missing)
        {
            throw new ProblemException(RequestProblems.MissingField(missing));
        }

        var whole = (JsonObject)body.DeepClone();
        if (key is not null)
        {
            whole[JsonNamingPolicy.CamelCase.ConvertName(parameters[0].Name!)] = key;
        }

        try
        {
            return whole.Deserialize<TCommand>(Options)!;
        }
        catch (JsonException invalid)
        {
            throw new ProblemException(Explain(invalid));
        }
    }

    // Members of a member; those of the command itself were looked at before. The path stops above a missing one.
    private static JsonObject Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var canonical = CanonicalJson.Canonicalise(bytes);
            var body = JsonNode.Parse(canonical, documentOptions: new() { MaxDepth = Options.MaxDepth }) as JsonObject ?? throw new ProblemException(RequestProblems.BodyUnreadable);
            return body.FirstOrDefault(member => HoldsNul(member.Value)).Key is { } unkeepable ? throw new ProblemException(RequestProblems.InvalidField(unkeepable)) : body;
        }
        catch (Exception broken) when (broken is JsonException or CanonicalJsonException)
        {
            throw new ProblemException(RequestProblems.BodyUnreadable);
        }
    }

    private static Problem Explain(JsonException invalid)
    {
        var field = invalid.Path is { Length: > 2 } path ? path[2..] : "";
        return invalid.Message.Contains("could not be mapped", StringComparison.Ordinal) ? RequestProblems.UnknownField(field).With("allowed", "")
            : MissingMember().Match(invalid.Message) is { Success: true } missing ? RequestProblems.MissingField($"{field}.{missing.Groups[1].Value}")
            : RequestProblems.InvalidField(field);
    }

    // The database's texts hold every character but U+0000; no word that a person writes has it.
    private static bool HoldsNul(JsonNode? node) => node switch
    {
        JsonObject members => members.Any(member => HoldsNul(member.Value)),
        JsonArray items => items.Any(HoldsNul),
        JsonValue value => value.TryGetValue<string>(out var text) && text.Contains('\0', StringComparison.Ordinal),
        _ => false,
    };

    [GeneratedRegex("missing required properties including: '([^']+)'")]
    private static partial Regex MissingMember();
}
