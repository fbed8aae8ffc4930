using Seal.Domain.Deciding;

namespace Seal.Domain.MasterKeys;

/// <summary>
/// Puts a new master key in the place of the present one. All that is kept from now on goes under it, and all that was kept before is
/// put under it in the background; the present one opens what is still under it until it is destroyed.
/// </summary>
public sealed record RotateMasterKey : ICommand<RotateMasterKey>
{
    /// <inheritdoc/>
    public static CommandContract Contract { get; } = new(MasterKeyId.StreamType, Role.Administrator)
    {
        Creates = true,
        NeedsProof = true,
        ProofEvenByOffice = true,
    };

    /// <inheritdoc/>
    public StreamId Target(Facts facts) => new MasterKeyId(facts.NewKey).Stream;

    /// <inheritdoc/>
    public IEnumerable<StreamId> Reads(States known, Facts facts) => [];

    /// <inheritdoc/>
    public static Decision Decide(RotateMasterKey command, States states, Facts facts)
    {
        var key = new MasterKeyId(facts.NewKey);
        return facts.Outcome<MasterKeyMade>() is null ? Decision.First(new MakeMasterKey(key)) : Decision.Of(key.Stream, new MasterKeyRotated());
    }
}

/// <summary>A new master key took the place of the one before: the token has it, and what is wrapped from now on is wrapped by it.</summary>
[EventName("master-key.rotated")]
public sealed record MasterKeyRotated : IEvent;

/// <summary>Make a master key in the token.</summary>
/// <param name="Key">Its id.</param>
public sealed record MakeMasterKey(MasterKeyId Key) : IEffect;

/// <summary>The token has the master key.</summary>
public sealed record MasterKeyMade : IOutcome;
