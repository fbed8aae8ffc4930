using System.Text.Json.Serialization;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;
using Seal.Domain.Seals;

namespace Seal.Domain.Holdings;

/// <summary>One person's right to one seal on one medium.</summary>
/// <param name="Value">The seal's key, a dot, the person's key; on a Ukey <c>.ukey</c> after that.</param>
[JsonConverter(typeof(KeyJsonConverter<HoldingId>))]
public readonly record struct HoldingId(string Value) : IKey<HoldingId>
{
    /// <inheritdoc/>
    public static string StreamType => "holding";

    /// <summary>The stream that counts the wrong PINs of this holding; apart, so that a wrong PIN never disturbs a signing.</summary>
    public StreamId PinStream => new(PinAttempts.StreamType, Value ?? "");

    /// <summary>The same right on the person's Ukey, beside this one on the cloud medium.</summary>
    public HoldingId OnUkey => new($"{Value}.ukey");

    /// <summary>The holding of a person in a seal on the cloud medium; there is one at most.</summary>
    public static HoldingId Of(SealId seal, PersonId person) => new($"{seal}.{person}");

    /// <inheritdoc/>
    public static HoldingId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
