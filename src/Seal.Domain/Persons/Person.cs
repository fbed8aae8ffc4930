using System.Text.Json.Serialization;
using Seal.Domain.Deciding;

namespace Seal.Domain.Persons;

/// <summary>A person: nothing but that there is one, and commitments to what the vault has of them.</summary>
public sealed record Person : IState<Person>
{
    /// <inheritdoc/>
    public static string StreamType => PersonId.StreamType;

    /// <inheritdoc/>
    public static Person Initial { get; } = new();

    /// <summary>Where the person's data is in its life.</summary>
    public PersonStatus Status { get; init; }

    /// <summary>Commitment to who the person is, in one text.</summary>
    public Commitment? Identity { get; init; }

    /// <summary>Commitment to the name.</summary>
    public Commitment? Name { get; init; }

    /// <summary>Commitment to the number of the identity document.</summary>
    public Commitment? IdNumber { get; init; }

    /// <summary>Commitment to the phone number.</summary>
    public Commitment? Phone { get; init; }

    /// <summary>Commitment to the e-mail address.</summary>
    public Commitment? Email { get; init; }

    /// <summary>Whether the platform knows the person and is not about to forget them: only then may they be given anything to answer for.</summary>
    [JsonIgnore]
    public bool IsRegistered => Status == PersonStatus.Registered;

    /// <inheritdoc/>
    public Person Apply(IEvent happened) => happened switch
    {
        PersonRegistered e => this with
        {
            Status = PersonStatus.Registered,
            Identity = e.Identity,
            Name = e.Name,
            IdNumber = e.IdNumber,
            Phone = e.Phone,
            Email = e.Email,
        },
        PersonErasureBegun => this with { Status = PersonStatus.BeingErased },
        PersonErasureStopped => this with { Status = PersonStatus.Registered },

        // The commitments stay in the events, where they mean nothing any more; nobody is shown them as if they did.
        PersonErased => new Person { Status = PersonStatus.Erased },
        _ => this,
    };
}

/// <summary>Where a person's data is in its life.</summary>
public enum PersonStatus
{
    /// <summary>No such person.</summary>
    None,

    /// <summary>Known.</summary>
    Registered,

    /// <summary>About to be erased: nothing new can be given to them to answer for.</summary>
    BeingErased,

    /// <summary>Erased: nobody can tell any more who it was.</summary>
    Erased,
}
