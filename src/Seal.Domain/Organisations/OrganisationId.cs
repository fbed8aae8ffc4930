using System.Text.Json.Serialization;
using Seal.Domain.Deciding;

namespace Seal.Domain.Organisations;

/// <summary>An organisation's unified social credit code 统一社会信用代码 (GB 32100-2015): public, unique, and so the stream's key.</summary>
/// <param name="Value">18 characters.</param>
[JsonConverter(typeof(KeyJsonConverter<OrganisationId>))]
public readonly record struct OrganisationId(string Value) : IKey<OrganisationId>
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static readonly int[] Weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    /// <inheritdoc/>
    public static string StreamType => "organisation";

    /// <summary>Whether the code has 18 characters of the alphabet and the right check character (GB 32100-2015 §5).</summary>
    public bool IsWellFormed
    {
        get
        {
            if (Value is not { Length: 18 } || Value.Any(c => !Alphabet.Contains(c, StringComparison.Ordinal)))
            {
                return false;
            }

            var value = Value;
            var sum = Weights.Select((weight, i) => weight * Alphabet.IndexOf(value[i], StringComparison.Ordinal)).Sum();
            return Alphabet[(31 - (sum % 31)) % 31] == Value[17];
        }
    }

    /// <inheritdoc/>
    public static OrganisationId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
