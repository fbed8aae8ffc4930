using Seal.Domain.Deciding;

namespace Seal.Domain.Persons;

/// <summary>
/// A statement by the identity provider that this person, just now and by a strong method (face verification 人脸核验 or
/// the like), asked for exactly this command. It serves once.
/// </summary>
/// <param name="Id">The statement's own unguessable number.</param>
/// <param name="Person">Who proved to be who they are.</param>
/// <param name="Command">The command it was given for, by name.</param>
/// <param name="Target">The stream it was given for; for a creating command the type alone, with an empty key.</param>
/// <param name="BodyMatches">Whether the body it was given for is the one that came (checked by the host over the bytes).</param>
/// <param name="ExpiresAt">The time from which it is worth nothing (UTC).</param>
public sealed record ProofOfPerson(string Id, PersonId Person, string Command, StreamId Target, bool BodyMatches, DateTimeOffset ExpiresAt)
{
    /// <summary>The reservation stream in which the proof is spent.</summary>
    public StreamId Stream => new("proof", Id);

    internal static Rejection? Judge(Facts facts, States states, string command, StreamId target, bool creates) => facts.Proof switch
    {
        null => AccessRejections.ProofMissing,
        var proof when proof.Person != facts.Actor.Person || proof.Command != command || !proof.BodyMatches => AccessRejections.ProofForOther,
        // Only what is not there yet cannot be named: a proof for the type alone must not serve for every object of the type.
        var proof when proof.Target != (creates ? target with { Key = "" } : target) => AccessRejections.ProofForOther,
        var proof when proof.ExpiresAt <= facts.Now => AccessRejections.ProofExpired,
        var proof when states.VersionOf(proof.Stream) > 0 => AccessRejections.ProofSpent,
        _ => null,
    };
}
