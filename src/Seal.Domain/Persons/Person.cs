using Seal.Domain.Deciding;

namespace Seal.Domain.Persons;

/// <summary>A person: nothing but that there is one.</summary>
public sealed record Person : IState<Person>
{
    /// <inheritdoc/>
    public static string StreamType => PersonId.StreamType;

    /// <inheritdoc/>
    public static Person Initial { get; } = new();

    /// <summary>Whether the platform knows the person.</summary>
    public bool IsRegistered { get; init; }

    /// <summary>Commitment to who the person is.</summary>
    public Commitment Identity { get; init; }

    /// <inheritdoc/>
    public Person Apply(IEvent happened) => happened is PersonRegistered e ? this with { IsRegistered = true, Identity = e.Identity } : this;
}
