using System.Text.Json.Serialization;
using Seal.Domain.Deciding;

namespace Seal.Domain.Applications;

/// <summary>The number of an application for seals.</summary>
/// <param name="Value">Unguessable text, or <c>entitled-</c> and the credit code for seals given without applying.</param>
[JsonConverter(typeof(KeyJsonConverter<ApplicationId>))]
public readonly record struct ApplicationId(string Value) : IKey<ApplicationId>
{
    /// <inheritdoc/>
    public static string StreamType => "application";

    /// <inheritdoc/>
    public static ApplicationId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
