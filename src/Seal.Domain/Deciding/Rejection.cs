using System.Collections.ObjectModel;

namespace Seal.Domain.Deciding;

/// <summary>Why a command was refused: a value with a stable code, never an exception.</summary>
/// <param name="Code">Stable public code in kebab case, e.g. <c>seal-frozen</c>.</param>
/// <param name="Kind">What sort of refusal it is; the host maps it to an HTTP status.</param>
/// <param name="Field">The field of the command that is at fault, in camel case, when one is.</param>
public sealed record Rejection(string Code, RejectionKind Kind, string? Field = null)
{
    /// <summary>Values for the placeholders of the sentence shown to the user, by name.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>This rejection naming one value in its sentence.</summary>
    public Rejection With(string name, string value) =>
        this with { Values = new Dictionary<string, string>(Values) { [name] = value } };
}

/// <summary>What sort of refusal a rejection is.</summary>
public enum RejectionKind
{
    /// <summary>The command itself can never be right as it stands.</summary>
    Invalid,

    /// <summary>The actor may not do this.</summary>
    Forbidden,

    /// <summary>What the command names does not exist.</summary>
    NotFound,

    /// <summary>The command does not fit the present state.</summary>
    Conflict,

    /// <summary>What the command names is over for good.</summary>
    Gone,
}

/// <summary>Marks a class whose static properties are rejections of the domain, so that model and texts can be checked against them.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RejectionsAttribute : Attribute;
