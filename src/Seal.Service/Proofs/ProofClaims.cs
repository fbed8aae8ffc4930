using System.Text.Json.Serialization;

namespace Seal.Service.Proofs;

/// <summary>The claims of a proof of person: a JWS (RFC 7515, ES256, compact) whose payload is this JSON.</summary>
public sealed record ProofClaims
{
    /// <summary>Who issued it.</summary>
    [JsonPropertyName("iss")]
    public required string Issuer { get; init; }

    /// <summary>Whom it is for.</summary>
    [JsonPropertyName("aud")]
    public required string Audience { get; init; }

    /// <summary>The provider's account of the person.</summary>
    [JsonPropertyName("sub")]
    public required string Subject { get; init; }

    /// <summary>Its own unguessable number; it serves once.</summary>
    [JsonPropertyName("jti")]
    public required string Id { get; init; }

    /// <summary>When it was issued, seconds since 1970 (UTC).</summary>
    [JsonPropertyName("iat")]
    public required long IssuedAt { get; init; }

    /// <summary>From when it is worth nothing, seconds since 1970 (UTC).</summary>
    [JsonPropertyName("exp")]
    public required long ExpiresAt { get; init; }

    /// <summary>The command it was asked for, by name.</summary>
    [JsonPropertyName("command")]
    public required string Command { get; init; }

    /// <summary>The stream it was asked for, <c>type/key</c>; for a command that begins one, the type alone.</summary>
    [JsonPropertyName("target")]
    public required string Target { get; init; }

    /// <summary>SHA-256 (lower-case hex) of the command's body as canonical JSON (RFC 8785), without its PINs.</summary>
    [JsonPropertyName("body")]
    public required string BodyDigest { get; init; }
}
