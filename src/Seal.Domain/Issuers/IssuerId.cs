using System.Text.Json;
using System.Text.Json.Serialization;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;

namespace Seal.Domain.Issuers;

/// <summary>The embedded certificate authority for keys of one algorithm, through all its generations.</summary>
/// <param name="Value">The algorithm's name, such as <c>ecdsa-p256</c>.</param>
[JsonConverter(typeof(KeyJsonConverter<IssuerId>))]
public readonly record struct IssuerId(string Value) : IKey<IssuerId>
{
    /// <inheritdoc/>
    public static string StreamType => "issuer";

    /// <summary>The algorithm; <c>null</c> when it is no algorithm's name.</summary>
    public KeyAlgorithm? Algorithm
    {
        get
        {
            var name = Value;
            return Enum.GetValues<KeyAlgorithm>().Where(one => Of(one).Value == name).Select(one => (KeyAlgorithm?)one).FirstOrDefault();
        }
    }

    /// <summary>The authority for an algorithm.</summary>
    public static IssuerId Of(KeyAlgorithm algorithm) => new(JsonNamingPolicy.KebabCaseLower.ConvertName(algorithm.ToString()));

    /// <summary>The stream of the authority that certified the key of a holding; none when it has no key.</summary>
    internal static IEnumerable<StreamId> Of(Holding holding) => holding.Certificate.Stream.IsNone ? [] : [Of(holding.Algorithm).Stream];

    /// <inheritdoc/>
    public static IssuerId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
