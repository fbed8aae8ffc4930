using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seal.Tokens;

/// <summary>What a device takes to sign with SM2.</summary>
public enum Sm2Input
{
    /// <summary>The message; the device hashes it, with Z, by itself.</summary>
    Message,

    /// <summary>e = SM3(Z ‖ message), 32 bytes, which we compute for the default identity.</summary>
    Digest,
}

/// <summary>What a device gives as an SM2 signature.</summary>
public enum Sm2Output
{
    /// <summary>r ‖ s, of equal lengths.</summary>
    Concatenated,

    /// <summary>DER SEQUENCE { r, s }.</summary>
    Der,
}

/// <summary>How a device that hashes by itself learns the signer's identity.</summary>
public enum Sm2IdentityHandling
{
    /// <summary>It takes the default one, 1234567812345678, by itself; or it gets the digest and needs none.</summary>
    BuiltIn,

    /// <summary>It is the mechanism's parameter, as plain bytes.</summary>
    MechanismParameter,
}

/// <summary>
/// How one maker's PKCS#11 library signs with SM2: no standard says, and makers differ. Data, so that a new
/// device needs no new code; <see cref="Token.Register"/> proves it on the device.
/// </summary>
/// <example><code>
/// { "name": "Maker's key", "signMechanism": "0x80008101", "keyPairMechanism": "0x80008001",
///   "input": "digest", "output": "concatenated", "curve": "06082a811ccf5501822d" }
/// </code></example>
public sealed record DeviceProfile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new HexNumber(), new HexBytes(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Whose device it is, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>Number of the mechanism that signs (CKM_…, mostly above CKM_VENDOR_DEFINED, 0x80000000).</summary>
    public required ulong SignMechanism { get; init; }

    /// <summary>Number of the mechanism that makes a key pair; CKM_EC_KEY_PAIR_GEN where the maker has none of its own.</summary>
    public ulong KeyPairMechanism { get; init; } = Pkcs11.Ck.Mechanism.EcKeyPairGen;

    /// <summary>CKA_KEY_TYPE of the keys; CKK_EC where the maker has none of its own.</summary>
    public ulong KeyType { get; init; } = Pkcs11.Ck.KeyType.Ec;

    /// <summary>What the mechanism signs.</summary>
    public required Sm2Input Input { get; init; }

    /// <summary>What the mechanism answers.</summary>
    public required Sm2Output Output { get; init; }

    /// <summary>CKA_EC_PARAMS of a new key, DER; the curve's object identifier 1.2.156.10197.1.301 unless the maker wants another form.</summary>
    public ReadOnlyMemory<byte> Curve { get; init; } = TokenPublicKey.Sm2Curve;

    /// <summary>How the identity reaches a device that takes the message.</summary>
    public Sm2IdentityHandling Identity { get; init; } = Sm2IdentityHandling.BuiltIn;

    /// <summary>Reads a profile from JSON: camel-case names, numbers as text such as "0x80008101", bytes as hexadecimal text.</summary>
    /// <exception cref="JsonException">It is not JSON, or not a profile; the message names the member.</exception>
    public static DeviceProfile Parse(string json) =>
        JsonSerializer.Deserialize<DeviceProfile>(json, Json) ?? throw new JsonException("A device profile is an object.");

    /// <summary>The profile as JSON, as <see cref="Parse"/> reads it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
