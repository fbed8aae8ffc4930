using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Seal.Service.Proofs;

/// <summary>The provider's public keys (RFC 7517).</summary>
/// <param name="Keys">The keys.</param>
public sealed record JsonWebKeySet([property: JsonPropertyName("keys")] IReadOnlyList<JsonWebKey> Keys);

/// <summary>One public key on P-256.</summary>
public sealed record JsonWebKey
{
    /// <summary>Key type, <c>EC</c>.</summary>
    [JsonPropertyName("kty")]
    public required string KeyType { get; init; }

    /// <summary>Key id.</summary>
    [JsonPropertyName("kid")]
    public required string KeyId { get; init; }

    /// <summary>Curve, <c>P-256</c>.</summary>
    [JsonPropertyName("crv")]
    public required string Curve { get; init; }

    /// <summary>x coordinate, base64url.</summary>
    [JsonPropertyName("x")]
    public required string X { get; init; }

    /// <summary>y coordinate, base64url.</summary>
    [JsonPropertyName("y")]
    public required string Y { get; init; }

    /// <summary>Describes a key.</summary>
    public static JsonWebKey Of(ECDsa key, string keyId)
    {
        ArgumentNullException.ThrowIfNull(key);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new() { KeyType = "EC", KeyId = keyId, Curve = "P-256", X = Base64Url.EncodeToString(point.X), Y = Base64Url.EncodeToString(point.Y) };
    }

    /// <summary>The key itself.</summary>
    public ECDsa ToEcdsa() => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = Base64Url.DecodeFromChars(X), Y = Base64Url.DecodeFromChars(Y) },
    });
}
