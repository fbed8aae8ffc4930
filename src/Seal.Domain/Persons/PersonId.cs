using System.Text.Json.Serialization;
using Seal.Domain.Deciding;

namespace Seal.Domain.Persons;

/// <summary>A person's random number. It says nothing about the person; what is known about them lies in the vault.</summary>
/// <param name="Value">Unguessable text without meaning.</param>
[JsonConverter(typeof(KeyJsonConverter<PersonId>))]
public readonly record struct PersonId(string Value) : IKey<PersonId>
{
    /// <inheritdoc/>
    public static string StreamType => "person";

    /// <inheritdoc/>
    public static PersonId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
