using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Seal.Service.Proofs;

/// <summary>The one form of signed statement spoken here: JWS compact serialisation with ES256 (RFC 7515, RFC 7518 §3.4).</summary>
public static class Jws
{
    /// <summary>Longest statement that is read, in characters.</summary>
    public const int MaximumLength = 8192;

    // A claim that is null or comes twice makes it no statement at all, whoever signed it.
    private static readonly JsonSerializerOptions Strict = new() { RespectNullableAnnotations = true, AllowDuplicateProperties = false };

    /// <summary>Signs a payload.</summary>
    public static string Sign<TPayload>(TPayload payload, ECDsa key, string keyId)
    {
        ArgumentNullException.ThrowIfNull(key);
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = "ES256", kid = keyId });
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(payload))}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The key that a statement says it was signed with; <c>null</c> when it is no such statement.</summary>
    public static string? KeyIdOf(string statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(statement.AsSpan(0, Math.Max(0, statement.IndexOf('.', StringComparison.Ordinal)))));
            return header.RootElement.GetProperty("alg").GetString() == "ES256" ? header.RootElement.GetProperty("kid").GetString() : null;
        }
        catch (Exception hostile) when (hostile is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Reads a statement's payload if its signature holds; <c>null</c> in every other case.</summary>
    public static TPayload? Verify<TPayload>(string statement, ECDsa key) where TPayload : class
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(key);
        if (statement.Length > MaximumLength || statement.Split('.') is not [var header, var payload, var signature])
        {
            return null;
        }

        try
        {
            return key.VerifyData(Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256)
                ? JsonSerializer.Deserialize<TPayload>(Base64Url.DecodeFromChars(payload), Strict)
                : null;
        }
        catch (Exception hostile) when (hostile is FormatException or JsonException)
        {
            return null;
        }
    }
}
