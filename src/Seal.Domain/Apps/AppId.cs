using System.Text.Json.Serialization;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;

namespace Seal.Domain.Apps;

/// <summary>The number of an integrated application 接入应用 of an organisation.</summary>
/// <param name="Value">Unguessable text without meaning.</param>
[JsonConverter(typeof(KeyJsonConverter<AppId>))]
public readonly record struct AppId(string Value) : IKey<AppId>
{
    private const string HolderBegins = "app-";

    /// <inheritdoc/>
    public static string StreamType => "app";

    /// <summary>
    /// The number under which the app holds seals and uses them: where a person stands for others, in holdings, signings and the usage log.
    /// No person's number begins so, and no person's stream bears it: an app has no office, no name in the vault, and gives no proof of person.
    /// </summary>
    public PersonId AsHolder => new(HolderBegins + Value);

    /// <summary>The app that a holder's number stands for; <c>null</c> for a person's.</summary>
    public static AppId? Behind(PersonId holder) =>
        holder.Value is { } value && value.StartsWith(HolderBegins, StringComparison.Ordinal) ? new AppId(value[HolderBegins.Length..]) : null;

    /// <inheritdoc/>
    public static AppId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
