using Seal.Domain.Deciding;
using Seal.Domain.Persons;

namespace Seal.Service.Commands;

/// <summary>What comes with a command besides the command itself.</summary>
/// <param name="Actor">Who gives it.</param>
/// <param name="Channel">By which way it came, <c>Online</c> or <c>Automation</c>.</param>
public sealed record CommandContext(Actor Actor, string Channel)
{
    /// <summary>The proof of person, its signature checked.</summary>
    public ProofOfPerson? Proof { get; init; }

    /// <summary>The version the addressed stream must be at.</summary>
    public long? IfMatch { get; init; }

    /// <summary>The key under which the command is carried out once.</summary>
    public RequestKey? Idempotency { get; init; }

    /// <summary>Whether the answer shall carry inclusion proofs.</summary>
    public bool WithProof { get; init; }

    /// <summary>For the service's own automations.</summary>
    public static CommandContext Automation { get; } = new(Actor.System, "Automation");
}

/// <summary>An idempotency key with what it stands for.</summary>
/// <param name="Scope">Whose key it is.</param>
/// <param name="Key">The key itself.</param>
/// <param name="Digest">Keyed digest of route and body.</param>
public sealed record RequestKey(string Scope, string Key, ReadOnlyMemory<byte> Digest);
